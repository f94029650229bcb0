"""What the pages of the care room show, put together from selectors."""

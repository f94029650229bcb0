"""What the pages of the intake room show, put together from selectors and rules."""

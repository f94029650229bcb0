"""Pages of the care room."""

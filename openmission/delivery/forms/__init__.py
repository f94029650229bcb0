"""Forms of the delivery room."""

"""What the delivery room shows."""

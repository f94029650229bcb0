"""Reading imports and the people found in them."""

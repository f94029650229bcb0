"""The only place where the delivery room writes."""

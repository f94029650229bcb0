"""Reading care: only what is in the viewer's reach exists."""

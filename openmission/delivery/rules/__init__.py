"""Plain rules: the status exam, names in notes, progress, what a group does next, what is due."""

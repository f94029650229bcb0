"""The invented agency as plain data: who works there, who is served, what happens on which day, in which words."""

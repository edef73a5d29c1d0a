"""The only door for writing in the events room."""

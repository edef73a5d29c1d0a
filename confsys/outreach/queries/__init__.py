"""The only door for reading in this room."""

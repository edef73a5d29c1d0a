"""The only door for writing about people."""

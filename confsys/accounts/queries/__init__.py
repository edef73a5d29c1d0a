"""The only door for reading about people."""

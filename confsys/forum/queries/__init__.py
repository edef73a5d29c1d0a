"""The only door for reading the forum."""

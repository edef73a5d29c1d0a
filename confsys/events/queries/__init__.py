"""The only door for reading about events."""

"""The only door for writing about events."""

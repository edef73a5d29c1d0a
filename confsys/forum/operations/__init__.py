"""The only door for writing in the forum."""

"""The only door for writing awards."""

"""The only door for reading awards."""

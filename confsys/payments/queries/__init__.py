"""The only door for reading orders and money."""

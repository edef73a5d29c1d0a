"""The only door for reading the programme."""

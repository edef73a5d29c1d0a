"""The only door for reading in the publishing room."""

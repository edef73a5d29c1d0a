"""The only door for writing in the publishing room."""

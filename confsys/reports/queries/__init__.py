"""The door for reading reports."""

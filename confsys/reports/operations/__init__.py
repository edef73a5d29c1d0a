"""The door for writing reports."""

"""The only door for writing registrations."""

"""The only door for reading registrations."""

"""The only door for writing peer review."""

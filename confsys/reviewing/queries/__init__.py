"""The only door for reading peer review. Every answer is filtered for who asks."""

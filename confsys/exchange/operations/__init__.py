"""The only door for writing. Who asked without a name is not in the audit either."""

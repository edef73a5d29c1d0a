"""The grid form: items of unequal length at any slot of any day, in rooms that need not run in step."""

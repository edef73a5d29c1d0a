"""Who may do what in the forum. Nothing here asks the database or the clock."""

"""Word documents: cleaned of revisions, and merged into one volume."""

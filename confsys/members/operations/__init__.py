"""Writing in the members room."""

"""Forms of the members room: shape and wording."""

"""Members of the society: who they are and until when, what they are asked and told, and how they are protected."""

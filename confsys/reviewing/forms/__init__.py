"""Shape and wording of what people type. Rules are elsewhere."""

"""Pages of peer review, split by who comes."""

"""People and organisations: who somebody is, how they prove it, what they know."""

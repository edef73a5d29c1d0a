"""Events: kinds, editions, stages, roles, and the public site."""

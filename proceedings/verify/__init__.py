"""A finished volume read back: what was promised is on the page and in the records."""

from proceedings.verify.check import Check
from proceedings.verify.verify import verify

__all__ = ["Check", "verify"]

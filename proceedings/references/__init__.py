"""References: set by GB/T 7714 in both editions, drawn from papers, and held against the rules."""

from proceedings.references.gbt7714 import Edition, format_reference

__all__ = ["Edition", "format_reference"]

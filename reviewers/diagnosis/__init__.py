"""Why nothing fits, and what would help: the smallest blocking sets and the cheapest remedies."""

from .explain import explain

__all__ = ["explain"]

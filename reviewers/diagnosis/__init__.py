"""Why nothing fits, and what would help: the smallest blocking sets and the cheapest remedies."""

from .rules import explain_rules
from .supply import explain

__all__ = ["explain", "explain_rules"]

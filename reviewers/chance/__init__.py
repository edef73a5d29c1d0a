"""Assignment by chance: how probable each pair may be, spread as widely as quality allows, then drawn."""

from .market import Market
from .sampling import draw, in_parts
from .spread import Spread, spread

__all__ = ["Market", "Spread", "draw", "in_parts", "spread"]

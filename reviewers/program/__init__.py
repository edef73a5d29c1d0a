"""Assignment with rules that a flow network cannot carry, as linear and integer programmes (HiGHS)."""

from .ladder import Ladder
from .model import Wishes
from .search import Outcome, Relaxed, Search

__all__ = ["Ladder", "Outcome", "Relaxed", "Search", "Wishes"]

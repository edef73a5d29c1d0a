"""What an objective hands to the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .kinds import Ints
from .report import Unmet

Unmets: TypeAlias = tuple[Unmet, ...]


@dataclass(frozen=True, eq=False)
class Answer:
    """All chosen pairs, locked ones included; a bound on their total score; the floor; wishes left unmet."""

    chosen: Ints
    bound: float
    floor: float | None = None
    unmet: Unmets = ()

"""What an objective hands to the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .kinds import Floats, Ints
from .report import Unmet

Unmets: TypeAlias = tuple[Unmet, ...]


@dataclass(frozen=True, eq=False)
class Lottery:
    """The chance of every pair that has one, locked pairs included; the cap; expected total and entropy."""

    rows: Ints
    chance: Floats
    cap: float
    expected: float
    entropy: float


@dataclass(frozen=True, eq=False)
class Answer:
    """All chosen pairs, locked ones included; a bound on their total score; the floor; wishes left unmet.

    `lottery` is what they were drawn from, where they were drawn.
    """

    chosen: Ints
    bound: float
    floor: float | None = None
    unmet: Unmets = ()
    lottery: Lottery | None = None

"""What speaks for giving a paper to a reviewer: nearness of text, common topics, the reviewer's own wish."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from confsys.reviewing.states import BidValue

#: What a bid is worth; silence is worth nothing, so that a pair nothing speaks for scores zero.
WORTH: dict[BidValue | None, float] = {
    BidValue.WANT: 1.0,
    BidValue.CAN: 0.5,
    None: 0.0,
    BidValue.RATHER_NOT: -1.0,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each voice counts. They are shares of one; the page keeps them so."""

    text: float = 0.5
    topics: float = 0.2
    bids: float = 0.3

    def as_dict(self) -> dict[str, float]:
        return asdict(self)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Weights:
        return cls(**{name: float(given[name]) for name in ("text", "topics", "bids") if name in given})


@dataclass(frozen=True, slots=True)
class Voices:
    """What is known of one pair: ``text`` and ``topics`` from 0 to 1, ``bid`` None when nothing was said."""

    text: float = 0.0
    topics: float = 0.0
    bid: BidValue | None = None

    def score(self, weights: Weights) -> float:
        """The sum that the assignment maximises; below zero only for an unwilling reviewer."""
        total = weights.text * self.text + weights.topics * self.topics + weights.bids * WORTH[self.bid]
        return round(total, 4)


def common_topics(paper: frozenset[int], reviewer: frozenset[int]) -> float:
    """Share of common topics (cosine of the two sets): 1 when they are the same, 0 without a common one."""
    if not paper or not reviewer:
        return 0.0
    return len(paper & reviewer) / math.sqrt(len(paper) * len(reviewer))

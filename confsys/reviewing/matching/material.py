"""What an assignment is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from confsys.reviewing.matching.scores import Voices, Weights, common_topics
from confsys.reviewing.states import AssignmentState, BidValue

Pair = tuple[int, int]
"""(submission id, person id)"""


@dataclass(frozen=True, slots=True)
class Paper:
    id: int
    number: int
    track_id: int | None = None
    topics: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reviewer:
    """``load``: most papers they named themselves. ``tracks``: those they serve; empty means all.

    ``organisations``: where they work now. ``away``: the first and the last day they said they cannot review.
    """

    id: int
    load: int | None = None
    is_senior: bool = False
    topics: frozenset[int] = frozenset()
    tracks: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    away: tuple[date, date] | None = None


@dataclass(frozen=True)
class Material:
    """``barred``: conflicts and authorship; ``wrote``: authorship alone. ``refused``: pairs a reviewer declined.

    ``present``: what stands now. ``outside``: reviews of a paper that people outside the committee write.
    """

    papers: tuple[Paper, ...]
    reviewers: tuple[Reviewer, ...]
    barred: frozenset[Pair] = frozenset()
    wrote: frozenset[Pair] = frozenset()
    refused: frozenset[Pair] = frozenset()
    bids: Mapping[Pair, BidValue] = field(default_factory=dict)
    text: Mapping[Pair, float] = field(default_factory=dict)
    present: Mapping[Pair, AssignmentState] = field(default_factory=dict)
    outside: Mapping[int, int] = field(default_factory=dict)

    def voices(self, paper: Paper, reviewer: Reviewer) -> Voices:
        pair = (paper.id, reviewer.id)
        return Voices(self.text.get(pair, 0.0), common_topics(paper.topics, reviewer.topics), self.bids.get(pair))

    def bars(self, paper: Paper, reviewer: Reviewer) -> str:
        """Why the reviewer can have nothing to do with the paper, as a code; empty when nothing stands against it."""
        pair = (paper.id, reviewer.id)
        if pair in self.wrote:
            return "wrote"
        if pair in self.barred:
            return "conflict"
        if pair in self.refused:
            return "declined"
        return "track" if reviewer.tracks and paper.track_id not in reviewer.tracks else ""


@dataclass(frozen=True)
class Parameters:
    """What the chair asked for, in words on the page and as numbers here.

    ``keep_proposals``: proposals not yet released stand as they are; otherwise they are thought over anew. What
    was released always stands. ``objective``: see ``reviewers.assign``. ``seniors``: at least so many senior reviewers
    on a paper; ``one_organisation``: no two reviewers of a paper from one; ``no_returns``: no two authors review each
    other. ``coverage_of`` and ``load_of`` are exceptions by paper and by person. Of the lottery, in per cent:
    ``cap``, the greatest chance of a pair (None: the smallest that does), and ``kept_share``, what stays of the sum.
    """

    coverage: int = 3
    load: int = 6
    weights: Weights = field(default_factory=Weights)
    keep_proposals: bool = False
    coverage_of: Mapping[int, int] = field(default_factory=dict)
    load_of: Mapping[int, int] = field(default_factory=dict)
    objective: str = "total"
    seniors: int = 0
    one_organisation: bool = False
    no_returns: bool = False
    seed: int = 1
    cap: int | None = None
    kept_share: int = 95

    def load_for(self, reviewer: Reviewer) -> int:
        """Most papers of a reviewer under these wishes."""
        return self.load_of.get(reviewer.id, self.load if reviewer.load is None else reviewer.load)

    def coverage_for(self, paper_id: int) -> int:
        return self.coverage_of.get(paper_id, self.coverage)

    def as_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "coverage": self.coverage, "load": self.load, "weights": self.weights.as_dict(),
            "keep_proposals": self.keep_proposals, "objective": self.objective, "seniors": self.seniors,
            "one_organisation": self.one_organisation, "no_returns": self.no_returns,
            "seed": self.seed, "cap": self.cap, "kept_share": self.kept_share,
            "coverage_of": [[key, n] for key, n in sorted(self.coverage_of.items())],
            "load_of": [[key, n] for key, n in sorted(self.load_of.items())],
        }  # fmt: skip

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Parameters:
        return cls(
            coverage=given["coverage"], load=given["load"], weights=Weights.of(given["weights"]),
            keep_proposals=given["keep_proposals"], coverage_of=dict(given["coverage_of"]),
            load_of=dict(given["load_of"]), objective=given.get("objective", "total"),
            seniors=given.get("seniors", 0), one_organisation=given.get("one_organisation", False),
            no_returns=given.get("no_returns", False), seed=given.get("seed", 0), cap=given.get("cap"),
            kept_share=given.get("kept_share", 95),
        )  # fmt: skip

"""What a computed assignment would change: beside the one that stands, in figures and by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from confsys.reviewing.matching.material import Pair

BINS = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One paper whose reviewers change."""

    paper: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """``loads`` before and after by person, ``papers`` scores (the sum over a paper's reviewers) after, by paper."""

    changes: tuple[Change, ...]
    gained: int
    lost: int
    loads: Mapping[int, tuple[int, int]]
    scores: Mapping[int, float]

    @property
    def worst(self) -> list[tuple[int, float]]:
        """Papers with the lowest scores, the lowest first."""
        return sorted(self.scores.items(), key=lambda item: (item[1], item[0]))[:10]


def compare(present: Collection[Pair], wanted: Mapping[Pair, float], papers: Collection[int]) -> Comparison:
    """``present`` against ``wanted``, over ``papers`` alone: the others do not exist for whoever looks."""
    before = {pair for pair in present if pair[0] in papers}
    after = {pair for pair in wanted if pair[0] in papers}
    gained, lost = defaultdict(list), defaultdict(list)
    for paper, person in sorted(after - before):
        gained[paper].append(person)
    for paper, person in sorted(before - after):
        lost[paper].append(person)
    changes = tuple(
        Change(paper, tuple(gained.get(paper, ())), tuple(lost.get(paper, ()))) for paper in sorted({*gained, *lost})
    )
    was, becomes = Counter(person for _, person in before), Counter(person for _, person in after)
    scores = dict.fromkeys(papers, 0.0)
    for pair in after:
        scores[pair[0]] += wanted[pair]
    return Comparison(
        changes=changes,
        gained=sum(map(len, gained.values())),
        lost=sum(map(len, lost.values())),
        loads={person: (was[person], becomes[person]) for person in {*was, *becomes}},
        scores={paper: round(score, 4) for paper, score in scores.items()},
    )


def histogram(*samples: Collection[float]) -> tuple[list[tuple[float, float]], list[list[int]]]:
    """Common bins (low, high) over all samples, and how many values of each sample lie in each bin.

    The last bin holds its upper end too.
    """
    values = [value for sample in samples for value in sample]
    if not values:
        return [], [[] for _ in samples]
    low, high = min(values), max(values)
    width = (high - low) / BINS or 1.0
    bins = [(low + i * width, low + (i + 1) * width) for i in range(BINS)]
    counts = []
    for sample in samples:
        found = Counter(min(BINS - 1, int((value - low) / width)) for value in sample)
        counts.append([found[i] for i in range(BINS)])
    return bins, counts

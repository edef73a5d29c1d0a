"""Rules as rows: "between `low` and `high` of these pairs", found only where they are broken."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from .instance import Groups, Instance
from .kinds import Floats, Ints, pairs

SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class Row:
    """At least `low` and at most `high` of the pairs in `members` (sorted codes) may be assigned.

    `papers` are the papers it is about, also when nobody is a member.
    """

    rule: str
    key: tuple[int, ...]
    papers: tuple[int, ...]
    members: Ints
    low: float
    high: float


class RowFinder:
    """Finds the rows that a (possibly fractional) assignment breaks; locked pairs are counted in."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.width = instance.shape[1]
        self.limits = [(f"limit:{kind}", limit, instance.groups[kind]) for kind, limit in instance.rules.limits.items()]
        if instance.rules.coauthors:
            self.limits.append(("coauthors", 1, author_sets(instance)))
        self.cycles = _Cycles(instance) if instance.rules.cycles else None

    @property
    def needed(self) -> bool:
        """Whether the instance has any rule of this sort."""
        return bool(self.limits or self.instance.rules.seniors or self.cycles)

    def broken(self, chosen: Ints, share: Floats) -> list[Row]:
        """Rows broken by giving each pair of `chosen` its share (0..1), locked pairs apart."""
        locked = self.instance.locked
        rows = np.concatenate([chosen, locked])
        weight = np.concatenate([share, np.ones(len(locked))])
        found: list[Row] = []
        for number, (rule, limit, groups) in enumerate(self.limits):
            found += self._over_limit(rule, number, limit, groups, rows, weight)
        if self.instance.rules.seniors:
            found += self._few_seniors(rows, weight)
        if self.cycles:
            found += self.cycles.broken(rows, weight)
        return found

    def _over_limit(
        self, rule: str, number: int, limit: int, groups: Groups, rows: Ints, weight: Floats
    ) -> Iterator[Row]:
        count = len(groups.names)
        which, column = expand(groups, rows[:, 1], self.width)
        code, place = np.unique(rows[which, 0] * count + column, return_inverse=True)
        sums = np.bincount(place, weights=weight[which], minlength=len(code))
        for paper, group in (divmod(int(c), count) for c in code[sums > limit + SLACK]):
            members = groups.members[groups.members[:, 1] == group, 0]
            taken = self._locked(paper, members)
            yield Row(rule, (number, paper, group), (paper,), paper * self.width + np.sort(members), 0, limit - taken)

    def _few_seniors(self, rows: Ints, weight: Floats) -> Iterator[Row]:
        senior = np.zeros(self.width, bool) if self.instance.senior is None else self.instance.senior
        have = np.bincount(rows[:, 0], weights=weight * senior[rows[:, 1]], minlength=self.instance.shape[0])
        members = np.flatnonzero(senior)
        for paper in np.flatnonzero((have < self.instance.rules.seniors - SLACK) & (self.instance.coverage > 0)):
            low = self.instance.rules.seniors - self._locked(int(paper), members)
            yield Row("seniors", (-1, int(paper)), (int(paper),), int(paper) * self.width + members, low, math.inf)

    def _locked(self, paper: int, members: Ints) -> int:
        locked = self.instance.locked
        return int(np.isin(locked[locked[:, 0] == paper, 1], members).sum())


def expand(groups: Groups, reviewers: Ints, width: int) -> tuple[Ints, Ints]:
    """For reviewers in rows: (row, group) of every membership, flat."""
    order = np.argsort(groups.members[:, 0], kind="stable")
    member, group = groups.members[order, 0], groups.members[order, 1]
    start = np.searchsorted(member, np.arange(width + 1))
    size = np.diff(start)[reviewers]
    which = np.repeat(np.arange(len(reviewers)), size)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    return which, group[start[reviewers[which]] + offset]


def author_sets(instance: Instance) -> Groups:
    """People who wrote together, as groups of which a paper may have one: each paper's authors, each pair."""
    sets: dict[tuple[str, int], list[int]] = {}
    for paper, author in instance.authorship.tolist():
        sets.setdefault(("paper", paper), []).append(author)
    for number, (a, b) in enumerate(instance.coauthors.tolist()):
        if a != b:
            sets[("pair", number)] = [a, b]
    several = [members for members in sets.values() if len(members) > 1]
    rows = [(member, number) for number, members in enumerate(several) for member in members]
    return Groups(tuple(str(number) for number in range(len(several))), pairs(rows))


class _Cycles:
    """Rings of people who review each other's papers."""

    def __init__(self, instance: Instance) -> None:
        self.longest = instance.rules.cycles
        self.width = instance.shape[1]
        self.locked = {p * self.width + r for p, r in instance.locked.tolist()}
        self.authors: dict[int, list[int]] = {}
        for paper, author in instance.authorship.tolist():
            self.authors.setdefault(paper, []).append(author)

    def broken(self, rows: Ints, weight: Floats) -> Iterator[Row]:
        # judged[i][j]: the pairs by which i reviews a paper of j, with their shares
        judged: dict[int, dict[int, list[tuple[int, float]]]] = {}
        for (paper, reviewer), share in zip(rows.tolist(), weight.tolist(), strict=True):
            if share <= SLACK:
                continue
            for author in self.authors.get(paper, ()):
                if author != reviewer:
                    edge = judged.setdefault(reviewer, {}).setdefault(author, [])
                    edge.append((paper * self.width + reviewer, share))
        for a, by_a in judged.items():
            for b, first in by_a.items():
                if a < b and a in judged.get(b, ()):
                    yield from self._ring(2, first, judged[b][a])
                if self.longest == 3:
                    for c, second in judged.get(b, {}).items():
                        if a < min(b, c) and a in judged.get(c, ()):
                            yield from self._ring(3, first, second, judged[c][a])

    def _ring(self, length: int, *edges: list[tuple[int, float]]) -> Iterator[Row]:
        for chain in _products(edges):
            codes = sorted({code for code, _ in chain})
            if len(codes) == length and sum(share for _, share in chain) > length - 1 + SLACK:
                papers = tuple(sorted({code // self.width for code in codes}))
                free = [code for code in codes if code not in self.locked]
                high = length - 1 - (length - len(free))
                yield Row(f"cycle{length}", (-2, *codes), papers, np.array(free, np.int64), 0, high)


def _products(edges: Iterable[list[tuple[int, float]]]) -> list[list[tuple[int, float]]]:
    chains: list[list[tuple[int, float]]] = [[]]
    for edge in edges:
        chains = [[*chain, pair] for chain in chains for pair in edge]
    return chains

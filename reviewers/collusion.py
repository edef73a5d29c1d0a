"""Bids and authorship that look arranged: for a chair to look at, never a verdict.

Each finding tells how likely the like of it is by chance, if everybody had bid on as many papers at random.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from .kinds import Id

EXPECTED = 0.5
"""Told is what chance would bring about so often at most in the whole event, counting every case there could be."""
SMALLEST_GROUP, DENSE = 4, 0.6
FAR = 0.1


@dataclass(frozen=True)
class Finding:
    """`kind`: `mutual` (two want each other's papers), `ring` (three in a circle), `group` (many want each other's),
    `target` (bids gathered on one author's papers), `far` (wants a paper far from the own writing).

    `chance` is the likelihood of one such case by chance; `strength` a figure to rank by within a kind.
    """

    kind: str
    people: tuple[Id, ...]
    papers: tuple[Id, ...]
    chance: float
    strength: float


def suspicious(
    wants: Iterable[tuple[Id, Id]],
    authorship: Iterable[tuple[Id, Id]],
    papers: int,
    affinity: Mapping[tuple[Id, Id], float] | None = None,
) -> list[Finding]:
    """Findings over (paper, reviewer) wishes and (paper, author) pairs among `papers` papers, least likely first.

    `affinity` by (paper, reviewer), from 0 to 1 within a reviewer's reach, adds wishes far from what they wrote.
    """
    case = _Case(wants, authorship, papers)
    found = [*case.mutual(), *case.rings(), *case.targets(), *case.groups()]
    if affinity is not None:
        found += case.far(affinity)
    return sorted(found, key=lambda finding: (finding.chance, -finding.strength, finding.kind, str(finding.people)))


class _Case:
    def __init__(self, wants: Iterable[tuple[Id, Id]], authorship: Iterable[tuple[Id, Id]], papers: int) -> None:
        self.size = max(1, papers)
        self.wrote: dict[Id, set[Id]] = {}
        authors: dict[Id, set[Id]] = {}
        for paper, author in authorship:
            self.wrote.setdefault(author, set()).add(paper)
            authors.setdefault(paper, set()).add(author)
        self.wanted: dict[Id, set[Id]] = {}
        for paper, reviewer in wants:
            if reviewer not in authors.get(paper, ()):
                self.wanted.setdefault(reviewer, set()).add(paper)
        self.people = len(self.wanted)
        self.on: dict[Id, dict[Id, set[Id]]] = {}
        """reviewer → author → the author's papers that the reviewer wants."""
        for reviewer, chosen in self.wanted.items():
            for paper in chosen:
                for author in authors.get(paper, ()):
                    self.on.setdefault(reviewer, {}).setdefault(author, set()).add(paper)

    def _chance(self, reviewer: Id, author: Id, at_least: int = 1) -> float:
        """That so many of the author's papers are among as many random ones as the reviewer wants."""
        theirs, bids = len(self.wrote.get(author, ())), len(self.wanted.get(reviewer, ()))
        others = max(0, self.size - theirs)
        whole = math.comb(self.size, bids) if bids <= self.size else 0
        if not whole:
            return 1.0
        most = min(theirs, bids)
        ways = sum(math.comb(theirs, n) * math.comb(others, bids - n) for n in range(at_least, most + 1))
        return min(1.0, ways / whole)

    def mutual(self) -> list[Finding]:
        found = []
        for a, by_a in self.on.items():
            for b in by_a:
                if str(a) < str(b) and a in self.on.get(b, ()):
                    chance = self._chance(a, b, len(by_a[b])) * self._chance(b, a, len(self.on[b][a]))
                    found.append(self._finding("mutual", (a, b), by_a[b] | self.on[b][a], chance))
        return self._rare(found, math.comb(self.people, 2))

    def rings(self) -> list[Finding]:
        found = []
        for a, by_a in self.on.items():
            for b, first in by_a.items():
                for c, second in self.on.get(b, {}).items():
                    if str(a) < min(str(b), str(c)) and c not in (a, b) and a in self.on.get(c, ()):
                        third = self.on[c][a]
                        steps = ((a, b, first), (b, c, second), (c, a, third))
                        chance = math.prod(self._chance(x, y, len(papers)) for x, y, papers in steps)
                        found.append(self._finding("ring", (a, b, c), first | second | third, chance))
        return self._rare(found, 2 * math.comb(self.people, 3))

    def targets(self) -> list[Finding]:
        found = []
        for reviewer, by_author in self.on.items():
            for author, papers in by_author.items():
                chance = self._chance(reviewer, author, len(papers))
                if len(papers) > 1:
                    found.append(self._finding("target", (reviewer, author), papers, chance))
        return self._rare(found, self.people * len(self.wrote))

    def groups(self) -> list[Finding]:
        """People most of whom want each other's papers, found by taking away whoever is tied least."""
        ties: dict[Id, set[Id]] = {}
        for a, by_a in self.on.items():
            for b in by_a:
                if a in self.on.get(b, ()):
                    ties.setdefault(a, set()).add(b)
        left = set(ties)
        while len(left) >= SMALLEST_GROUP:
            weakest = min(left, key=lambda who: (len(ties[who] & left), str(who)))
            if len(ties[weakest] & left) >= DENSE * (len(left) - 1):
                break
            left.remove(weakest)
        if len(left) < SMALLEST_GROUP:
            return []
        people = tuple(sorted(left, key=str))
        pairs = [(a, b) for a, b in combinations(people, 2) if b in ties[a]]
        papers = {paper for a, b in pairs for paper in self.on[a][b] | self.on[b][a]}
        log = sum(math.log(max(1e-300, self._chance(a, b) * self._chance(b, a))) for a, b in pairs)
        return [Finding("group", people, _sorted(papers), math.exp(max(-700.0, log)), float(len(pairs)))]

    def far(self, affinity: Mapping[tuple[Id, Id], float]) -> list[Finding]:
        """Wished papers among the tenth that is furthest from what the reviewer wrote."""
        known: dict[Id, list[tuple[float, str, Id]]] = {}
        for (paper, reviewer), value in affinity.items():
            known.setdefault(reviewer, []).append((value, str(paper), paper))
        found = []
        for reviewer, chosen in self.wanted.items():
            ranked = [paper for _, _, paper in sorted(known.get(reviewer, []), key=lambda row: row[:2])]
            furthest = set(ranked[: int(FAR * len(ranked))])
            papers = chosen & furthest
            if papers:
                share = len(furthest) / len(ranked)
                chance = _at_least(len(chosen), len(papers), share)
                found.append(Finding("far", (reviewer,), _sorted(papers), chance, float(len(papers))))
        return self._rare(found, self.people)

    def _rare(self, found: list[Finding], cases: int) -> list[Finding]:
        return [finding for finding in found if finding.chance * max(1, cases) <= EXPECTED]

    def _finding(self, kind: str, people: tuple[Id, ...], papers: set[Id], chance: float) -> Finding:
        return Finding(kind, people, _sorted(papers), chance, float(len(papers)))


def _at_least(tries: int, hits: int, share: float) -> float:
    return sum(math.comb(tries, n) * share**n * (1 - share) ** (tries - n) for n in range(hits, tries + 1))


def _sorted(papers: set[Id]) -> tuple[Id, ...]:
    return tuple(sorted(papers, key=str))

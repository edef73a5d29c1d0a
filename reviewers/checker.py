"""An independent judge of an assignment.

It shares no code with the solvers: it reads the instance and the pairs, and applies each rule as it is
written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from .instance import Instance
from .kinds import Id, Ints
from .scores import NEVER


@dataclass(frozen=True)
class Violation:
    """One rule broken in one place; `rule` is a stable code."""

    rule: str
    text: str
    papers: tuple[Id, ...] = ()
    reviewers: tuple[Id, ...] = ()


def check(instance: Instance, chosen: Ints) -> list[Violation]:
    """Every violation of the instance's rules by the (paper, reviewer) positions in `chosen`."""
    judge = _Judge(instance, [(int(p), int(r)) for p, r in chosen])
    found: list[Violation] = []
    for rule in (
        judge.repeats,
        judge.coverage,
        judge.loads,
        judge.barred,
        judge.unlisted,
        judge.locked,
        judge.tracks,
        judge.seniors,
        judge.limits,
        judge.coauthors,
        judge.cycles,
    ):
        found += rule()
    return found


class _Judge:
    def __init__(self, instance: Instance, rows: list[tuple[int, int]]) -> None:
        self.instance = instance
        self.rows = rows
        self.on_paper: dict[int, list[int]] = {p: [] for p in range(len(instance.papers))}
        for paper, reviewer in rows:
            self.on_paper[paper].append(reviewer)

    def _paper(self, place: int) -> Id:
        return self.instance.papers[place]

    def _who(self, place: int) -> Id:
        return self.instance.reviewers[place]

    def _pair(self, rule: str, paper: int, reviewer: int, why: str) -> Violation:
        return Violation(
            rule,
            f"Reviewer {self._who(reviewer)} on paper {self._paper(paper)}: {why}.",
            (self._paper(paper),),
            (self._who(reviewer),),
        )

    def repeats(self) -> Iterator[Violation]:
        for (paper, reviewer), times in Counter(self.rows).items():
            if times > 1:
                yield self._pair("repeat", paper, reviewer, f"assigned {times} times")

    def coverage(self) -> Iterator[Violation]:
        for paper, reviewers in self.on_paper.items():
            asked = int(self.instance.coverage[paper])
            if len(reviewers) != asked:
                text = f"Paper {self._paper(paper)} has {len(reviewers)} reviewers instead of {asked}."
                yield Violation("coverage", text, (self._paper(paper),))

    def loads(self) -> Iterator[Violation]:
        load = Counter(reviewer for _, reviewer in self.rows)
        for place, who in enumerate(self.instance.reviewers):
            if load[place] > self.instance.load_max[place]:
                most = self.instance.load_max[place]
                yield Violation("load_max", f"Reviewer {who} has {load[place]} papers, at most {most}.", (), (who,))
            if self.instance.rules.min_loads and load[place] < self.instance.load_min[place]:
                least = self.instance.load_min[place]
                yield Violation("load_min", f"Reviewer {who} has {load[place]} papers, at least {least}.", (), (who,))

    def barred(self) -> Iterator[Violation]:
        for rule, rows, why in (
            ("conflict", self.instance.conflicts, "there is a conflict"),
            ("forbidden", self.instance.forbidden, "the pair is forbidden"),
            ("author", self.instance.authorship, "an author of the paper"),
        ):
            bad = {(int(p), int(r)) for p, r in rows}
            for paper, reviewer in self.rows:
                if (paper, reviewer) in bad:
                    yield self._pair(rule, paper, reviewer, why)

    def unlisted(self) -> Iterator[Violation]:
        if self.rows:
            rows = np.array(self.rows, np.int64)
            values = self.instance.scores.at(rows[:, 0], rows[:, 1])
            for (paper, reviewer), value in zip(self.rows, values.tolist(), strict=True):
                if value == NEVER:
                    yield self._pair("unlisted", paper, reviewer, "the pair has no score and is not assignable")

    def locked(self) -> Iterator[Violation]:
        have = set(self.rows)
        for paper, reviewer in self.instance.locked.tolist():
            if (paper, reviewer) not in have:
                yield self._pair("locked", paper, reviewer, "locked, but not assigned")

    def tracks(self) -> Iterator[Violation]:
        if self.instance.track is None:
            return
        serves = {(int(r), int(g)) for r, g in self.instance.groups["track"].members}
        for paper, reviewer in self.rows:
            track = int(self.instance.track[paper])
            if track >= 0 and (reviewer, track) not in serves:
                yield self._pair("track", paper, reviewer, "does not serve the paper's track")

    def seniors(self) -> Iterator[Violation]:
        asked, senior = self.instance.rules.seniors, self.instance.senior
        if not asked or senior is None:
            return
        for paper, reviewers in self.on_paper.items():
            have = sum(bool(senior[reviewer]) for reviewer in reviewers)
            if reviewers and have < asked:
                text = f"Paper {self._paper(paper)} has {have} senior reviewers, at least {asked} are asked for."
                yield Violation("seniors", text, (self._paper(paper),))

    def limits(self) -> Iterator[Violation]:
        for kind, limit in self.instance.rules.limits.items():
            groups = self.instance.groups[kind]
            of: dict[int, list[int]] = {}
            for reviewer, group in groups.members.tolist():
                of.setdefault(reviewer, []).append(group)
            for paper, reviewers in self.on_paper.items():
                counts = Counter(group for reviewer in reviewers for group in of.get(reviewer, ()))
                for group, count in counts.items():
                    if count > limit:
                        yield Violation(
                            f"limit:{kind}",
                            f"Paper {self._paper(paper)} has {count} reviewers of {kind} "
                            f"{groups.names[group]}, at most {limit}.",
                            (self._paper(paper),),
                            tuple(self._who(r) for r in reviewers if group in of.get(r, ())),
                        )

    def coauthors(self) -> Iterator[Violation]:
        if not self.instance.rules.coauthors:
            return
        wrote: dict[int, set[int]] = {}
        for paper, author in self.instance.authorship.tolist():
            wrote.setdefault(author, set()).add(paper)
        declared = {frozenset(pair) for pair in self.instance.coauthors.tolist()}
        for paper, reviewers in self.on_paper.items():
            for a, b in combinations(reviewers, 2):
                if wrote.get(a, set()) & wrote.get(b, set()) or frozenset((a, b)) in declared:
                    yield Violation(
                        "coauthors",
                        f"Reviewers {self._who(a)} and {self._who(b)} of paper {self._paper(paper)} wrote together.",
                        (self._paper(paper),),
                        (self._who(a), self._who(b)),
                    )

    def cycles(self) -> Iterator[Violation]:
        longest = self.instance.rules.cycles
        if not longest:
            return
        authors: dict[int, list[int]] = {}
        for paper, author in self.instance.authorship.tolist():
            authors.setdefault(paper, []).append(author)
        judges: dict[int, set[int]] = {}
        for paper, reviewer in self.rows:
            judges.setdefault(reviewer, set()).update(a for a in authors.get(paper, ()) if a != reviewer)
        for a, judged in judges.items():
            for b in judged:
                if a < b and a in judges.get(b, ()):
                    yield self._ring("cycle2", (a, b))
                if longest == 3:
                    for c in judges.get(b, ()):
                        if a < min(b, c) and c != b and a in judges.get(c, ()):
                            yield self._ring("cycle3", (a, b, c))

    def _ring(self, rule: str, ring: tuple[int, ...]) -> Violation:
        names = tuple(self._who(place) for place in ring)
        text = f"Reviewers {', '.join(map(str, names))} review each other's papers in a ring."
        return Violation(rule, text, (), names)

"""Who could step in: for each paper, permitted reviewers with room left, the best first."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .candidates import Candidates, top_of_groups
from .instance import Instance
from .kinds import Ints
from .scores import NEVER, blocks

SHORTLIST = 6
"""How many times more candidates are looked at than are kept, as the rules may strike some out."""


def rank(instance: Instance, chosen: Ints, count: int) -> dict[int, list[int]]:
    """Up to `count` alternates of each paper, best first, by position.

    An alternate is not barred, has room for one more paper, and could join the paper's present reviewers
    without breaking a limit, a co-author or a cycle rule; so it can replace whichever of them declines.
    """
    load = np.bincount(chosen[:, 1], minlength=len(instance.reviewers))
    room = load < instance.load_max
    papers, reviewers = _shortlist(Candidates(instance), chosen, room, count * SHORTLIST)
    veto = _Veto(instance, chosen)
    ranked: dict[int, list[int]] = {paper: [] for paper in range(len(instance.papers))}
    for paper, reviewer in zip(papers.tolist(), reviewers.tolist(), strict=True):
        if len(ranked[paper]) < count and veto.allows(paper, reviewer):
            ranked[paper].append(reviewer)
    return ranked


def _shortlist(candidates: Candidates, chosen: Ints, room: np.ndarray, count: int) -> tuple[Ints, Ints]:
    """The best `count` unassigned reviewers with room of each paper, ordered by paper and falling value."""
    found = []
    if candidates.flat is not None:
        papers, reviewers, values = candidates.flat
        codes = papers.astype(np.int64) * candidates.width + reviewers
        free = room[reviewers] & ~np.isin(codes, chosen[:, 0] * candidates.width + chosen[:, 1])
        found.append((papers[free].astype(np.int64), reviewers[free].astype(np.int64), values[free]))
    else:
        for low, high in blocks(candidates.shape):
            rows = candidates.block(low, high)
            rows[:, ~room] = NEVER
            mine = chosen[(chosen[:, 0] >= low) & (chosen[:, 0] < high)]
            rows[mine[:, 0] - low, mine[:, 1]] = NEVER
            width = min(count, rows.shape[1])
            top = np.argpartition(-rows, width - 1, axis=1)[:, :width]
            values = np.take_along_axis(rows, top, 1)
            owner = np.broadcast_to(np.arange(low, high)[:, None], top.shape)
            usable = values != NEVER
            found.append((owner[usable], top[usable], values[usable]))
    papers, reviewers, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    kept = top_of_groups(papers, values, count)
    papers, reviewers, values = papers[kept], reviewers[kept], values[kept]
    order = np.lexsort((reviewers, -values, papers))
    return papers[order], reviewers[order]


class _Veto:
    """The rules that look at who else reviews a paper, applied to one more reviewer."""

    def __init__(self, instance: Instance, chosen: Ints) -> None:
        rules = instance.rules
        self.on_paper: dict[int, list[int]] = {}
        for paper, reviewer in chosen.tolist():
            self.on_paper.setdefault(paper, []).append(reviewer)
        self.limits = []
        for kind, limit in rules.limits.items():
            of: dict[int, list[int]] = {}
            for reviewer, group in instance.groups[kind].members.tolist():
                of.setdefault(reviewer, []).append(group)
            self.limits.append((limit, of))
        wrote = instance.wrote_together().tolist() if rules.coauthors else []
        self.wrote = {(a, b) for a, b in wrote} | {(b, a) for a, b in wrote}
        self.cycles = rules.cycles
        self.authors: dict[int, list[int]] = {}
        for paper, author in instance.authorship.tolist() if rules.cycles else []:
            self.authors.setdefault(paper, []).append(author)
        self.judges: dict[int, set[int]] = {}
        for paper, reviewer in chosen.tolist() if rules.cycles else []:
            self.judges.setdefault(reviewer, set()).update(self.authors.get(paper, ()))

    def allows(self, paper: int, reviewer: int) -> bool:
        present = self.on_paper.get(paper, [])
        for limit, of in self.limits:
            groups = Counter(group for who in present for group in of.get(who, ()))
            if any(groups[group] >= limit for group in of.get(reviewer, ())):
                return False
        if any((reviewer, who) in self.wrote for who in present):
            return False
        return not any(self._returns(author, reviewer, self.cycles - 1) for author in self.authors.get(paper, ()))

    def _returns(self, author: int, reviewer: int, steps: int) -> bool:
        """Whether `author` judges `reviewer`, directly or through `steps` reviews in a row."""
        judged = self.judges.get(author, set())
        return reviewer in judged or (steps > 1 and any(self._returns(a, reviewer, steps - 1) for a in judged))

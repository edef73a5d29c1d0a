"""Which pairs may be used and what each is worth, offered a few at a time.

A solver begins with the promising pairs (`seeds`) and asks for more (`improving`) until none of the pairs
it never saw could raise the total. A matrix of millions of pairs is thus solved exactly on a few per cent
of them.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from .instance import Instance, same_pairs
from .kinds import Bools, Floats, Ints, codes, pairs
from .scores import NEVER, blocks


class Candidates:
    """The assignable pairs of an instance, locked pairs apart (those are settled before any solving)."""

    def __init__(self, instance: Instance, bonus: int = 0) -> None:
        """`bonus`: scaled points added to every pair of the existing assignment."""
        self.instance = instance
        self.bonus = bonus
        self.shape = instance.shape
        self.width = instance.shape[1]
        self.barred = pairs(np.concatenate([instance.barred(), instance.locked]))
        self._pool = self._pools()

    def _pools(self) -> Bools | None:
        """tracks + 1 x reviewers: who serves a track; the last row is for papers without one."""
        if self.instance.track is None:
            return None
        table = self.instance.groups["track"].table(self.width)
        return np.vstack([table.T, np.ones(self.width, bool)])

    @cached_property
    def flat(self) -> tuple[Ints, Ints, Ints] | None:
        """Papers, reviewers and values of every assignable pair, when the scores are a list of pairs."""
        listed = self.instance.scores.listed
        if listed is None:
            return None
        papers, reviewers = listed.papers, listed.reviewers
        free = np.ones(len(papers), bool)
        if len(self.barred):
            own = papers.astype(np.int64) * self.width + reviewers
            place = np.searchsorted(own, codes(self.barred, self.width))
            inside = place < len(own)
            hit = place[inside][own[place[inside]] == codes(self.barred, self.width)[inside]]
            free[hit] = False
        if self._pool is not None and self.instance.track is not None:
            free &= self._pool[self.instance.track[papers], reviewers]
        if free.all():
            return papers, reviewers, self._with_bonus(papers, reviewers, listed.values)
        papers, reviewers = papers[free], reviewers[free]
        return papers, reviewers, self._with_bonus(papers, reviewers, listed.values[free])

    def _with_bonus(self, papers: Ints, reviewers: Ints, values: Ints) -> Ints:
        existing = self.instance.existing
        if not self.bonus or not len(existing):
            return values
        kept = same_pairs(np.column_stack([papers, reviewers]).astype(np.int64), existing, self.width)
        return values + kept * np.int64(self.bonus)

    def values(self, papers: Ints, reviewers: Ints) -> Ints:
        """What the pairs are worth; NEVER for a pair that must not be used."""
        values = self.instance.scores.at(papers, reviewers)
        rows = np.column_stack([papers, reviewers]).astype(np.int64)
        barred = same_pairs(rows, self.barred, self.width)
        if self._pool is not None and self.instance.track is not None:
            barred |= ~self._pool[self.instance.track[papers], reviewers]
        barred |= values == NEVER
        return np.where(barred, NEVER, self._with_bonus(papers, reviewers, values))

    def block(self, low: int, high: int) -> Ints:
        """Values of rows low..high as a matrix, NEVER where a pair must not be used."""
        rows = self.instance.scores.block(low, high)
        existing = self.instance.existing
        if self.bonus and len(existing):
            mine = existing[(existing[:, 0] >= low) & (existing[:, 0] < high)]
            usable = rows[mine[:, 0] - low, mine[:, 1]] != NEVER
            mine = mine[usable]
            rows[mine[:, 0] - low, mine[:, 1]] += self.bonus
        first, last = np.searchsorted(self.barred[:, 0], [low, high])
        rows[self.barred[first:last, 0] - low, self.barred[first:last, 1]] = NEVER
        if self._pool is not None and self.instance.track is not None:
            rows[~self._pool[self.instance.track[low:high]]] = NEVER
        return rows

    def all(self) -> tuple[Ints, Ints]:
        """Papers and reviewers of every assignable pair."""
        if self.flat is not None:
            return self.flat[0], self.flat[1]
        usable = [np.nonzero(self.block(low, high) != NEVER) for low, high in blocks(self.shape)]
        starts = [low for low, _ in blocks(self.shape)]
        rows = [papers + low for low, (papers, _) in zip(starts, usable, strict=True)]
        return np.concatenate(rows), np.concatenate([reviewers for _, reviewers in usable])

    def degrees(self) -> tuple[Ints, Ints]:
        """How many reviewers each paper could have, and how many papers each reviewer."""
        by_paper, by_reviewer = np.zeros(self.shape[0], np.int64), np.zeros(self.width, np.int64)
        if self.flat is not None:
            return (
                np.bincount(self.flat[0], minlength=self.shape[0]),
                np.bincount(self.flat[1], minlength=self.width),
            )
        for low, high in blocks(self.shape):
            usable = self.block(low, high) != NEVER
            by_paper[low:high] = usable.sum(axis=1)
            by_reviewer += usable.sum(axis=0)
        return by_paper, by_reviewer

    def best_sums(self, need: Ints) -> Ints:
        """For each paper, the sum of its `need` greatest values, as far as it has so many."""
        sums = np.zeros(self.shape[0], np.int64)
        if self.flat is not None:
            papers, _, values = self.flat
            order = np.lexsort((-values.astype(np.int64), papers))
            sizes = np.bincount(papers, minlength=self.shape[0])
            rank = np.arange(len(papers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            best = order[rank < need[papers[order]]]
            np.add.at(sums, papers[best], values[best])
            return sums
        most = max(1, min(self.width, int(need.max(initial=0))))
        for low, high in blocks(self.shape):
            top = -np.sort(np.partition(-self.block(low, high), most - 1, axis=1)[:, :most], axis=1)
            wanted = (np.arange(most) < need[low:high, None]) & (top != NEVER)
            sums[low:high] = np.where(wanted, top, 0).sum(axis=1)
        return sums

    def seeds(self, count: int) -> tuple[Ints, Ints]:
        """The `count` best reviewers of every paper and the `count` best papers of every reviewer."""
        if self.flat is not None:
            return self._flat_seeds(count)
        found = []
        best = np.full((count, self.width), NEVER, np.int64)
        where = np.zeros((count, self.width), np.int64)
        for low, high in blocks(self.shape):
            rows = self.block(low, high)
            found.append(_top_of_rows(rows, count, low))
            stacked = np.vstack([best, rows])
            rank = np.argpartition(-stacked, min(count, len(stacked)) - 1, axis=0)[:count]
            places = np.vstack([where, np.repeat(np.arange(low, high)[:, None], self.width, axis=1)])
            best, where = np.take_along_axis(stacked, rank, 0), np.take_along_axis(places, rank, 0)
        usable = best != NEVER
        columns = np.broadcast_to(np.arange(self.width), best.shape)
        found.append(where[usable] * self.width + columns[usable])
        return np.divmod(np.unique(np.concatenate(found)), self.width)

    def _flat_seeds(self, count: int) -> tuple[Ints, Ints]:
        papers, reviewers, values = self.flat or (pairs(), pairs(), pairs())
        chosen = top_of_groups(papers, values, count) | top_of_groups(reviewers, values, count)
        return papers[chosen].astype(np.int64), reviewers[chosen].astype(np.int64)

    def improving(
        self,
        by_paper: Ints | Floats,
        by_reviewer: Ints | Floats,
        weight: Floats | None = None,
        over: float = 0,
    ) -> tuple[Ints, Ints, Ints | Floats]:
        """Pairs whose value, times the paper's weight, exceeds the two prices by more than `over`.

        Gives papers, reviewers and the excess. These are the pairs that could still raise the total, and the
        sum of their excess is what the prices fail to account for in an upper bound.
        """
        if self.flat is not None:
            papers, reviewers, values = self.flat
            worth = values.astype(np.int64) if weight is None else values * weight[papers]
            excess = worth - by_paper[papers] - by_reviewer[reviewers]
            hit = np.flatnonzero(excess > over)
            return papers[hit].astype(np.int64), reviewers[hit].astype(np.int64), excess[hit]
        parts = [
            self._improving_rows(low, high, by_paper, by_reviewer, weight, over) for low, high in blocks(self.shape)
        ]
        if not parts:  # nothing to assign
            return pairs(), pairs(), pairs()
        return (
            np.concatenate([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
            np.concatenate([part[2] for part in parts]),
        )

    def _improving_rows(
        self,
        low: int,
        high: int,
        by_paper: Ints | Floats,
        by_reviewer: Ints | Floats,
        weight: Floats | None,
        over: float,
    ) -> tuple[Ints, Ints, Ints | Floats]:
        rows = self.block(low, high)
        worth = rows if weight is None else rows * weight[low:high, None]
        excess = worth - by_paper[low:high, None] - by_reviewer
        hit, columns = np.nonzero((excess > over) & (rows != NEVER))
        return hit + low, columns, excess[hit, columns]


def _top_of_rows(rows: Ints, count: int, low: int) -> Ints:
    """Codes of the best `count` usable cells of each row."""
    width = rows.shape[1]
    if count < width:
        columns = np.argpartition(-rows, count - 1, axis=1)[:, :count]
    else:
        columns = np.broadcast_to(np.arange(width), rows.shape)
    code = (np.arange(low, low + len(rows))[:, None]) * width + columns
    return np.asarray(code[np.take_along_axis(rows, columns, 1) != NEVER])


def top_of_groups(owner: Ints, values: Ints, count: int) -> Bools:
    """Marks the `count` greatest values of each owner."""
    order = np.lexsort((-values.astype(np.int32), owner))
    sizes = np.bincount(owner)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    chosen = np.zeros(len(owner), bool)
    chosen[order[np.arange(len(owner)) - first < count]] = True
    return chosen

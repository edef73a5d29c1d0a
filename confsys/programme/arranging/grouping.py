"""Talks that wait, put together into sessions: of one track, about near things, within a length. Pure.

Nearness is that of the words of titles and abstracts, as the matching engine measures it for reviewers: it reads
English and Chinese. Groups are begun far from each other, filled with what is nearest, and improved by moves and
exchanges until none brings talks nearer together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Nearness = NDArray[np.float64]

#: Rounds of improvement, at most: the third rarely finds anything.
ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """A talk without a session. ``track`` None: of none."""

    id: int
    minutes: int
    track: int | None = None
    poster: bool = False
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Talks for one session, in the order of their nearness, each beside what is most like it."""

    track: int | None
    poster: bool
    talks: tuple[int, ...]
    minutes: int
    #: Mean nearness of its pairs, from 0 to 1.
    nearness: float = 0.0


def nearness_of(talks: Sequence[Waiting]) -> Nearness:
    """How near every two talks are, from 0 to 1."""
    # SciPy comes with the engine's text part: kept out of the web's start.
    import numpy as np  # noqa: PLC0415

    from reviewers.affinity import Text  # noqa: PLC0415
    from reviewers.affinity.lexical import vectors  # noqa: PLC0415

    rows = vectors([Text(talk.id, talk.title, talk.text) for talk in talks])
    return np.asarray((rows @ rows.T).todense(), dtype=np.float64)


def grouped(talks: Sequence[Waiting], minutes: int, *, across: bool = False) -> list[Group]:
    """All talks in groups of at most ``minutes``; ``across``: by topic alone, whatever the tracks.

    A talk longer than that has a group of its own. Posters hang side by side: those of one track are one group.
    """
    buckets: dict[tuple[bool, int | None], list[Waiting]] = {}
    for talk in talks:
        buckets.setdefault((talk.poster, None if across else talk.track), []).append(talk)
    found: list[Group] = []
    for (poster, track), held in sorted(buckets.items(), key=lambda item: (item[0][0], item[0][1] or 0)):
        near = nearness_of(held)
        packs = [list(range(len(held)))] if poster else _Packing(held, minutes, near).packs()
        found += [_group(held, pack, near, track, poster) for pack in packs]
    return found


def _group(held: Sequence[Waiting], pack: list[int], near: Nearness, track: int | None, poster: bool) -> Group:
    order = _beside(pack, near)
    tracks = {held[place].track for place in pack}
    own = track if track is not None else tracks.pop() if len(tracks) == 1 else None
    length = max(held[p].minutes for p in pack) if poster else sum(held[p].minutes for p in pack)
    return Group(own, poster, tuple(held[place].id for place in order), length, _mean(pack, near))


def _mean(pack: Sequence[int], near: Nearness) -> float:
    pairs = [float(near[a, b]) for n, a in enumerate(pack) for b in pack[n + 1 :]]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _beside(pack: list[int], near: Nearness) -> list[int]:
    """From the one that is most like all others, always on to the nearest."""
    left = sorted(pack)
    order = [max(left, key=lambda a: (sum(near[a, b] for b in left if b != a), -a))]
    left.remove(order[0])
    while left:
        nearest = max(left, key=lambda b: (near[order[-1], b], -b))
        order.append(nearest)
        left.remove(nearest)
    return order


@dataclass
class _Packing:
    held: Sequence[Waiting]
    minutes: int
    near: Any
    _packs: list[list[int]] = field(default_factory=list)

    def packs(self) -> list[list[int]]:
        self._begin()
        rest = [p for p in range(len(self.held)) if not any(p in pack for pack in self._packs)]
        for place in sorted(rest, key=lambda p: (-self.held[p].minutes, p)):
            fitting = [pack for pack in self._packs if self._room(pack) >= self.held[place].minutes]
            if fitting:
                max(fitting, key=lambda pack: self._pull(place, pack)).append(place)
            else:
                self._packs.append([place])
        for _round in range(ROUNDS):
            if not self._improve():
                break
        return sorted((pack for pack in self._packs if pack), key=min)

    def _begin(self) -> None:
        """As many groups as the minutes need, begun with talks that are far from each other."""
        total = sum(min(talk.minutes, self.minutes) for talk in self.held)
        wanted = min(-(-total // self.minutes), len(self.held))
        central = [float(row.sum()) for row in self.near]
        seeds = [max(range(len(self.held)), key=lambda p: (central[p], -p))]
        while len(seeds) < wanted:
            left = [p for p in range(len(self.held)) if p not in seeds]
            seeds.append(min(left, key=lambda p: (max(self.near[p, s] for s in seeds), p)))
        self._packs = [[seed] for seed in seeds]

    def _room(self, pack: list[int]) -> int:
        return self.minutes - sum(self.held[place].minutes for place in pack)

    def _pull(self, place: int, pack: list[int]) -> float:
        """How near a talk is to the others of a group, on the whole."""
        others = [other for other in pack if other != place]
        return float(sum(self.near[place, other] for other in others)) / len(others) if others else 0.0

    def _improve(self) -> bool:
        better = False
        for one in range(len(self.held)):
            better |= self._move(one) or self._exchange(one)
        return better

    def _move(self, one: int) -> bool:
        """Into another group with room, where it is nearer to more."""
        here = next(pack for pack in self._packs if one in pack)
        now, needed = self._sum(one, here), self.held[one].minutes
        for there in self._packs:
            if there is not here and self._room(there) >= needed and self._sum(one, there) > now + 1e-9:
                here.remove(one)
                there.append(one)
                return True
        return False

    def _exchange(self, one: int) -> bool:
        """With a talk of another group, where both are nearer to their new neighbours."""
        here = next(pack for pack in self._packs if one in pack)
        for there in self._packs:
            for other in there if there is not here else ():
                longer = self.held[one].minutes - self.held[other].minutes
                if self._room(there) < longer or self._room(here) < -longer:
                    continue
                now = self._sum(one, here) + self._sum(other, there)
                then = self._sum(one, there) + self._sum(other, here) - 2 * float(self.near[one, other])
                if then > now + 1e-9:
                    here[here.index(one)], there[there.index(other)] = other, one
                    return True
        return False

    def _sum(self, place: int, pack: list[int]) -> float:
        return float(sum(self.near[place, other] for other in pack if other != place))

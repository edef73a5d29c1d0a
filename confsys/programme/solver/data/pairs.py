"""Pairs of items that clash if they run at the same time, found once per instance."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, product

from confsys.programme.solver.data.instance import Instance

Pair = tuple[int, int]


class Pairs:
    """`presenter` and `attendee` as CoSPLib defines them; `needed` share a person who must be at both;
    `walking` all of those; `audience` counts the attendees two items share."""

    def __init__(self, instance: Instance) -> None:
        presents = _holders(item.presenters for item in instance.items)
        attends = _holders(item.attendees for item in instance.items)
        needs = _holders(instance.needed)
        chaired: dict[str, list[int]] = defaultdict(list)
        for number, track in enumerate(instance.tracks):
            for person in track.chairs:
                chaired[person].append(number)
        self._instance = instance
        self.presenter = sorted(_shared(presents) | self._chairing(presents, chaired))
        self.attendee = sorted(_shared(attends) | self._crossed(attends, presents) | self._chairing(attends, chaired))
        everyone = _shared(needs)
        self.needed = sorted(everyone)
        self.audience: Counter[Pair] = Counter()
        for items in attends.values():
            self.audience.update(combinations(items, 2))

    def _chairing(self, people: dict[str, list[int]], chaired: dict[str, list[int]]) -> set[Pair]:
        """Pairs of different tracks where somebody of the one item chairs the track of the other."""
        found = set()
        for person, items in people.items():
            for track in chaired.get(person, ()):
                for one, other in product(items, self._instance.items_of_track[track]):
                    if self._instance.items[one].track != track:
                        found.add((min(one, other), max(one, other)))
        return found

    def _crossed(self, people: dict[str, list[int]], others: dict[str, list[int]]) -> set[Pair]:
        return {
            (min(one, other), max(one, other))
            for person, items in people.items()
            for one, other in product(items, others.get(person, ()))
            if one != other
        }


def _holders(lists: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """For each person the items that name them, in order, each once."""
    holders: dict[str, list[int]] = defaultdict(list)
    for item, people in enumerate(lists):
        for person in dict.fromkeys(people):
            holders[person].append(item)
    return holders


def _shared(holders: dict[str, list[int]]) -> set[Pair]:
    return {pair for items in holders.values() for pair in combinations(items, 2)}

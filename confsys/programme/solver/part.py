"""Some items of an instance as an instance of their own."""

from collections.abc import Iterable
from dataclasses import replace

from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.evaluator.report import Case


class Part:
    """The items named, renumbered; rooms, sessions and tracks keep their indexes."""

    def __init__(self, instance: Instance, items: Iterable[int]) -> None:
        self._items = sorted(items)
        index = {item: number for number, item in enumerate(self._items)}
        self.instance = replace(
            instance,
            items=tuple(
                replace(thing, after=tuple(index[before] for before in thing.after if before in index))
                for thing in (instance.items[item] for item in self._items)
            ),
            pins=tuple(
                pin if pin.item is None else replace(pin, item=index[pin.item])
                for pin in instance.pins
                if pin.item is None or pin.item in index
            ),
            bans=tuple(
                replace(ban, items=frozenset(index[item] for item in ban.items if item in index))
                for ban in instance.bans
            ),
        )

    def schedule(self, whole: Schedule) -> Schedule:
        """A schedule of the whole instance, as far as it concerns the part."""
        return tuple(whole[item] for item in self._items)

    def whole(self, case: Case) -> Case:
        """A case of the part in the numbers of the whole."""
        return replace(case, items=tuple(self._items[item] for item in case.items))

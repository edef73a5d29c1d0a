"""Whole days that stay as a start schedule has them."""

from dataclasses import replace

from confsys.programme.solver.data.instance import Ban, Instance, Pin, Schedule
from confsys.programme.solver.errors import InputError
from confsys.programme.solver.rules import Form


def lock_days(instance: Instance, start: Schedule | None) -> Instance:
    """The instance with each locked day turned into pins of its items and a ban for all others.

    InputError where a day is locked but there is no start schedule to lock it to.
    """
    pins: list[Pin] = [pin for pin in instance.pins if pin.day is None]
    bans: list[Ban] = []
    for number, pin in enumerate(instance.pins):
        if pin.day is None:
            continue
        if start is None:
            raise InputError(f"pins[{number}].day: a whole day can only be locked together with a start schedule.")
        day = frozenset(
            index
            for index, session in enumerate(instance.sessions)
            if pin.day == session.day or (instance.form is Form.GRID and pin.day == session.id)
        )
        here = {item: place for item, place in enumerate(start) if place is not None and place.session in day}
        pins += [Pin(item, None, frozenset((place.session,)), place.room, place.slot) for item, place in here.items()]
        others = frozenset(range(len(instance.items))) - here.keys()
        bans.append(Ban(others, day))
    return replace(instance, pins=tuple(pins), bans=(*instance.bans, *bans))

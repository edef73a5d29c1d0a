"""Whole numbers for items, unique in a file: readers break on a number given twice."""

from __future__ import annotations

from confsys.programme.interchange.forms import Schedule
from confsys.programme.interchange.values import guid_number


def numbered(schedule: Schedule) -> dict[str, int]:
    """guid -> number. An item keeps the number it came with; others get one made from their guid."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for slot in schedule.slots():
        if slot.id > 0 and slot.id not in taken:
            found[slot.guid] = slot.id
            taken.add(slot.id)
    for slot in schedule.slots():
        if slot.guid not in found:
            number = guid_number(slot.guid)
            while number in taken:
                number += 1
            found[slot.guid] = number
            taken.add(number)
    return found

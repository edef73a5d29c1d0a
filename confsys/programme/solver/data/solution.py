"""`confsched-solution-1`: schedules in and out."""

from collections.abc import Mapping
from typing import Any

from confsys.programme.solver.data import times
from confsys.programme.solver.data.fields import Field
from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.errors import InputError
from confsys.programme.solver.rules import Form

FORMAT = "confsched-solution-1"


def read_schedule(data: Any, instance: Instance, *, outdated: bool = False) -> Schedule:
    """The schedule of a parsed solution. InputError in one sentence where it does not fit the instance.

    `outdated` reads a schedule made before a change: what the instance no longer has (a cancelled
    submission, a lost room, a slot past the end of a shorter day) is left without a place instead.
    """
    if not isinstance(data, Mapping):
        raise InputError("solution: must be a JSON object.")
    root = Field(data, "")
    if root.optional("format", Field.text, FORMAT) != FORMAT:
        root["format"].fail(f"must be '{FORMAT}'")
    key = "cells" if instance.form is Form.CELLS else "items"
    places: list[Place | None] = [None] * len(instance.items)
    for row in root[key].rows():
        read = _cell if instance.form is Form.CELLS else _grid_item
        for item, place in read(row, instance, outdated):
            if places[item] is not None:
                row.fail(f"submission '{instance.items[item].id}' appears twice")
            places[item] = place
    return tuple(places)


def displaced(data: Any, instance: Instance, schedule: Schedule) -> tuple[int, ...]:
    """Items that an older solution gave a place which the instance no longer has."""
    rows = data.get("cells" if instance.form is Form.CELLS else "items", ())
    named = {name for row in rows for name in (row.get("slots") or [row.get("id")])}
    return tuple(i for i, place in enumerate(schedule) if place is None and instance.items[i].id in named)


def _among(field: Field, known: Mapping[str, int], kind: str, outdated: bool) -> int | None:
    if outdated and field.text() not in known:
        return None
    return field.among(known, kind)


def _cell(row: Field, instance: Instance, outdated: bool) -> list[tuple[int, Place]]:
    session = _among(row["session"], _ids(instance.sessions), "session", outdated)
    room = _among(row["room"], _ids(instance.rooms), "room", outdated)
    found: dict[int, list[int]] = {}
    for slot, field in enumerate(row["slots"].rows()):
        if field.value is not None:
            item = _among(field, instance.item_index, "submission", outdated)
            if item is not None:
                found.setdefault(item, []).append(slot)
    if session is None or room is None:
        return []
    places = []
    for item, slots in found.items():
        thing = instance.items[item]
        end = slots[0] + thing.slots
        if not outdated and slots != list(range(slots[0], end)):
            row.fail(f"submission '{thing.id}' needs {thing.slots} consecutive slots, not slots {slots}")
        if not outdated and end > instance.sessions[session].slots:
            row.fail(f"submission '{thing.id}' ends after the session's {instance.sessions[session].slots} slots")
        if not outdated and row.has("track") and thing.track is not None:
            track = instance.tracks[thing.track].id
            if row["track"].text() != track:
                row.fail(f"submission '{thing.id}' belongs to track '{track}', not '{row['track'].text()}'")
        if end <= instance.sessions[session].slots:
            places.append((item, Place(session, room, slots[0])))
    return places


def _grid_item(row: Field, instance: Instance, outdated: bool) -> list[tuple[int, Place]]:
    item = _among(row["id"], instance.item_index, "submission", outdated)
    room = _among(row["room"], _ids(instance.rooms), "room", outdated)
    moment = row["start"].parsed(lambda text: times.instant(text, instance.zone))
    if item is None or room is None:
        return []
    for number, day in enumerate(instance.sessions):
        offset = moment - day.start
        slot = offset // instance.grid_minutes
        if day.start <= moment < day.end and not offset % instance.grid_minutes:
            if slot + instance.items[item].slots <= day.slots:
                return [(item, Place(number, room, slot))]
            break
    if not outdated:
        row["start"].fail("does not lie on the grid within a day, with room for the whole length")
    return []


def _ids(things: tuple[Any, ...]) -> dict[str, int]:
    return {thing.id: index for index, thing in enumerate(things)}


def write_schedule(instance: Instance, schedule: Schedule) -> dict[str, Any]:
    """The solution as a JSON-ready object; items without a place are listed under `unplaced`."""
    body: dict[str, Any] = {"format": FORMAT, "instance": instance.name}
    if instance.form is Form.CELLS:
        body["cells"] = _written_cells(instance, schedule)
    else:
        body["items"] = _written_items(instance, schedule)
    missing = [instance.items[i].id for i, place in enumerate(schedule) if place is None]
    if missing:
        body["unplaced"] = missing
    return body


def _written_cells(instance: Instance, schedule: Schedule) -> list[dict[str, Any]]:
    slots: dict[tuple[int, int], list[str | None]] = {}
    track: dict[tuple[int, int], str] = {}
    for item, place in zip(instance.items, schedule, strict=True):
        if place is None or item.track is None:
            continue
        key = place.session, place.room
        row = slots.setdefault(key, [None] * instance.sessions[place.session].slots)
        row[place.slot : place.slot + item.slots] = [item.id] * item.slots
        track[key] = instance.tracks[item.track].id
    return [
        {"session": instance.sessions[s].id, "room": instance.rooms[r].id, "track": track[s, r], "slots": row}
        for (s, r), row in sorted(slots.items())
    ]


def _written_items(instance: Instance, schedule: Schedule) -> list[dict[str, Any]]:
    order = sorted((place, i) for i, place in enumerate(schedule) if place is not None)
    rows = []
    for place, i in order:
        start, end = instance.own_span(i, place)
        rows.append(
            {
                "id": instance.items[i].id,
                "room": instance.rooms[place.room].id,
                "start": times.moment_of(start, instance.zone).isoformat(timespec="minutes"),
                "minutes": end - start,
            }
        )
    return rows

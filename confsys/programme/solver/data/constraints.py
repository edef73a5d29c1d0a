"""Breaks, pins and bans of an instance: what the organiser has already decided."""

from confsys.programme.solver.data import times
from confsys.programme.solver.data.fields import Field
from confsys.programme.solver.data.instance import Ban, Break, Pin
from confsys.programme.solver.data.names import Names, read_span
from confsys.programme.solver.rules import Form


def read_breaks(field: Field, names: Names, remarks: list[str]) -> tuple[Break, ...]:
    breaks = []
    for number, row in enumerate(field.rows()):
        span = read_span(Field([row["from"].value, row["to"].value], row.where), names.zone)
        rooms = row.optional("rooms", lambda f: frozenset(r.among(names.rooms, "room") for r in f.rows()), None)
        breaks.append(Break(row.optional("id", Field.text, f"break {number + 1}"), span, rooms))
        remarks += row.unknown()
    return tuple(breaks)


def read_pins(field: Field, names: Names, remarks: list[str]) -> tuple[Pin, ...]:
    pins = []
    for row in field.rows():
        pins.append(_pin(row, names))
        remarks += row.unknown()
    return tuple(pins)


def _pin(row: Field, names: Names) -> Pin:
    item = row.optional("submission", lambda f: f.among(names.items, "submission"), None)
    track = row.optional("track", lambda f: f.among(names.tracks, "track"), None)
    room = row.optional("room", lambda f: f.among(names.rooms, "room"), None)
    sessions, slot = _when(row, names)
    if row.has("day"):
        names.of_day(row["day"])
    day = row["day"].text() if row.has("day") else None
    if item is not None and track is not None:
        row.fail("pins either a submission or a track, not both")
    if item is None and track is None:
        if day is None or room is not None or slot is not None or row.has("session"):
            row.fail("needs a submission, a track, or a day alone")
        return Pin(day=day)
    if sessions is None and room is None:
        row.fail("says neither when nor where")
    if track is not None and (room is None or sessions is not None):
        row.fail("a track can only be pinned to a room")
    return Pin(item, track, sessions, room, slot)


def _when(row: Field, names: Names) -> tuple[frozenset[int] | None, int | None]:
    """The sessions and the slot that 'session' and 'slot', 'start' or 'day' speak of."""
    if row.has("start"):
        moment = row["start"].parsed(lambda text: times.instant(text, names.zone))
        found = names.session_at(moment)
        if found is None:
            row["start"].fail("lies outside every day" if names.form is Form.GRID else "lies outside every session")
        session = names.sessions[found]
        slot = next((k for k in range(session.slots) if session.slot_start(k) == moment), None)
        if slot is None:
            row["start"].fail("does not lie on the grid")
        return frozenset((found,)), slot
    slot = row.optional("slot", Field.integer, None)
    if row.has("session"):
        found = row["session"].among(names.session_ids, names.session_axis[1])
        if slot is not None and slot >= names.sessions[found].slots:
            row["slot"].fail(f"'{names.sessions[found].id}' has only {names.sessions[found].slots} slots, from 0")
        return frozenset((found,)), slot
    if slot is not None:
        row["slot"].fail("a slot can only be pinned together with its session")
    return row.optional("day", names.of_day, None), None


def read_bans(field: Field, names: Names, remarks: list[str]) -> tuple[Ban, ...]:
    bans = []
    for row in field.rows():
        bans.append(_ban(row, names))
        remarks += row.unknown()
    return tuple(bans)


def _ban(row: Field, names: Names) -> Ban:
    if row.has("submission") == row.has("track"):
        row.fail("bans either a submission or a track")
    if row.has("submission"):
        items = frozenset((row["submission"].among(names.items, "submission"),))
    else:
        items = names.members.get(row["track"].among(names.tracks, "track"), frozenset())
    sessions = row.optional("session", lambda f: frozenset((f.among(*names.session_axis),)), None)
    if row.has("day"):
        sessions = names.of_day(row["day"]) if sessions is None else sessions & names.of_day(row["day"])
    room = row.optional("room", lambda f: f.among(names.rooms, "room"), None)
    span = None
    if row.has("from") or row.has("to"):
        span = read_span(Field([row["from"].value, row["to"].value], row.where), names.zone)
    if sessions is None and room is None and span is None:
        row.fail("says neither when nor where")
    return Ban(items, sessions, room, span)

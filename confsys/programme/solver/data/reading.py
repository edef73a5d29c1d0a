"""From `confsched-1` JSON to an Instance. The form and its extensions are described in docs/solver.md."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from confsys.programme.solver.data import times
from confsys.programme.solver.data.constraints import read_bans, read_breaks, read_pins
from confsys.programme.solver.data.fields import Field, unique
from confsys.programme.solver.data.instance import Instance, Item, Person, Room, Session, Track
from confsys.programme.solver.data.names import Names, read_spans
from confsys.programme.solver.data.tables import read_row, read_similar, read_table, read_walking
from confsys.programme.solver.errors import InputError
from confsys.programme.solver.rules import RULES, Form, Level

_MAXIMUM_SLOTS = 2000
_INFORMATIVE = {"format", "name", "timezone_rules", "title", "source", "licence", "license"}


def load_json(path: Path, what: str) -> Any:
    """The parsed file; InputError names the file and, for broken JSON, the line."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{what} {path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputError(f"{what} {path}: is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{what} {path}: line {error.lineno} is not JSON ({error.msg}).") from None
    except RecursionError:
        raise InputError(f"{what} {path}: is nested too deeply.") from None


def read_instance(data: Any) -> Instance:
    """The instance of a parsed `confsched-1` object; InputError in one sentence otherwise."""
    root = Field(data, "")
    if not isinstance(data, Mapping):
        raise InputError("instance: must be a JSON object.")
    if root.optional("format", Field.text, "confsched-1") != "confsched-1":
        root["format"].fail("must be 'confsched-1'")
    root.seen |= _INFORMATIVE
    zone = root.optional("zone", Field.text, "UTC")
    if root.has("zone"):
        root["zone"].parsed(times.zone_named)
    if root.has("sessions") == root.has("days"):
        raise InputError("instance: needs either 'sessions' (blocks that run in all rooms) or 'days' (a grid).")
    form = Form.GRID if root.has("days") else Form.CELLS
    grid = root.optional("grid_minutes", lambda f: f.integer(1, 240), 5)
    remarks: list[str] = []
    sessions, session_ids = _sessions(root, form, zone, grid, remarks)
    rooms, room_ids = _rooms(root, zone, grid, remarks)
    tracks, track_ids = _tracks(root, remarks)
    names = Names(form, zone, grid, sessions, session_ids, room_ids, track_ids)
    items, names.items = _items(root, names, remarks)
    names.members = {t: frozenset(i for i, item in enumerate(items) if item.track == t) for t in range(len(tracks))}
    instance = Instance(
        name=root.optional("name", Field.text, "unnamed"),
        form=form,
        zone=zone,
        sessions=sessions,
        rooms=rooms,
        tracks=tracks,
        items=items,
        people=_people(root, zone, remarks),
        breaks=root.optional("breaks", lambda f: read_breaks(f, names, remarks), ()),
        pins=root.optional("pins", lambda f: read_pins(f, names, remarks), ()),
        bans=root.optional("bans", lambda f: read_bans(f, names, remarks), ()),
        weights=root.optional("weights", _weights, {}),
        levels=root.optional("levels", lambda f: _levels(f, form), {}),
        track_session_penalty=read_table(root, "track_session_penalty", (track_ids, "track"), names.session_axis),
        track_room_penalty=read_table(root, "track_room_penalty", (track_ids, "track"), (room_ids, "room")),
        session_room_penalty=read_table(root, "session_room_penalty", names.session_axis, (room_ids, "room")),
        similar=root.optional("similar_tracks", lambda f: read_similar(f, track_ids), {}),
        walking=root.optional("walking", lambda f: read_walking(f, room_ids), {}),
        grid_minutes=grid,
    )
    _check_sizes(instance)
    remarks += root.unknown()
    return replace(instance, remarks=tuple(remarks))


def _sessions(
    root: Field, form: Form, zone: str, grid: int, remarks: list[str]
) -> tuple[tuple[Session, ...], dict[str, int]]:
    key, kind = ("days", "day") if form is Form.GRID else ("sessions", "session")
    read = []
    rows: list[tuple[Field, str]] = []
    for row in root[key].rows():
        day = row["date"].parsed(times.day_named)
        name = row["id"].text() if form is Form.CELLS else row.optional("id", Field.text, day.isoformat())
        opening, closing = row["start"].parsed(times.clock), row["end"].parsed(times.clock)
        if closing <= opening and form is Form.CELLS:
            row.fail(f"ends at {row['end'].text()}, not after its start at {row['start'].text()}")
        closing += times.DAY if closing <= opening else 0
        start, end = _moment(row["start"], day, opening, zone), _moment(row["end"], day, closing, zone)
        if row.has("slots"):
            slots = row["slots"].integer(1, _MAXIMUM_SLOTS)
        elif (end - start) % grid:
            row.fail(f"its {end - start} minutes are not a multiple of the grid of {grid}")
        else:
            slots = (end - start) // grid
        if form is Form.GRID and slots * grid != end - start:
            row["slots"].fail(f"a day of {end - start} minutes has {(end - start) // grid} slots of {grid}")
        read.append(Session(name, day.isoformat(), start, end, slots))
        rows.append((row, name))
        remarks += row.unknown()
    if not read:
        root[key].fail(f"there is no {kind}")
    if form is Form.GRID:
        for (row, _), one, other in zip(rows[1:], read, read[1:], strict=False):
            if other.start < one.end:
                row.fail(f"begins before '{one.id}' ends")
    return tuple(read), unique(rows, kind)


def _moment(row: Field, day: date, time: int, zone: str) -> int:
    return row.parsed(lambda _: times.local_minutes(day, time, zone))


def _rooms(root: Field, zone: str, grid: int, remarks: list[str]) -> tuple[tuple[Room, ...], dict[str, int]]:
    read, rows = [], []
    for row in root["rooms"].rows():
        if isinstance(row.value, str):
            room = Room(row.text())
        else:
            turnover = row.optional("turnover_minutes", lambda f: f.integer(0, 240), 0)
            room = Room(
                id=row["id"].text(),
                seats=row.optional("seats", Field.integer, None),
                equipment=frozenset(row.optional("equipment", Field.texts, ())),
                open=row.optional("open", lambda f: read_spans(f, zone), None),
                holds=row.optional("holds", Field.integer, 1),
                turnover=-(-turnover // grid),
            )
            remarks += row.unknown()
        read.append(room)
        rows.append((row, room.id))
    if not read:
        root["rooms"].fail("there is no room")
    return tuple(read), unique(rows, "room")


def _tracks(root: Field, remarks: list[str]) -> tuple[tuple[Track, ...], dict[str, int]]:
    read: list[Track] = []
    rows: list[tuple[Field, str]] = []
    for row in root["tracks"].rows() if root.has("tracks") else ():
        track = Track(
            id=row["id"].text(),
            chairs=row.optional("chairs", Field.texts, ()),
            expected=row.optional("expected", Field.integer, 0),
        )
        read.append(track)
        rows.append((row, track.id))
        remarks += row.unknown()
    return tuple(read), unique(rows, "track")


def _people(root: Field, zone: str, remarks: list[str]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    rows: list[tuple[Field, str]] = []
    for row in root["people"].rows() if root.has("people") else ():
        remote = row.optional("remote_zone", Field.text, None)
        if remote is not None:
            row["remote_zone"].parsed(times.zone_named)
        hours = [f.parsed(times.clock) for f in row["hours"].rows()] if row.has("hours") else [8 * 60, 22 * 60]
        if len(hours) != 2:
            row["hours"].fail("must be two times of day, from and to")
        person = Person(
            id=row["id"].text(),
            name=row.optional("name", Field.text, ""),
            here=row.optional("here", lambda f: read_spans(f, zone), ()),
            away=row.optional("away", lambda f: read_spans(f, zone), ()),
            zone=remote,
            hours=(hours[0], hours[1]),
        )
        people[person.id] = person
        rows.append((row, person.id))
        remarks += row.unknown()
    unique(rows, "person")
    return people


def _items(root: Field, names: Names, remarks: list[str]) -> tuple[tuple[Item, ...], dict[str, int]]:
    rows = [(row, row["id"].text()) for row in root["submissions"].rows()]
    index = unique(rows, "submission")
    read = tuple(_item(row, names, index) for row, _ in rows)
    for row, _ in rows:
        row.seen |= {"utc_offset_minutes"}
        remarks += row.unknown()
    return read, index


def _item(row: Field, names: Names, index: dict[str, int]) -> Item:
    if names.form is Form.CELLS and not row.has("track"):
        row.fail("the field 'track' is missing, and every submission of a session belongs to one")
    sessions, rooms = names.session_axis, (names.rooms, "room")
    return Item(
        id=row["id"].text(),
        track=row.optional("track", lambda f: f.among(names.tracks, "track"), None),
        slots=_length(row, names),
        title=row.optional("title", Field.text, ""),
        order=row.optional("order", Field.integer, 0),
        presenters=row.optional("presenters", Field.texts, ()),
        coauthors=row.optional("coauthors", Field.texts, ()),
        chairs=row.optional("chairs", Field.texts, ()),
        attendees=row.optional("attendees", Field.texts, ()),
        expected=row.optional("expected", Field.integer, 0),
        equipment=frozenset(row.optional("equipment", Field.texts, ())),
        after=row.optional("after", lambda f: tuple(r.among(index, "submission") for r in f.rows()), ()),
        alone=row.optional("alone", Field.flag, False),
        session_penalty=row.optional("session_penalty", lambda f: read_row(f, sessions), {}),
        room_penalty=row.optional("room_penalty", lambda f: read_row(f, rooms), {}),
        timezone_penalty=row.optional("timezone_penalty", lambda f: read_row(f, sessions), {}),
    )


def _length(row: Field, names: Names) -> int:
    """Slots a submission needs, given as such or in minutes of the grid."""
    if row.has("slots") == row.has("minutes"):
        row.fail("needs its length either as 'slots' or as 'minutes'")
    if row.has("slots"):
        return row["slots"].integer(1, _MAXIMUM_SLOTS)
    minutes = row["minutes"].integer(1)
    if any((s.end - s.start) != s.slots * names.grid for s in names.sessions):
        row["minutes"].fail(f"can only be used where every session is cut into slots of {names.grid} minutes")
    return -(-minutes // names.grid)


def _weights(field: Field) -> dict[str, int]:
    return {_known_rule(name, value): value.integer() for name, value in field.entries()}


def _levels(field: Field, form: Form) -> dict[str, Level]:
    levels = {}
    for name, value in field.entries():
        rule = RULES[_known_rule(name, value)]
        try:
            level = Level(value.text())
        except ValueError:
            value.fail(f"'{value.text()}' is none of {', '.join(rule.levels)}")
        if level not in rule.levels:
            value.fail(f"this rule can only be {', '.join(rule.levels)}")
        if form not in rule.forms:
            value.fail(f"this rule is not for instances with {'days' if form is Form.GRID else 'sessions'}")
        levels[name] = level
    return levels


def _known_rule(name: str, value: Field) -> str:
    if name not in RULES:
        value.fail("there is no rule of that name")
    return name


def _check_sizes(instance: Instance) -> None:
    longest = max(session.slots for session in instance.sessions)
    for number, item in enumerate(instance.items):
        where = f"submissions[{number}] ({item.id})"
        if item.slots > longest:
            kind = "day" if instance.form is Form.GRID else "session"
            raise InputError(f"{where}.slots: {item.slots} slots are more than any {kind} has ({longest}).")
    _check_parts(instance)


def _check_parts(instance: Instance) -> None:
    """Parts that wait for each other in a circle can never be placed."""
    try:
        TopologicalSorter({i: item.after for i, item in enumerate(instance.items)}).prepare()
    except CycleError as error:
        first = error.args[1][0]
        where = f"submissions[{first}] ({instance.items[first].id})"
        raise InputError(f"{where}.after: the parts wait for each other in a circle.") from None

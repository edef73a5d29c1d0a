"""One day of the working timetable as organisers arrange it, and the tray beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.arranging.scene import Place
from confsys.programme.models import Session, Talk, TimetableEdit
from confsys.programme.queries.placing import Judged, People, Stretch, key_of
from confsys.programme.states import SessionKind

#: What the page shows when nothing begins earlier or ends later, in minutes since midnight.
USUAL = (8 * 60, 19 * 60)
#: The grid is drawn for this long at most.
LONGEST = 18 * 60
TRAY_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Item:
    """A session or a talk, wherever it is. ``start`` in minutes since midnight of the day; None in the tray."""

    key: str
    title: LocalizedText
    minutes: int
    version: int
    kind: SessionKind | None = None
    code: str = ""
    start: int | None = None
    room: int | None = None
    track: int | None = None
    people: tuple[PersonName, ...] = ()
    talks: int = 0
    pinned: bool = False
    lane: int = 0
    #: Changes whenever anything that is shown of it does.
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A room; ``lanes``: how many things stand beside each other in it at the busiest moment."""

    id: int
    name: LocalizedText
    capacity: int | None
    lanes: int = 1


@dataclass(frozen=True)
class Board:
    day: date
    columns: tuple[Column, ...]
    items: tuple[Item, ...]
    judged: Judged
    first: int
    last: int


@dataclass(frozen=True)
class Tray:
    """What waits for a place; ``total`` may be more than is shown."""

    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True)
class Steps:
    """Whether the person can take something back or do it again."""

    undo: bool = False
    redo: bool = False


def days_of(event: Event) -> list[tuple[date, int]]:
    """The event's days and any further day something was put on, with how many sessions each has."""
    counts: dict[date, int] = {}
    if event.starts_on is not None:
        counts = dict.fromkeys(days.between(event.starts_on, event.ends_on or event.starts_on), 0)
    starts = db.session.scalars(select(Session.starts_at).where(*_placed(event.id)))
    for moment in starts:
        if moment is not None:
            day = days.day_of(moment, event.zone)
            counts[day] = counts.get(day, 0) + 1
    return sorted(counts.items())


def _placed(event_id: int) -> list[ColumnElement[bool]]:
    return [Session.event_id == event_id, Session.starts_at.is_not(None)]


def board(event: Event, day: date, places: Mapping[str, Place | None] | None = None) -> Board:
    """A fixed number of queries, whatever the number of sessions. ``places``: the day as a plan has it."""
    stretch = Stretch(event, days.begins(day, event.zone), days.ends(day, event.zone), places=places)
    rows = [row for row in stretch.sessions if days.day_of(row.starts_at, event.zone) == day]
    beside = lanes((r.id, r.room_id, r.starts_at, r.starts_at + timedelta(minutes=r.minutes)) for r in rows)
    items = tuple(_placed_item(row, stretch, beside.get(row.id, 0)) for row in rows)
    widths: dict[int, int] = {}
    for item in items:
        if item.room is not None:
            widths[item.room] = max(widths.get(item.room, 1), item.lane + 1)
    columns = tuple(Column(r.id, r.name, r.capacity, widths.get(r.id, 1)) for r in stretch.rooms)
    first, last = _hours(items)
    return Board(day, columns, items, stretch.judged(), first, last)


def _hours(items: Sequence[Item]) -> tuple[int, int]:
    """From the hour the first thing begins to the hour the last one ends, and never less than a usual day."""
    starts = [item.start for item in items if item.start is not None]
    ends = [item.start + item.minutes for item in items if item.start is not None]
    first = min([USUAL[0], *starts]) // 60 * 60
    last = -(-max([USUAL[1], *ends]) // 60) * 60
    return first, min(last, first + LONGEST)


def lanes(placed: Iterable[tuple[int, int | None, datetime, datetime]]) -> dict[int, int]:
    """Beside which others each (id, room, start, end) stands in its room: lane 0 is the left one."""
    found: dict[int, int] = {}
    running: dict[int, list[tuple[datetime, int]]] = {}
    for number, room, start, end in sorted(placed, key=lambda one: (one[2], one[0])):
        if room is None:
            continue
        beside = [(until, lane) for until, lane in running.get(room, []) if until > start]
        taken = {lane for _, lane in beside}
        found[number] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        running[room] = [*beside, (end, found[number])]
    return found


def _placed_item(row: Any, stretch: Stretch, lane: int) -> Item:
    talks = stretch.bound.talks.get(row.id, [])
    return Item(
        key=key_of(row.id), title=stretch.title(row), minutes=row.minutes, version=row.version, kind=row.kind,
        code=row.code, start=days.minute_of(row.starts_at, stretch.event.zone), room=row.room_id, track=row.track_id,
        people=_presenters(stretch.bound, row.id), talks=len(talks), pinned=row.pinned, lane=lane,
        stamp=_stamp(row.version, len(talks), sum(talk.version for talk in talks)),
    )  # fmt: skip


def _presenters(bound: People, session_id: int) -> tuple[PersonName, ...]:
    who = [
        person
        for talk in bound.talks.get(session_id, [])
        for person, presents in bound.parts.get(talk.id, [])
        if presents
    ]
    return tuple(bound.names[person] for person in dict.fromkeys([*who, *bound.duties.get(session_id, [])]))


def tray(event: Event, *, text: str = "", track: int | None = None, kind: str = "") -> Tray:
    """Sessions without a time and talks without a session, narrowed by words, track and kind."""
    sessions = db.session.execute(
        select(
            Session.id, Session.kind, Session.title, Session.code, Session.track_id, Session.minutes, Session.version,
            Session.pinned,
        )
        .where(Session.event_id == event.id, Session.starts_at.is_(None))
        .order_by(Session.id)
    ).all()  # fmt: skip
    waiting = select(Session.id).where(Session.event_id == event.id, Session.starts_at.is_(None))
    bound = People(Talk.session_id.in_(waiting))
    bound.add_duties(waiting)
    loose = People((Talk.event_id == event.id) & Talk.session_id.is_(None))
    items = [
        Item(
            key=f"s{row.id}", title=row.title or bound.titles.get(row.id) or LocalizedText(row.code),
            minutes=row.minutes, version=row.version, kind=row.kind, code=row.code, track=row.track_id,
            people=_presenters(bound, row.id), talks=len(bound.talks.get(row.id, [])), pinned=row.pinned,
        )
        for row in sessions
    ] + [
        Item(
            key=f"t{row.id}", title=row.paper_title or row.title, minutes=row.minutes, version=row.version,
            kind=SessionKind.POSTER if row.presentation == "poster" else SessionKind.ORAL, track=row.track_id,
            people=tuple(loose.names[who] for who, presents in loose.parts.get(row.id, []) if presents),
        )
        for row in loose.talks[None]
    ]  # fmt: skip
    wanted = [item for item in items if _fits(item, folded(text).split(), track, kind)]
    return Tray(tuple(wanted[:TRAY_LIMIT]), len(wanted))


def _fits(item: Item, words: list[str], track: int | None, kind: str) -> bool:
    if (track is not None and item.track != track) or (kind and (item.kind is None or item.kind.value != kind)):
        return False
    text = folded(" ".join([item.title.en, item.title.zh, item.code, *(name.both for name in item.people)]))
    return all(word in text for word in words)


def steps_of(event_id: int, person_id: int | None) -> Steps:
    rows = db.session.execute(
        select(TimetableEdit.id, TimetableEdit.undone_at)
        .where(TimetableEdit.event_id == event_id, TimetableEdit.by_id == person_id)
        .order_by(TimetableEdit.id.desc())
        .limit(50)
    ).all()
    undone_after_last = bool(rows) and rows[0].undone_at is not None
    return Steps(undo=any(row.undone_at is None for row in rows), redo=undone_after_last)


def stamps(event: Event, day: date) -> dict[str, str]:
    """The stamp of every session of a day, in one query: whoever holds other ones shows something old."""
    query = (
        select(Session.id, Session.version, func.count(Talk.id), func.coalesce(func.sum(Talk.version), 0))
        .outerjoin(Talk, Talk.session_id == Session.id)
        .where(
            Session.event_id == event.id, Session.starts_at >= days.begins(day, event.zone),
            Session.starts_at < days.ends(day, event.zone),
        )
        .group_by(Session.id, Session.version)
    )  # fmt: skip
    return {f"s{number}": _stamp(version, count, total) for number, version, count, total in db.session.execute(query)}


def _stamp(version: int, talks: int, talk_versions: int) -> str:
    return f"{version}-{talks}-{talk_versions}"


def days_sessions(event: Event, beside: Session) -> list[tuple[int, LocalizedText, datetime]]:
    """(id, title, start) of the sessions of the same day, for choosing one to exchange places with."""
    assert beside.starts_at is not None  # noqa: S101  asked only for placed sessions
    day = days.day_of(beside.starts_at, event.zone)
    stretch = Stretch(event, days.begins(day, event.zone), days.ends(day, event.zone))
    rows = sorted(stretch.sessions, key=lambda row: (row.starts_at, row.id))
    return [(row.id, stretch.title(row), row.starts_at) for row in rows]

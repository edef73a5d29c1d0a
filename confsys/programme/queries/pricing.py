"""What each place of a day would mean for one thing: read once, priced by ``programme.pricing``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from confsys.core.db import db
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.arranging.scene import Place
from confsys.programme.clashes import Activity, Block
from confsys.programme.models import Session, Talk
from confsys.programme.pricing import Band, bands
from confsys.programme.queries.board import LONGEST, USUAL
from confsys.programme.queries.placing import Judged, People, Stretch, block_of, minute, number_of, parts_of
from confsys.programme.states import SessionKind


@dataclass(frozen=True)
class Priced:
    """The bands of one day, in minutes of that day; ``now``: what it clashes with where it is."""

    bands: tuple[Band, ...]
    now: Judged | None
    names: Judged
    """no clashes, only the names for sentences about ``bands``"""
    minutes: int


def prices(
    event: Event, key: str, day: date, *, minutes: int | None = None, places: Mapping[str, Place | None] | None = None
) -> Priced | None:
    """The price of every place of a day; None when there is no such thing. A fixed number of queries.

    ``key`` is a session (``s12``) or a talk that waits (``t34``); ``places``: the timetable as a plan has it.
    """
    number = number_of(key)
    since, until = days.begins(day, event.zone), days.ends(day, event.zone)
    stretch = Stretch(event, since, until, also=number if number > 0 else None, places=places)
    thing = _session(event, number, stretch) if number > 0 else _talk(event, -number, stretch)
    if thing is None:
        return None
    if minutes is not None:
        thing = replace(thing, end=thing.start + minutes)
    others = [stretch.block(row) for row in stretch.sessions if row.id != number]
    known = {block.id for block in others}
    others += [block for block in parts_of(event, number) if block.id not in known]
    first, last = _hours(event, stretch, day, thing.end - thing.start)
    midnight = minute(days.moment_at(day, 0, event.zone))
    starts = range(midnight + first, midnight + last + 1, days.GRID_MINUTES)
    found = bands(thing, others, stretch.frame(), starts, joining=number < 0)
    here = next((row for row in stretch.sessions if row.id == number), None)
    now = stretch.judged(touching=number) if here is not None else None
    shown = tuple(replace(band, first=band.first - midnight, last=band.last - midnight) for band in found)
    names = stretch.with_names([], (block.id for block in others if block.id not in known))
    return Priced(shown, now, names, thing.end - thing.start)


def _hours(event: Event, stretch: Stretch, day: date, minutes: int) -> tuple[int, int]:
    """The first and the last beginning that the page of the day can show."""
    placed = [(days.minute_of(row.starts_at, event.zone), row.minutes) for row in stretch.sessions]
    first = min([USUAL[0], *(start for start, _ in placed)]) // 60 * 60
    last = min(max([USUAL[1], *(start + length for start, length in placed)]), first + LONGEST)
    return first, last - minutes


_COLUMNS = (Session.id, Session.kind, Session.title, Session.track_id, Session.audience, Session.minutes,
            Session.after_id)  # fmt: skip


def _session(event: Event, number: int, stretch: Stretch) -> Block | None:
    row = db.session.execute(
        select(*_COLUMNS).where(Session.id == number, Session.event_id == event.id)
    ).one_or_none()  # fmt: skip
    return None if row is None else block_of(row, 0, row.minutes, None, stretch.bound)


def _talk(event: Event, number: int, stretch: Stretch) -> Block | None:
    loose = People((Talk.id == number) & (Talk.event_id == event.id) & Talk.session_id.is_(None))
    row: Any = next((talk for held in loose.talks.values() for talk in held), None)
    if row is None:
        return None
    stretch.bound.names.update(loose.names)
    kind = SessionKind.POSTER if row.presentation == SessionKind.POSTER.value else SessionKind.ORAL
    parts = tuple(Activity(who, 0, row.minutes, presents) for who, presents in loose.parts.get(number, []))
    return Block(-number, kind, 0, row.minutes, None, row.track_id, None, row.minutes, None, parts)

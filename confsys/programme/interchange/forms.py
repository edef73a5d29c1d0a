"""The one form between the file formats and the product: what a schedule file says, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime


class Unreadable(Exception):
    """The file is not a schedule. ``code`` says what is wrong, ``values`` where."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Human:
    """``id`` and ``guid`` as the file gives them; either may be empty."""

    name: str
    id: str = ""
    guid: str = ""
    biography: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    url: str
    title: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One event of a schedule: something in a room from ``starts_at`` for ``minutes``."""

    guid: str
    starts_at: datetime
    minutes: int
    room: str
    title: str
    title_zh: str = ""
    id: int = 0
    code: str = ""
    slug: str = ""
    subtitle: str = ""
    track: str = ""
    type: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    logo: str = ""
    url: str = ""
    feedback_url: str = ""
    origin_url: str = ""
    people: tuple[Human, ...] = ()
    links: tuple[Reference, ...] = ()
    attachments: tuple[Reference, ...] = ()
    recording_license: str = ""
    do_not_record: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """A room; ``capacity`` where the file says it."""

    name: str
    guid: str = ""
    description: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the schedule from ``starts_at`` until ``ends_at``: it may end after midnight."""

    index: int
    date: date
    starts_at: datetime
    ends_at: datetime
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    title: str
    acronym: str
    version: str
    zone: str = ""
    url: str = ""
    base_url: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    rooms: tuple[Space, ...] = ()
    tracks: tuple[tuple[str, str], ...] = field(default=())
    """(name, slug)"""
    days: tuple[Day, ...] = ()

    def slots(self) -> Iterator[Slot]:
        for day in self.days:
            yield from day.slots

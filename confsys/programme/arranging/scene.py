"""A timetable as the engine needs to know it, read once; see ``programme.queries.scene``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.programme.states import ClashKind, SessionKind, Severity

Moments = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """``room`` None: for everybody, everywhere."""

    start: datetime
    room: int | None
    minutes: int

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Bound:
    """Somebody is needed from ``since`` to ``until`` minutes after the beginning; ``firmly`` False for a co-author."""

    who: str
    since: int
    until: int
    firmly: bool = True


@dataclass(frozen=True, slots=True)
class Thing:
    """A session (key ``s12``) or a talk that waits for one (``t34``)."""

    key: str
    title: LocalizedText
    kind: SessionKind
    minutes: int
    place: Place | None = None
    track: int | None = None
    people: tuple[Bound, ...] = ()
    audience: int | None = None
    equipment: frozenset[str] = frozenset()
    pinned: bool = False
    version: int = 1
    after: str | None = None
    """the key of the part before it"""


@dataclass(frozen=True, slots=True)
class Hall:
    id: int
    name: LocalizedText
    seats: int | None = None
    holds_several: bool = False
    equipment: frozenset[str] = frozenset()
    open: tuple[Moments, ...] = ()
    lost: tuple[Moments, ...] = ()
    """when it cannot be used after all"""
    venue: str = ""


@dataclass(frozen=True, slots=True)
class Human:
    name: PersonName
    away: tuple[Moments, ...] = ()
    zone: str = ""
    """where they take part from, when not on the spot"""


@dataclass(frozen=True)
class Scene:
    name: LocalizedText
    zone: str
    days: tuple[date, ...]
    halls: tuple[Hall, ...]
    tracks: Mapping[int, LocalizedText]
    things: tuple[Thing, ...]
    people: Mapping[str, Human] = field(default_factory=dict)
    severities: Mapping[ClashKind, Severity] = field(default_factory=dict)
    walking: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """minutes between two buildings, under their names in order"""

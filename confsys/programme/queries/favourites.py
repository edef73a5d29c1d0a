"""Somebody's own programme. Asked for by the person themselves, or by whoever they gave the address of the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.viewer import Viewer
from confsys.programme.models import Favourite, OwnCalendar
from confsys.programme.people import public_key
from confsys.programme.snapshots import Programme, SessionView, TalkView


def favourites_of(event_id: int, viewer: Viewer) -> frozenset[str]:
    """The guids the viewer keeps; none for a visitor. One query."""
    if not viewer.signed_in:
        return frozenset()
    query = select(Favourite.guid).where(Favourite.event_id == event_id, Favourite.person_id == viewer.person_id)
    return frozenset(db.session.scalars(query))


def calendar_of(event_id: int, viewer: Viewer) -> OwnCalendar | None:
    return db.session.scalar(
        select(OwnCalendar).where(OwnCalendar.event_id == event_id, OwnCalendar.person_id == viewer.person_id)
    )


def reader_of(event_id: int, secret: str) -> Person | None:
    """Whose calendar the secret opens."""
    query = select(OwnCalendar).where(OwnCalendar.event_id == event_id, OwnCalendar.secret == secret)
    own = db.session.scalar(query)
    return db.session.get(Person, own.person_id, options=[joinedload(Person.emails)]) if own is not None else None


@dataclass(frozen=True, slots=True)
class Planned:
    """Something on somebody's own programme. ``part``: they have a part in it; ``beside``: it overlaps another one."""

    session: SessionView
    talk: TalkView | None
    part: bool
    beside: bool = False

    @property
    def thing(self) -> SessionView | TalkView:
        return self.talk or self.session


def own_programme(programme: Programme, guids: frozenset[str], person_id: int | None) -> list[Planned]:
    """What the person keeps and what they do, in the order of time."""
    who = public_key(programme.event_id, f"person:{person_id}")
    parts = {(s.guid, t.guid if t else "") for s, t in programme.engagements.get(who, [])}
    found: list[tuple[SessionView, TalkView | None, bool]] = []
    for session in programme.sessions:
        own = (session.guid, "") in parts
        if own or (session.guid in guids and not session.is_talk):
            found.append((session, None, own))
        for talk in session.talks:
            own = (session.guid, talk.guid) in parts
            if own or talk.guid in guids:
                found.append((session, talk, own))
    found.sort(key=lambda one: (one[1] or one[0]).starts_at)
    return [Planned(s, t, own, _beside(s, t, found)) for s, t, own in found]


def _beside(
    session: SessionView, talk: TalkView | None, all_: list[tuple[SessionView, TalkView | None, bool]]
) -> bool:  # fmt: skip
    """Whether something of another session runs at the same time."""
    thing = talk or session
    return any(
        other.id != session.id and (t or other).starts_at < thing.ends_at and thing.starts_at < (t or other).ends_at
        for other, t, _own in all_
    )

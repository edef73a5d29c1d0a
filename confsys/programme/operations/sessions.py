"""Sessions: made, described, placed, exchanged, copied, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.days import GRID_MINUTES
from confsys.programme.models import Room, Session, new_guid
from confsys.programme.operations.journal import journal
from confsys.programme.options import ProgrammeOptions
from confsys.programme.queries.placing import judge
from confsys.programme.rules import may_arrange
from confsys.programme.states import WITH_TALKS, SessionKind, Severity
from confsys.programme.wording import clash_sentence

LONGEST = 24 * 60


@dataclass(frozen=True, slots=True)
class SessionContent:
    """What a session is, wherever and whenever it is."""

    kind: SessionKind
    title: LocalizedText = NO_TEXT
    description: LocalizedText = NO_TEXT
    code: str = ""
    track_id: int | None = None
    audience: int | None = None
    after_id: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """``starts_at`` None: in the tray. ``room_id`` None: for everybody, everywhere."""

    starts_at: datetime | None = None
    room_id: int | None = None
    minutes: int = 90


@operation
def add_session(
    event: Event, content: SessionContent, place: Place, *, standing: EventStanding, actor: Actor, at: datetime
) -> Session:
    demand(may_arrange(standing))
    session = Session(event_id=event.id, guid=new_guid(), extras={})
    _describe(session, event, content)
    _place(session, place)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.created(session)
    refuse_blocked(event, session)
    record("session.add", session, actor=actor, at=at, title=session.title, kind=session.kind)
    return session


@operation
def change_session(
    event: Event, session: Session, content: SessionContent, *, version: int | None, standing: EventStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Change what a session is; its place stays."""
    demand(may_arrange(standing))
    expect_version(session, version)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.watch(session)
        _describe(session, event, content)
        record("session.change", session, actor=actor, at=at, title=session.title)


@operation
def place_session(
    event: Event, session: Session, place: Place, *, version: int | None, standing: EventStanding, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Move a session to a time and a room, or back to the tray. Raises StaleVersion when somebody was faster."""
    demand(may_arrange(standing))
    expect_version(session, version)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.watch(session)
        _place(session, place)
        record("session.place", session, actor=actor, at=at, title=session.title)
    refuse_blocked(event, session)


@operation
def swap_sessions(
    event: Event, one: Session, other: Session, *, versions: tuple[int | None, int | None], standing: EventStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Exchange the places of two sessions; each keeps its length."""
    demand(may_arrange(standing))
    for session, version in zip((one, other), versions, strict=True):
        expect_version(session, version)
        if session.pinned:
            raise Invalid(_l("“%(title)s” is kept where it is. Let it be moved first.", title=session.title))
    if one is other:
        raise Invalid(_l("Choose another session to exchange places with."))
    with journal(event.id, actor=actor, at=at) as kept:
        kept.watch(one, other)
        here, there = (one.starts_at, one.room_id), (other.starts_at, other.room_id)
        one.starts_at, one.room_id = there
        other.starts_at, other.room_id = here
        record("session.swap", one, actor=actor, at=at, title=one.title, other=other.title)
        record("session.swap", other, actor=actor, at=at, title=other.title, other=one.title)
    refuse_blocked(event, one)
    refuse_blocked(event, other)


@dataclass(frozen=True, slots=True)
class Copied:
    """``taken``: rooms in which something runs at that time; they were left alone."""

    made: list[Session]
    taken: int


@operation
def copy_session(
    event: Event, session: Session, rooms: Sequence[Room], *, standing: EventStanding, actor: Actor, at: datetime
) -> Copied:
    """The same session at the same time in the other rooms that are free then: coffee everywhere.

    Talks and chairs are not copied. Copied again, it only reaches rooms that have become free.
    """
    demand(may_arrange(standing))
    if session.starts_at is None or session.room_id is None or session.talks:
        raise Invalid(_l("Only what stands in a room and holds no talks can be copied to the other rooms."))
    made = []
    busy = _busy(event, session.starts_at, session.minutes)
    others = [room for room in rooms if room.id != session.room_id]
    with journal(event.id, actor=actor, at=at) as kept:
        for room in others:
            if room.id in busy:
                continue
            copy = Session(
                event_id=event.id, guid=new_guid(), kind=session.kind, code="", title=session.title,
                description=session.description, track_id=session.track_id, room_id=room.id,
                starts_at=session.starts_at, minutes=session.minutes, audience=None, extras={},
            )  # fmt: skip
            kept.created(copy)
            made.append(copy)
            record("session.add", copy, actor=actor, at=at, title=copy.title, kind=copy.kind)
    return Copied(made, len(others) - len(made))


def _busy(event: Event, since: datetime, minutes: int) -> set[int | None]:
    """Rooms in which something runs then."""
    until = since + timedelta(minutes=minutes)
    query = select(Session.room_id, Session.starts_at, Session.minutes).where(
        Session.event_id == event.id, Session.starts_at < until,
        Session.starts_at > since - timedelta(minutes=LONGEST),
    )  # fmt: skip
    rows = db.session.execute(query)
    return {row.room_id for row in rows if row.starts_at + timedelta(minutes=row.minutes) > since}


@operation
def pin_session(
    session: Session, pinned: bool, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Hold a session where it is: dragging and arranging leave it alone."""
    demand(may_arrange(standing))
    expect_version(session, version)
    session.pinned = pinned
    record("session.pin" if pinned else "session.unpin", session, actor=actor, at=at, title=session.title)


@operation
def remove_session(
    event: Event, session: Session, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Take a session away; its talks go back to the tray."""
    demand(may_arrange(standing))
    expect_version(session, version)
    with journal(event.id, actor=actor, at=at) as kept:
        kept.watch(session, *session.talks, *session.duties)
        record("session.remove", session, actor=actor, at=at, title=session.title)
        for talk in list(session.talks):
            talk.session = None
        db.session.flush()
        for duty in list(session.duties):
            kept.remove(duty)
        db.session.flush()
        db.session.expire(session, ["duties"])
        kept.remove(session)


def _describe(session: Session, event: Event, content: SessionContent) -> None:
    if content.track_id is not None and content.track_id not in {track.id for track in event.tracks}:
        raise Invalid(track=_l("Choose one of the tracks of this event."))
    if content.kind not in WITH_TALKS and session.id is not None and session.talks:
        raise Invalid(kind=_l("This session holds talks. Take them out before you make it a break."))
    if content.after_id is not None and _goes_round(event, session, content.after_id):
        raise Invalid(after=_l("These parts would follow each other in a circle."))
    session.after_id = content.after_id
    session.kind, session.title, session.description = content.kind, content.title, content.description
    session.code, session.track_id, session.audience = content.code.strip(), content.track_id, content.audience


def _goes_round(event: Event, session: Session, after_id: int) -> bool:
    """Whether the parts before, one after the other, lead back to the session. Raises Invalid for a stranger."""
    rows = db.session.execute(select(Session.id, Session.after_id).where(Session.event_id == event.id))
    before: dict[int, int | None] = {row.id: row.after_id for row in rows}
    if after_id not in before:
        raise Invalid(after=_l("Choose one of the sessions of this event."))
    here: int | None = after_id
    for _step in before:
        if here is None or here == session.id:
            break
        here = before.get(here)
    return session.id is not None and here == session.id


def _place(session: Session, place: Place) -> None:
    if not 0 < place.minutes <= LONGEST:
        raise Invalid(minutes=_l("A session lasts between five minutes and a day."))
    off_grid = place.minutes % GRID_MINUTES and place.minutes != session.minutes
    if off_grid:
        raise Invalid(minutes=_l("Lengths are multiples of five minutes."))
    if place.room_id is not None:
        room = db.session.get(Room, place.room_id)
        if room is None or room.event_id != session.event_id:
            raise Invalid(room=_l("This room does not exist any more."))
    session.starts_at = place.starts_at
    session.room_id = place.room_id if place.starts_at is not None else None
    session.minutes = place.minutes


def refuse_blocked(event: Event, session: Session) -> None:
    """Raise Invalid when the session now has a clash that the event does not allow even for a moment."""
    if session.starts_at is None or not ProgrammeOptions.of(event).blocks_moves:
        return
    db.session.flush()
    until = session.starts_at + timedelta(minutes=session.minutes)
    found = judge(event, since=session.starts_at, until=until, touching=session.id)
    barred = next((clash for clash in found.clashes if clash.severity is Severity.BLOCK_MOVE), None)
    if barred is not None:
        raise Invalid(clash_sentence(barred, found))

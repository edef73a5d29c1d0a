"""One session or talk with all it shows, and the lists to choose from beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.programme.models import PresenterAnswer, Room, Session, Talk
from confsys.programme.queries.placing import People
from confsys.programme.queries.working import with_everything
from confsys.programme.states import DutyState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A talk that has no session yet."""

    id: int
    title: LocalizedText
    minutes: int
    track: int | None
    people: tuple[PersonName, ...]
    version: int


def session_with_everything(number: int) -> Session:
    """The session with talks, papers, authors, speakers and chairs loaded. It exists."""
    query = with_everything(select(Session).where(Session.id == number)).execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def talks_waiting(event: Event, limit: int = 300) -> list[Waiting]:
    """Talks without a session, for choosing."""
    found = People((Talk.event_id == event.id) & Talk.session_id.is_(None))
    return [
        Waiting(
            row.id, row.paper_title or row.title, row.minutes, row.track_id,
            tuple(found.names[who] for who, presents in found.parts.get(row.id, []) if presents), row.version,
        )
        for row in found.talks.get(None, [])[:limit]
    ]  # fmt: skip


def session_titles(event: Event) -> list[tuple[int, LocalizedText]]:
    """Sessions that have a name of their own, for choosing; one query."""
    rows = db.session.execute(
        select(Session.id, Session.title, Session.code).where(Session.event_id == event.id).order_by(Session.id)
    )
    return [(row.id, row.title or LocalizedText(row.code, row.code)) for row in rows if row.title or row.code]


def venues_of(event_id: int) -> list[str]:
    """The buildings the event's rooms are in, by name."""
    query = select(Room.venue).where(Room.event_id == event_id, Room.venue != "").distinct()
    return sorted(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody of a session told the organisers. ``zone``: where they take part from, when not on the spot."""

    name: PersonName
    zone: str
    equipment: tuple[str, ...]
    note: str
    away: bool


def told_by(session: Session) -> list[Told]:
    """Of those who present, chair or sit in a session; one query. Whoever told nothing is left out."""
    people = {duty.person_id: duty.person.name for duty in session.duties if duty.state is not DutyState.DECLINED}
    for talk in session.talks:
        authors = talk.submission.authors if talk.submission is not None else []
        people |= {author.person_id: author.name for author in authors if author.is_presenter and author.person_id}
        people |= {speaker.person_id: speaker.name for speaker in talk.speakers if speaker.person_id}
    query = select(PresenterAnswer).where(
        PresenterAnswer.event_id == session.event_id, PresenterAnswer.person_id.in_(people)
    )
    return [
        Told(
            people[row.person_id], row.zone if row.remote else "", tuple(row.equipment), row.note, bool(row.away)
        )
        for row in db.session.scalars(query.order_by(PresenterAnswer.id))
        if row.remote or row.equipment or row.note or row.away
    ]  # fmt: skip


def zones_of(event_id: int) -> dict[int, str]:
    """Where those who take part from elsewhere are, by person; one query."""
    rows = db.session.execute(
        select(PresenterAnswer.person_id, PresenterAnswer.zone).where(
            PresenterAnswer.event_id == event_id, PresenterAnswer.remote, PresenterAnswer.zone != ""
        )
    )
    return {row.person_id: row.zone for row in rows}

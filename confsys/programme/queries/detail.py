"""One session or talk with all it shows, and the lists to choose from beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.programme.models import Session, Talk
from confsys.programme.queries.placing import People
from confsys.programme.queries.working import with_everything


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

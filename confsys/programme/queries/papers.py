"""Papers in the order of the programme: what a volume is bound in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.queries.released import latest_programme
from confsys.programme.queries.working import programme_of


@dataclass(frozen=True, slots=True)
class PaperInProgramme:
    """``position`` counts from 1 through the whole programme."""

    position: int
    submission_id: int
    session_id: int
    session_code: str
    session_title: LocalizedText
    track_id: int | None
    day: date
    starts_at: datetime


def papers_in_order(event: Event, at: datetime) -> list[PaperInProgramme]:
    """Papers as the latest release orders them: by day, time of the session, room, place within the session.

    Before the first release the working timetable is read instead. Papers without a place are not in the list.
    """
    programme = latest_programme(event.id) or programme_of(event, at)
    papers = [(session, talk) for session, talk in programme.talks() if talk.submission_id is not None]
    return [
        PaperInProgramme(
            position, talk.submission_id or 0, session.id, session.code, session.own_title, session.track,
            days.day_of(session.starts_at, programme.zone), talk.starts_at,
        )
        for position, (session, talk) in enumerate(papers, start=1)
    ]  # fmt: skip

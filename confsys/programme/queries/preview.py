"""What a release would change, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.events.models import Event
from confsys.programme import changes
from confsys.programme.changes import Change
from confsys.programme.clashes import Clash
from confsys.programme.models import Duty, Session, Talk
from confsys.programme.queries.placing import Judged, judge
from confsys.programme.queries.released import latest_programme
from confsys.programme.queries.working import programme_of
from confsys.programme.snapshots import Programme
from confsys.programme.states import DutyState, Severity, TalkState

BARRING = frozenset({Severity.BLOCK_RELEASE, Severity.BLOCK_MOVE})


@dataclass(frozen=True)
class Outlook:
    """The working timetable against the last release."""

    programme: Programme
    before: Programme | None
    changes: list[Change]
    judged: Judged
    talks_unplaced: int
    sessions_unplaced: int
    duties_open: int
    talks_unconfirmed: int

    @property
    def barring(self) -> list[Clash]:
        return [clash for clash in self.judged.clashes if clash.severity in BARRING]

    @property
    def warnings(self) -> list[Clash]:
        return [clash for clash in self.judged.clashes if clash.severity not in BARRING]

    @property
    def changes_something(self) -> bool:
        return self.before is None or changes.differ(self.before, self.programme)


def outlook(event: Event, at: datetime) -> Outlook:
    """A fixed number of queries."""
    programme, before = programme_of(event, at), latest_programme(event.id)
    placed = select(Session.id).where(Session.event_id == event.id, Session.starts_at.is_not(None))
    talks = select(func.count(Talk.id)).where(
        Talk.event_id == event.id, Talk.session_id.is_(None) | Talk.session_id.not_in(placed)
    )
    sessions = select(func.count(Session.id)).where(Session.event_id == event.id, Session.starts_at.is_(None))
    unconfirmed = select(func.count(Talk.id)).where(Talk.session_id.in_(placed), Talk.state != TalkState.CONFIRMED)
    duties = select(func.count(Duty.id)).where(Duty.session_id.in_(placed), Duty.state != DutyState.ACCEPTED)
    return Outlook(
        programme, before, changes.compare(before, programme), judge(event),
        db.session.scalar(talks) or 0, db.session.scalar(sessions) or 0, db.session.scalar(duties) or 0,
        db.session.scalar(unconfirmed) or 0,
    )  # fmt: skip

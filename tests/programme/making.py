"""Programmes to test with; like ``tests.factories`` each makes one row, directly."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.events.states import Role
from confsys.programme.models import Duty, Room, Session, Speaker, Talk
from confsys.programme.states import DutyState, SessionKind, TalkState
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.factories import saved

_numbers = itertools.count(1)
#: Nine in the morning of the first day of ``factories.event``, in Shanghai.
NINE = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)


def later(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def room(of: Event, name: str = "", **columns: Any) -> Room:
    n = next(_numbers)
    return saved(Room(event_id=of.id, name=LocalizedText(name or f"Room {n}", f"{n}号厅"), position=n, **columns))


def session(of: Event, starts_at: datetime | None = NINE, in_: Room | None = None, **columns: Any) -> Session:
    n = next(_numbers)
    given = {
        "kind": SessionKind.ORAL,
        "title": LocalizedText(f"Session {n}", f"分会场{n}"),
        "minutes": 90,
        "extras": {},
    }
    return saved(Session(event_id=of.id, starts_at=starts_at, room_id=in_.id if in_ else None, **{**given, **columns}))


def paper_talk(of: Event, *authors: Person, in_: Session | None = None, position: int = 0, **columns: Any) -> Talk:
    paper = factories.submission(of, *authors, state=SubmissionState.ACCEPTED)
    return saved(
        Talk(
            event_id=of.id, submission_id=paper.id, session_id=in_.id if in_ else None, position=position,
            **{"minutes": 20, "extras": {}, "state": TalkState.CONFIRMED, **columns},
        )
    )  # fmt: skip


def invited_talk(of: Event, *speakers: Person, in_: Session | None = None, **columns: Any) -> Talk:
    n = next(_numbers)
    talk = Talk(
        event_id=of.id,
        session_id=in_.id if in_ else None,
        **{
            "title": LocalizedText(f"Invited {n}"),
            "minutes": 30,
            "extras": {},
            "state": TalkState.CONFIRMED,
            **columns,
        },
    )
    for position, person in enumerate(speakers):
        talk.speakers.append(
            Speaker(
                position=position, person_id=person.id, given=person.given, family=person.family, native=person.native
            )
        )
    return saved(talk)


def duty(of: Session, person: Person, **columns: Any) -> Duty:
    from confsys.programme.states import DutyRole

    given = {"role": DutyRole.CHAIR, "state": DutyState.ACCEPTED, "asked_at": clock.now()}
    return saved(Duty(session_id=of.id, person_id=person.id, **{**given, **columns}))


class Desk:
    """An organiser at work on one event: what every operation wants to know."""

    def __init__(self, of: Event, role: Role = Role.PROGRAMME_MANAGER) -> None:
        self.event = of
        self.person = factories.grant(of, role)

    @property
    def standing(self) -> EventStanding:
        return standing_in(self.event, factories.viewer(self.person))

    @property
    def who(self) -> dict[str, Any]:
        return {"standing": self.standing, "actor": Actor(self.person.id), "at": clock.now()}


def again(row: Any) -> Any:
    """The row as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return row

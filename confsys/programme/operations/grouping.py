"""Sessions made of talks that wait: as previewed, in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.days import GRID_MINUTES
from confsys.programme.models import Session, Talk, new_guid
from confsys.programme.operations.journal import journal
from confsys.programme.rules import may_arrange
from confsys.programme.states import SessionKind


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be, with its talks in order."""

    title: LocalizedText
    talks: Sequence[int]
    minutes: int
    track_id: int | None = None
    poster: bool = False


@operation
def make_sessions(
    event: Event, wanted: Sequence[NewSession], *, standing: EventStanding, actor: Actor, at: datetime
) -> list[Session]:
    """Put talks that wait into new sessions, which wait in the tray themselves.

    Raises Invalid when one of the talks waits no more: somebody was faster than the preview.
    """
    demand(may_arrange(standing))
    numbers = [number for each in wanted for number in each.talks]
    rows = db.session.scalars(
        select(Talk).where(Talk.event_id == event.id, Talk.id.in_(numbers), Talk.session_id.is_(None))
    )
    talks = {talk.id: talk for talk in rows}
    if len(set(numbers)) != len(numbers) or talks.keys() != set(numbers):
        raise Invalid(_l("Some of these talks wait no more. Look at the groups again."))
    tracks = {track.id for track in event.tracks}
    made = []
    with journal(event.id, actor=actor, at=at) as kept:
        for each in wanted:
            if not each.talks or not 0 < each.minutes <= 24 * 60:
                raise Invalid(_l("A session lasts between five minutes and a day."))
            session = Session(
                event_id=event.id, guid=new_guid(), kind=SessionKind.POSTER if each.poster else SessionKind.ORAL,
                title=each.title, track_id=each.track_id if each.track_id in tracks else None, extras={},
                minutes=-(-each.minutes // GRID_MINUTES) * GRID_MINUTES,
            )  # fmt: skip
            kept.created(session)
            for position, number in enumerate(each.talks):
                kept.watch(talks[number])
                talks[number].session_id, talks[number].position = session.id, position
            made.append(session)
            record("session.add", session, actor=actor, at=at, title=session.title, kind=session.kind)
    return made

"""Polls: made by a moderator, opened, answered once by each, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.exchange.models import Poll, PollAnswer
from confsys.exchange.operations.floors import ensure_floor, touch
from confsys.exchange.rules import may_moderate, may_take_part
from confsys.exchange.standing import FloorStanding
from confsys.exchange.states import POLL_TRANSITIONS, PollState

CHOICES_MAX = 8


@operation
def create_poll(
    event: Event, session_id: int, text: str, choices: Sequence[str], *, opened: bool = False,
    standing: FloorStanding, actor: Actor, at: datetime,
) -> Poll:  # fmt: skip
    demand(may_moderate(standing))
    kept = [choice.strip()[:120] for choice in choices if choice.strip()]
    if not text.strip():
        raise Invalid(question=_l("Please write the question of the poll."))
    if not 2 <= len(kept) <= CHOICES_MAX or len(set(kept)) != len(kept):
        raise Invalid(choices=_l("Give two to %(most)s different answers, one a line.", most=CHOICES_MAX))
    floor = ensure_floor(event, session_id)
    poll = Poll(
        floor_id=floor.id, text=text.strip()[:300], choices=kept, state=PollState.OPEN if opened else PollState.DRAFT
    )
    record("poll.create", poll, actor=actor, at=at, event_id=event.id, changes={}, text=poll.text)
    touch(floor)
    return poll


@operation
def move_poll(
    poll: Poll, state: PollState, *, version: int | None, standing: FloorStanding, actor: Actor, at: datetime
) -> None:
    demand(may_moderate(standing))
    expect_version(poll, version)
    if state not in POLL_TRANSITIONS[poll.state]:
        raise Invalid(_l("This poll has moved on. Look at the page again."))
    poll.state = state
    record(
        f"poll.{state.value}", poll, actor=actor, at=at, event_id=standing.event.event_id, changes={}, text=poll.text
    )
    touch(poll.floor)


@operation
def answer_poll(poll: Poll, choice: int, *, standing: FloorStanding, actor: Actor, at: datetime) -> None:
    """One answer a person; another one replaces it while the poll is open."""
    demand(may_take_part(standing))
    lock(poll)
    if poll.state is not PollState.OPEN:
        raise Invalid(_l("This poll takes no answers now."))
    if not 0 <= choice < len(poll.choices):
        raise Invalid(_l("Please choose one of the answers."))
    mine = select(PollAnswer).where(PollAnswer.poll_id == poll.id, PollAnswer.person_id == actor.person_id)
    row = db.session.scalar(mine)
    if row is None:
        db.session.add(PollAnswer(poll_id=poll.id, person_id=actor.person_id, choice=choice))
    else:
        row.choice = choice
    db.session.flush()
    touch(poll.floor)

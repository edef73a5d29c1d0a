"""Written debate under a session."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import Deny, Refused, demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.exchange.models import Remark
from confsys.exchange.operations.floors import ensure_floor, touch
from confsys.exchange.rules import may_debate, may_moderate
from confsys.exchange.standing import FloorStanding
from confsys.exchange.voices import voice_of

LENGTH_MAX = 4000


@operation
def say(
    event: Event, session_id: int, text: str, *, talk_id: int | None = None, answers: Remark | None = None,
    standing: FloorStanding, actor: Actor, at: datetime,
) -> Remark:  # fmt: skip
    """Add to the debate, perhaps in answer to another remark. Debate is by name."""
    demand(may_debate(standing))
    text = text.strip()
    if not text:
        raise Invalid(text=_l("Please write something first."))
    if len(text) > LENGTH_MAX:
        raise Invalid(text=_l("A contribution has at most %(limit)s characters.", limit=LENGTH_MAX))
    floor = ensure_floor(event, session_id)
    if answers is not None and answers.floor_id != floor.id:
        raise Refused(Deny(hidden=True))
    remark = Remark(
        floor_id=floor.id, talk_id=answers.talk_id if answers else talk_id, parent_id=answers.id if answers else None,
        person_id=actor.person_id, voice=voice_of(event.id, actor.person_id), text=text, at=at,
    )  # fmt: skip
    record("remark.say", remark, actor=actor, at=at, event_id=event.id, changes={})
    touch(floor)
    return remark


@operation
def take_back(remark: Remark, *, standing: FloorStanding, actor: Actor, at: datetime) -> None:
    """Take a remark off the page: the writer their own, a moderator any. Answers to it stay."""
    if actor.person_id is None or remark.person_id != actor.person_id:
        demand(may_moderate(standing))
    if remark.hidden_at is None:
        remark.hidden_at = at
        record("remark.hide", remark, actor=actor, at=at, event_id=standing.event.event_id, changes={})
        touch(remark.floor)

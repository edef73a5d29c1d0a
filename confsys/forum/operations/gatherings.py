"""A salon is set up, people offer short talks, the host orders them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.forum import mails
from confsys.forum.models import Gathering, ShortTalk
from confsys.forum.queries.gatherings import people_of
from confsys.forum.rules.gatherings import GatheringStanding, may_change_talk, may_lead, may_offer
from confsys.forum.states import SHORT_TALK_TRANSITIONS, ShortTalkState

#: About three minutes of speech, in either language.
TEXT_MAX = 1500


def gathering_for(event: Event) -> Gathering:
    """The event's gathering, made when it is asked for first."""
    found = db.session.scalar(select(Gathering).where(Gathering.event_id == event.id))
    if found is None:
        found = Gathering(event_id=event.id, question=LocalizedText(), text="")
        db.session.add(found)
        db.session.flush()
    return found


@operation
def set_up(
    event: Event, question: LocalizedText, host_id: int | None, scribe_id: int | None, *, version: int | None,
    standing: GatheringStanding, actor: Actor, at: datetime,
) -> Gathering:  # fmt: skip
    """Name the question, who leads and who writes. Both are people of the event already."""
    demand(may_lead(standing))
    gathering = gathering_for(event)
    expect_version(gathering, version)
    known = {person_id for person_id, _name in people_of(event.id)}
    for field, person_id in (("host", host_id), ("scribe", scribe_id)):
        if person_id is not None and person_id not in known:
            raise Invalid(**{field: _l("Please choose somebody who takes part already.")})
    gathering.question, gathering.host_id, gathering.scribe_id = question, host_id, scribe_id
    record("forum.gathering_set", gathering, actor=actor, at=at)
    return gathering


def _check(title: str, text: str) -> None:
    if not title:
        raise Invalid(title=_l("What will you speak about?"))
    if not text:
        raise Invalid(text=_l("A few lines are enough, but there must be some to speak from."))
    if len(text) > TEXT_MAX:
        raise Invalid(text=_l("That is more than three minutes: at most %(most)s characters.", most=TEXT_MAX))


@operation
def offer(event: Event, title: str, text: str, *, standing: GatheringStanding, actor: Actor, at: datetime) -> ShortTalk:
    demand(may_offer(standing))
    _check(title, text)
    made = ShortTalk(
        event_id=event.id, person_id=actor.person_id, state=ShortTalkState.OFFERED, title=title, text=text,
        created_at=at,
    )  # fmt: skip
    record("forum.talk_offered", made, actor=actor, at=at, changes={}, title=title)
    return made


@operation
def change(
    talk: ShortTalk, title: str, text: str, *, version: int | None, standing: GatheringStanding, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    lock(talk)
    demand(may_change_talk(standing, talk.person_id == actor.person_id, talk.state))
    expect_version(talk, version)
    _check(title, text)
    talk.title, talk.text = title, text
    record("forum.talk_changed", talk, actor=actor, at=at, title=title)


@operation
def withdraw(talk: ShortTalk, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    lock(talk)
    demand(may_change_talk(standing, talk.person_id == actor.person_id, talk.state))
    _move(talk, ShortTalkState.WITHDRAWN)
    record("forum.talk_withdrawn", talk, actor=actor, at=at, changes={}, title=talk.title)


@operation
def place(talk: ShortTalk, to: ShortTalkState, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """The host puts a talk on the list, behind the others, or not this time; the speaker is told."""
    lock(talk)
    demand(may_lead(standing))
    if to not in {ShortTalkState.ON_LIST, ShortTalkState.NOT_THIS_TIME}:
        raise Invalid(_l("Only its speaker withdraws a short talk."))
    _move(talk, to)
    last = db.session.scalar(select(func.max(ShortTalk.position)).where(ShortTalk.event_id == talk.event_id)) or 0
    talk.position = last + 1 if to is ShortTalkState.ON_LIST else 0
    record("forum.talk_placed", talk, actor=actor, at=at, title=talk.title)
    mails.short_talk_placed(talk, db.session.get_one(Event, talk.event_id), at=at)


def _move(talk: ShortTalk, to: ShortTalkState) -> None:
    if to not in SHORT_TALK_TRANSITIONS[talk.state]:
        raise Invalid(_l("This short talk was decided about or withdrawn meanwhile."))
    talk.state = to


@operation
def shift(talk: ShortTalk, up: bool, *, standing: GatheringStanding, actor: Actor, at: datetime) -> None:
    """One place up or down among those on the list."""
    demand(may_lead(standing))
    listed = list(
        db.session.scalars(
            select(ShortTalk)
            .where(ShortTalk.event_id == talk.event_id, ShortTalk.state == ShortTalkState.ON_LIST)
            .order_by(ShortTalk.position, ShortTalk.id)
            .with_for_update(of=ShortTalk)
        )
    )
    if talk not in listed:
        raise Invalid(_l("Only talks on the list have an order."))
    _swap(listed, listed.index(talk), -1 if up else 1)
    record("forum.talk_moved", talk, actor=actor, at=at, changes={}, title=talk.title)


def _swap(listed: Sequence[ShortTalk], place: int, by: int) -> None:
    order = list(listed)
    if 0 <= place + by < len(order):
        order[place], order[place + by] = order[place + by], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position

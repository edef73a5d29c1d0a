"""Topics: proposed by anybody, supported by many, chosen by the committee, made a part of an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event, Track
from confsys.events.operations.creating import Basics, create_event
from confsys.events.operations.structure import add_track
from confsys.events.presets import presets
from confsys.events.rules import may_create_event, may_edit_event
from confsys.events.standing import EventStanding
from confsys.forum import mails
from confsys.forum.models import TopicProposal, TopicSupport
from confsys.forum.rules.topics import (
    TopicStanding,
    may_change,
    may_decide,
    may_propose,
    may_realise,
    may_support,
)  # fmt: skip
from confsys.forum.states import TOPIC_TRANSITIONS, TopicKind, TopicState


@dataclass(frozen=True, slots=True)
class Wording:
    """What a proposer writes."""

    title: str
    why: str
    kind: TopicKind
    field: str


def said(text: str) -> LocalizedText:
    """A line in the language it is written in."""
    return LocalizedText(zh=text) if has_han(text) else LocalizedText(en=text)


def _check(wording: Wording) -> None:
    if not wording.title:
        raise Invalid(title=_l("Please name the topic."))
    if not wording.field:
        raise Invalid(field=_l("Please name the field."))
    if len(wording.why) < 40:
        raise Invalid(why=_l("Please say in a few sentences why it matters: the others vote on it."))


@operation
def propose(
    wording: Wording, event: Event | None, *, standing: EventStanding | None, actor: Actor, at: datetime
) -> TopicProposal:
    """A topic for an event with a call, or for the society."""
    if actor.person_id is None:
        raise Invalid(_l("Please sign in to propose a topic."))
    if standing is not None:
        demand(may_propose(standing.viewer, standing))
    _check(wording)
    made = TopicProposal(
        code=new_code(), event_id=event.id if event is not None else None, person_id=actor.person_id,
        kind=wording.kind, state=TopicState.PROPOSED, title=wording.title, field=wording.field, why=wording.why,
        created_at=at,
    )  # fmt: skip
    record("forum.topic_proposed", made, actor=actor, at=at, changes={}, title=made.title)
    return made


@operation
def reword(
    proposal: TopicProposal, wording: Wording, *, version: int | None, standing: TopicStanding, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    lock(proposal)
    demand(may_change(standing))
    expect_version(proposal, version)
    _check(wording)
    proposal.title, proposal.field, proposal.why = wording.title, wording.field, wording.why
    proposal.kind = wording.kind
    record("forum.topic_reworded", proposal, actor=actor, at=at, title=proposal.title)


@operation
def withdraw(proposal: TopicProposal, *, standing: TopicStanding, actor: Actor, at: datetime) -> None:
    lock(proposal)
    demand(may_change(standing))
    _move(proposal, TopicState.WITHDRAWN)
    record("forum.topic_withdrawn", proposal, actor=actor, at=at, changes={}, title=proposal.title)


@operation
def support(proposal: TopicProposal, wanted: bool, *, standing: TopicStanding, actor: Actor, at: datetime) -> None:
    """One vote a person, given or taken back; doing it twice changes nothing."""
    lock(proposal)
    demand(may_support(standing))
    if proposal.state is not TopicState.PROPOSED:  # decided since the page was read
        raise Invalid(_l("The committee has decided: votes are closed."))
    query = select(TopicSupport).where(
        TopicSupport.proposal_id == proposal.id, TopicSupport.person_id == actor.person_id
    )
    given = db.session.scalar(query)
    if wanted == (given is not None):
        return
    if given is None:
        db.session.add(TopicSupport(proposal_id=proposal.id, person_id=actor.person_id, at=at))
        proposal.support += 1
    else:
        db.session.delete(given)
        proposal.support -= 1
    db.session.flush()


@operation
def decide(
    proposal: TopicProposal, selected: bool, reasons: str, *, version: int | None, standing: TopicStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """The committee chooses or declines, with reasons that everybody reads; the proposer is told."""
    lock(proposal)
    demand(may_decide(standing))
    expect_version(proposal, version)
    if len(reasons) < 10:
        raise Invalid(reasons=_l("Please give the reasons: the proposer and the supporters read them."))
    state = TopicState.SELECTED if selected else TopicState.DECLINED
    if state is not proposal.state:
        _move(proposal, state)
    proposal.reasons, proposal.decided_at, proposal.decided_by_id = reasons, at, actor.person_id
    record("forum.topic_decided", proposal, actor=actor, at=at, title=proposal.title, state=state)
    mails.topic_decided(proposal, at=at)


def _move(proposal: TopicProposal, to: TopicState) -> None:
    if to not in TOPIC_TRANSITIONS[proposal.state]:
        raise Invalid(_l("This topic has been decided or withdrawn."))
    proposal.state = to


@operation
def make_track(
    proposal: TopicProposal, event: Event, *, standing: TopicStanding, editor: EventStanding, actor: Actor,
    at: datetime,
) -> Track:  # fmt: skip
    """A selected topic becomes a track of an event whose settings the actor may change."""
    lock(proposal)
    demand(may_realise(standing))
    demand(may_edit_event(editor))
    _once(proposal)
    track = add_track(event, said(proposal.title), said(proposal.why), actor=actor, at=at)
    proposal.track_id, proposal.track = track.id, track
    record("forum.topic_became_track", proposal, actor=actor, at=at, changes={}, event_id=event.id,
           title=proposal.title)  # fmt: skip
    mails.topic_realised(proposal, event, at=at)
    return track


@operation
def make_salon(
    proposal: TopicProposal, day: date, *, zone: str, standing: TopicStanding, actor: Actor, at: datetime
) -> Event:
    """A selected topic becomes a salon of its own: a draft, organised by whoever makes it."""
    lock(proposal)
    demand(may_realise(standing))
    demand(may_create_event(standing.viewer))
    _once(proposal)
    if day < at.date():
        raise Invalid(day=_l("This day is over."))
    basics = Basics(f"salon-{proposal.code.lower()}", said(proposal.title), "", day, day, zone)
    event = create_event(presets()["salon"], basics, actor=actor, at=at)
    proposal.became_id, proposal.became = event.id, event
    record("forum.topic_became_event", proposal, actor=actor, at=at, changes={}, event_id=event.id,
           title=proposal.title)  # fmt: skip
    mails.topic_realised(proposal, event, at=at)
    return event


def _once(proposal: TopicProposal) -> None:
    """Two committee members may press at the same moment."""
    if proposal.track_id is not None or proposal.became_id is not None:
        raise Invalid(_l("This topic has become a part of an event already."))

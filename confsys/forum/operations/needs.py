"""Needs and experts brought together; both sides agree before either learns more."""

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
from confsys.core.identifiers import new_code
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.forum import mails
from confsys.forum.models import Expert, Need, NeedMatch
from confsys.forum.queries.needs import organisations_of
from confsys.forum.rules import needs as rules
from confsys.forum.rules.needs import NeedStanding
from confsys.forum.states import MATCH_TRANSITIONS, NEED_TRANSITIONS, MatchState, NeedState, Outcome, Side


@dataclass(frozen=True, slots=True)
class Wording:
    """What a company writes."""

    organisation_id: int
    title: str
    field: str
    problem: str
    confidential: str = ""
    named: bool = True


def _check(wording: Wording, standing: EventStanding) -> None:
    if wording.organisation_id not in {number for number, _name in organisations_of(standing.viewer)}:
        raise Invalid(organisation=_l("You speak only for an organisation of your profile."))
    for name in ("title", "field", "problem"):
        if not getattr(wording, name):
            raise Invalid(**{name: _l("Please fill this in: an expert decides by it.")})


@operation
def post_need(event: Event, wording: Wording, *, standing: EventStanding, actor: Actor, at: datetime) -> Need:
    demand(rules.may_post(standing, has_organisation=True))
    _check(wording, standing)
    need = Need(event_id=event.id, person_id=actor.person_id, code=new_code(), state=NeedState.OPEN, created_at=at)
    _fill(need, wording)
    # Without the changes: an audit entry must not hold the confidential part.
    record("forum.need_posted", need, actor=actor, at=at, changes={}, title=need.title)
    return need


def _fill(need: Need, wording: Wording) -> None:
    for name in ("organisation_id", "title", "field", "problem", "confidential", "named"):
        setattr(need, name, getattr(wording, name))


@operation
def change_need(
    need: Need, wording: Wording, *, version: int | None, standing: NeedStanding, actor: Actor, at: datetime
) -> None:
    lock(need)
    demand(rules.may_change_need(standing))
    expect_version(need, version)
    _check(wording, standing.event)
    _fill(need, wording)
    record("forum.need_changed", need, actor=actor, at=at, changes={}, title=need.title)


@operation
def close_need(need: Need, *, standing: NeedStanding, actor: Actor, at: datetime) -> None:
    """Nobody is looked for any more: withdrawn while nothing had begun, else closed."""
    lock(need)
    demand(rules.may_change_need(standing))
    begun = db.session.scalar(
        select(NeedMatch.id).where(NeedMatch.need_id == need.id, NeedMatch.state != MatchState.DECLINED).limit(1)
    )
    _move_need(need, NeedState.CLOSED if begun else NeedState.WITHDRAWN)
    waiting = select(NeedMatch).where(NeedMatch.need_id == need.id, NeedMatch.state == MatchState.WAITING)
    for match in db.session.scalars(waiting):
        match.state = MatchState.DECLINED
    record("forum.need_closed", need, actor=actor, at=at, changes={}, title=need.title)


def _move_need(need: Need, to: NeedState) -> None:
    if to not in NEED_TRANSITIONS[need.state]:
        raise Invalid(_l("This need is closed."))
    need.state = to


@operation
def offer_expertise(
    person_id: int, fields: Sequence[str], about: str, active: bool, *, actor: Actor, at: datetime
) -> Expert:
    """Let companies ask, or stop it. Only about oneself."""
    if not fields:
        raise Invalid(fields=_l("Please name at least one field."))
    expert = db.session.scalar(select(Expert).where(Expert.person_id == person_id))
    if expert is None:
        expert = Expert(person_id=person_id, since=at)
    expert.fields, expert.about, expert.active = list(fields), about, active
    record("forum.expert", expert, actor=actor, at=at)
    return expert


@operation
def bring_together(
    need: Need, expert: Expert, side: Side, why: Sequence[tuple[str, str]], *, standing: NeedStanding, actor: Actor,
    at: datetime,
) -> NeedMatch:  # fmt: skip
    """A company asks an expert, an expert offers help, or the forum asks both. Who asks has said yes."""
    lock(need)
    demand(rules.may_offer_help(standing) if side is Side.EXPERT else rules.may_find_experts(standing))
    if need.state not in rules.LIVE:
        raise Invalid(_l("This need is closed."))
    known = select(NeedMatch.id).where(NeedMatch.need_id == need.id, NeedMatch.expert_id == expert.id)
    if db.session.scalar(known) is not None:
        raise Invalid(_l("These two have been brought together already."))
    match = NeedMatch(
        need_id=need.id, expert_id=expert.id, state=MatchState.WAITING, begun_by=side, asked_at=at,
        company_yes=side is Side.COMPANY, expert_yes=side is Side.EXPERT,
        why=[{"kind": kind, "value": value} for kind, value in why],
    )  # fmt: skip
    match.need, match.expert = need, expert
    record("forum.match_asked", match, actor=actor, at=at, changes={}, event_id=need.event_id, title=need.title)
    mails.match_asked(match, at=at)
    return match


@operation
def answer_match(match: NeedMatch, yes: bool, *, actor: Actor, at: datetime) -> None:
    """One side answers; with the second yes both learn how to reach each other."""
    need, expert = match.need, match.expert
    lock(need)
    lock(match)
    company, helper = need.person_id == actor.person_id, expert.person_id == actor.person_id
    answered = (company and match.company_yes) or (helper and match.expert_yes)
    demand(rules.may_answer_match(company, helper, match.state, answered))
    if not yes:
        _move(match, MatchState.DECLINED)
    else:
        match.company_yes, match.expert_yes = match.company_yes or company, match.expert_yes or helper
        if match.company_yes and match.expert_yes:
            _move(match, MatchState.AGREED)
            match.agreed_at = at
            if need.state is NeedState.OPEN:
                _move_need(need, NeedState.MATCHED)
    record("forum.match_answered", match, actor=actor, at=at, changes={}, event_id=need.event_id, title=need.title)
    if match.state is MatchState.AGREED:
        mails.match_agreed(match, at=at)


@operation
def tell_outcome(match: NeedMatch, outcome: Outcome, text: str, *, actor: Actor, at: datetime) -> None:
    """What came of it; when nothing did, the company looks on."""
    need = match.need
    lock(need)
    lock(match)
    company, helper = need.person_id == actor.person_id, match.expert.person_id == actor.person_id
    demand(rules.may_tell_match(company, helper, match.state))
    _move(match, MatchState.ENDED)
    match.outcome, match.outcome_text, match.outcome_at = outcome, text, at
    db.session.flush()
    others = select(NeedMatch.id).where(NeedMatch.need_id == need.id, NeedMatch.state == MatchState.AGREED)
    if need.state is NeedState.MATCHED and db.session.scalar(others.limit(1)) is None:
        _move_need(need, NeedState.OPEN if outcome is Outcome.NOTHING else NeedState.CLOSED)
    record("forum.match_outcome", match, actor=actor, at=at, changes={}, event_id=need.event_id, title=need.title)


def _move(match: NeedMatch, to: MatchState) -> None:
    if to not in MATCH_TRANSITIONS[match.state]:
        raise Invalid(_l("This has been answered."))
    match.state = to

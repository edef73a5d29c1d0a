"""Dues and the terms they buy. Money is taken elsewhere; here a due is opened, and settled once."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import lock, operation
from confsys.members import mails
from confsys.members.days import society_day
from confsys.members.models import Due, Member, Term, Tier
from confsys.members.operations.numbering import next_stem
from confsys.members.queries.membership import last_term, member_of, open_dues
from confsys.members.rules import may_renew
from confsys.members.states import DueKind, DueState, TermState
from confsys.members.terms import next_span


def hold(member: Member) -> None:
    """Keep others from prolonging the same member meanwhile, and forget which terms were read before."""
    lock(member)
    db.session.expire(member, ["terms"])


@operation
def open_due(
    person: Person, tier: Tier, kind: DueKind, amount_minor: int, *, application_id: int | None = None, actor: Actor,
    at: datetime,
) -> Due:  # fmt: skip
    """What is owed. Nothing changes for the person before it is paid; what costs nothing is settled at once."""
    due = Due(
        person_id=person.id, tier=tier, kind=kind, amount_minor=amount_minor, currency=tier.currency, created_at=at,
        application_id=application_id,
    )  # fmt: skip
    db.session.add(due)
    record("member.due_opened", due, actor=actor, at=at, changes={}, amount=due.amount_minor, currency=due.currency)
    if not amount_minor:
        settle(due, actor=actor, at=at)
    return due


@operation
def ask_renewal(member: Member, *, actor: Actor, at: datetime) -> Due:
    """The due for the member's next term: the one that is open already, or a new one. The running term is untouched."""
    hold(member)
    last = last_term(member)
    if last is None:
        raise Invalid(_l("There is no term to renew."))
    demand(may_renew(last.span, member.tier.opens_days, society_day(at), member.ended_on))
    waiting = next((due for due in open_dues(member.person_id) if due.kind is DueKind.RENEWAL), None)
    if waiting is not None and waiting.tier_id == member.tier_id:
        return waiting
    if waiting is not None:
        void_due(waiting, actor=actor, at=at)
    return open_due(member.person, member.tier, DueKind.RENEWAL, member.tier.dues_minor, actor=actor, at=at)


@operation
def void_due(due: Due, *, actor: Actor, at: datetime) -> None:
    lock(due)
    if due.state is DueState.OPEN:
        due.state = DueState.VOID
        record("member.due_voided", due, actor=actor, at=at)


@operation
def settle(due: Due, *, actor: Actor, at: datetime) -> Term | None:
    """The due is paid: the term begins or is prolonged. However often this is told, it happens once.

    A due that was withdrawn in the meantime still counts when its money arrives: nobody pays for nothing.
    """
    lock(due)
    if due.state is DueState.PAID:
        return None
    due.state, due.paid_at = DueState.PAID, at
    record("member.due_paid", due, actor=actor, at=at)
    member = member_of(due.person_id)
    if due.kind is DueKind.CHANGE and member is not None:
        change_class(member, due.tier, actor=actor, at=at)
        return None
    if member is None:
        member = _new_member(due, actor, at)
    else:
        hold(member)
    return _prolong(member, due, actor, at)


def _new_member(due: Due, actor: Actor, at: datetime) -> Member:
    code, stem = next_stem()
    member = Member(
        person_id=due.person_id, code=code, stem=stem, tier_id=due.tier_id, joined_on=society_day(at),
        branch_id=due.application.branch_id if due.application else None, card_key=secrets.token_hex(8),
    )  # fmt: skip
    db.session.add(member)
    record("member.joined", member, actor=actor, at=at, changes={}, stem=stem)
    return member


def _prolong(member: Member, due: Due, actor: Actor, at: datetime) -> Term:
    last = last_term(member)
    span = next_span(due.tier.rule, society_day(at), last.span if last else None)
    if due.kind is DueKind.JOIN:  # a renewal asked for before a change of class must not undo the change
        member.tier_id = due.tier_id
    member.ended_on = member.end_reason = None
    term = Term(
        member=member, tier_id=due.tier_id, due_id=due.id, state=TermState.ACTIVE, starts_on=span.starts_on,
        ends_on=span.ends_on, grace_until=span.grace_until, created_at=at,
    )  # fmt: skip
    db.session.add(term)
    record("member.prolonged", member, actor=actor, at=at, until=span.ends_on.isoformat())
    mails.term_begins_mail(member, term, first=last is None, at=at)
    return term


@operation
def change_class(member: Member, tier: Tier, *, actor: Actor, at: datetime) -> None:
    """Another class from now on: the letter of the number changes, its stem and the running term stay."""
    lock(member)
    if member.tier_id != tier.id:
        member.tier_id = tier.id
        record("member.class_changed", member, actor=actor, at=at, tier=tier.key)


@operation
def reverse(due: Due, *, actor: Actor, at: datetime) -> None:
    """The money was given back: the term it bought no longer counts. Earlier and later ones do."""
    lock(due)
    if due.state is DueState.PAID and due.refunded_at is None:
        due.refunded_at = at
        record("member.due_refunded", due, actor=actor, at=at)
    term = db.session.scalar(select(Term).where(Term.due_id == due.id))
    if term is not None and term.state is TermState.ACTIVE:
        term.state = TermState.REVERSED
        record("member.term_reversed", term.member, actor=actor, at=at, changes={}, until=term.ends_on.isoformat())

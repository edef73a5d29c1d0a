"""Who is a member on a day: the one answer that prices, quotas, ballots and pages ask for.

It is asked with a person, never with a number: a number names a member and proves nothing about who types it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.members.models import Application, Due, Member, Term, Tier
from confsys.members.numbers import MemberNumber
from confsys.members.states import OPEN_APPLICATIONS, DueState, MembershipState, TermState


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody's membership as it holds on one day. ``in_grace``: the term is over, the member still counts."""

    member_id: int
    person_id: int
    number: MemberNumber
    tier: str
    tier_name: LocalizedText
    joined_on: date
    starts_on: date
    ends_on: date
    in_grace: bool

    @property
    def state(self) -> MembershipState:
        return MembershipState.GRACE if self.in_grace else MembershipState.CURRENT


def valid_membership(person_id: int | None, on_date: date) -> Membership | None:
    """The membership of a person that holds on ``on_date``, grace included. One query."""
    return None if person_id is None else valid_memberships([person_id], on_date).get(person_id)


def valid_memberships(people: Collection[int], on_date: date) -> dict[int, Membership]:
    """``valid_membership`` of many people, with one query."""
    if not people:
        return {}
    query = (
        select(Term)
        .join(Term.member)
        .join(Member.tier)
        .where(
            Member.person_id.in_(people),
            Term.state == TermState.ACTIVE,
            Term.starts_on <= on_date,
            Term.grace_until >= on_date,
            or_(Member.ended_on.is_(None), Member.ended_on > on_date),
        )
        .options(contains_eager(Term.member).contains_eager(Member.tier))
        .order_by(Term.ends_on)
    )
    # The term with the latest end wins: a renewal that has begun stands above the grace of the one before.
    return {term.member.person_id: _membership(term, on_date) for term in db.session.scalars(query)}


def _membership(term: Term, on_date: date) -> Membership:
    member = term.member
    return Membership(
        member_id=member.id, person_id=member.person_id, number=member.number, tier=member.tier.key,
        tier_name=member.tier.name, joined_on=member.joined_on, starts_on=term.starts_on, ends_on=term.ends_on,
        in_grace=on_date > term.ends_on,
    )  # fmt: skip


def member_of(person_id: int) -> Member | None:
    """The member's own row, with class and terms.

    What belongs to it is fetched beside it, here and below: PostgreSQL does not lock a row read through an outer join.
    """
    query = select(Member).where(Member.person_id == person_id)
    return db.session.scalar(query.options(selectinload(Member.tier), selectinload(Member.terms)))


def active_terms(member: Member) -> list[Term]:
    """Terms that count, the one with the latest end last."""
    return [term for term in member.terms if term.state is TermState.ACTIVE]


def last_term(member: Member) -> Term | None:
    terms = active_terms(member)
    return terms[-1] if terms else None


def tiers(*, open_only: bool = False) -> list[Tier]:
    query = select(Tier).order_by(Tier.position, Tier.id)
    return list(db.session.scalars(query.where(Tier.is_open) if open_only else query))


def open_application(person_id: int) -> Application | None:
    query = select(Application).where(Application.person_id == person_id, Application.state.in_(OPEN_APPLICATIONS))
    return db.session.scalar(query.options(selectinload(Application.tier), selectinload(Application.asked)))


def latest_application(person_id: int) -> Application | None:
    """The last one, whatever became of it."""
    query = select(Application).where(Application.person_id == person_id).order_by(Application.id.desc()).limit(1)
    return db.session.scalar(query.options(selectinload(Application.tier)))


def dues_of(person_id: int) -> list[Due]:
    query = select(Due).where(Due.person_id == person_id).options(selectinload(Due.tier))
    return list(db.session.scalars(query.order_by(Due.id.desc())))


def open_dues(person_id: int) -> list[Due]:
    return [due for due in dues_of(person_id) if due.state is DueState.OPEN]


def dues(identities: Iterable[int]) -> dict[int, Due]:
    query = select(Due).where(Due.id.in_(list(identities))).options(selectinload(Due.tier))
    return {due.id: due for due in db.session.scalars(query)}

"""Members of a span of time, one by one and without a name, for the yearly report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.members.models import Body, Due, IntegrityCase, Member, Sanction, Suggestion
from confsys.members.queries.membership import active_terms
from confsys.members.states import CaseState, DueKind, SuggestionState, SuggestionTopic


@dataclass(frozen=True, slots=True)
class MemberFact:
    """What is counted of one member. ``years``: whole years since joining, on the day that is looked at."""

    tier: LocalizedText
    branch: LocalizedText
    years: int
    counts: bool
    joined: bool
    renewed: bool
    lapsed: bool
    ended: bool


def members_between(first: date, last: date, day: date) -> list[MemberFact]:
    """Everybody who was a member in the span, as things stood on ``day``. Three queries."""
    query = (
        select(Member, Body.name)
        .outerjoin(Body, Body.id == Member.branch_id)
        .where(Member.joined_on <= last)
        .options(joinedload(Member.tier), selectinload(Member.terms))
        .order_by(Member.id)
    )
    found = [_fact(member, branch, first, last, day) for member, branch in db.session.execute(query)]
    return [fact for fact in found if fact is not None]


def _fact(member: Member, branch: LocalizedText | None, first: date, last: date, day: date) -> MemberFact | None:
    terms = active_terms(member)
    if not terms or terms[-1].grace_until < first or (member.ended_on is not None and member.ended_on < first):
        return None
    open_then = member.ended_on is None or member.ended_on > day
    return MemberFact(
        tier=member.tier.name, branch=branch or LocalizedText("No branch", "未归属分会"),
        years=max(0, (day - member.joined_on).days // 365),
        counts=open_then and any(term.starts_on <= day <= term.grace_until for term in terms),
        joined=first <= member.joined_on <= last,
        renewed=any(first <= term.starts_on <= min(last, day) for term in terms if term.starts_on > member.joined_on),
        lapsed=open_then and first <= terms[-1].grace_until < min(last, day),
        ended=member.ended_on is not None and first <= member.ended_on <= min(last, day),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueFact:
    tier: LocalizedText
    kind: DueKind
    paid_at: datetime
    amount: Money
    given_back: bool


def dues_paid_between(first: datetime, last: datetime) -> list[DueFact]:
    query = select(Due).where(Due.paid_at >= first, Due.paid_at < last, Due.amount_minor > 0)
    return [
        DueFact(row.tier.name, row.kind, row.paid_at, row.amount, row.refunded_at is not None)
        for row in db.session.scalars(query.options(joinedload(Due.tier)).order_by(Due.paid_at))
        if row.paid_at is not None
    ]


@dataclass(frozen=True, slots=True)
class SuggestionFact:
    """Without its words and without whose it is."""

    topic: SuggestionTopic
    state: SuggestionState
    in_time: bool | None
    overdue: bool
    rating: int | None


def suggestions_between(first: datetime, last: datetime, day: date) -> list[SuggestionFact]:
    query = select(Suggestion).where(
        Suggestion.filed_at >= first, Suggestion.filed_at < last, Suggestion.state != SuggestionState.WITHDRAWN
    )
    return [
        SuggestionFact(
            row.topic, row.state, row.in_time,
            row.state is SuggestionState.ROUTED and row.due_on is not None and row.due_on < day, row.rating,
        )
        for row in db.session.scalars(query.order_by(Suggestion.topic, Suggestion.state))
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    """Nothing but numbers: of cases received and closed, and of suspensions begun."""

    received: int
    closed: int
    suspended: int


def cases_between(first: datetime, last: datetime) -> CaseNumbers:
    def count(query: Any) -> int:
        return db.session.scalar(query) or 0

    filed = select(func.count(IntegrityCase.id))
    return CaseNumbers(
        count(filed.where(IntegrityCase.filed_at >= first, IntegrityCase.filed_at < last)),
        count(filed.where(IntegrityCase.state == CaseState.CLOSED, IntegrityCase.closed_at >= first,
                          IntegrityCase.closed_at < last)),
        count(
            select(func.count(Sanction.id)).join(IntegrityCase, IntegrityCase.id == Sanction.case_id).where(
                IntegrityCase.closed_at >= first, IntegrityCase.closed_at < last
            )
        ),
    )  # fmt: skip

"""The membership office's lists: applications, members, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy, current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.members.models import Body, Member, Term, Tier
from confsys.members.numbers import parsed
from confsys.members.queries.membership import tiers
from confsys.members.queries.people import named_like
from confsys.members.states import (
    BodyKind,
    MembershipState,
    TermState,
)
from confsys.members.terms import Span, state_on
from confsys.members.words import MEMBERSHIP_STATES


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: int
    number: str
    name: PersonName
    tier: LocalizedText
    branch: LocalizedText
    joined_on: date
    until: date | None
    state: MembershipState
    address: str

    @property
    def word(self) -> Lazy:
        return MEMBERSHIP_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return MEMBERSHIP_STATES[self.state][1]


_LAST = (
    select(
        Term.member_id, func.max(Term.ends_on).label("ends_on"), func.max(Term.grace_until).label("grace_until"),
    ).where(Term.state == TermState.ACTIVE).group_by(Term.member_id).subquery("last_term")
)  # fmt: skip


def all_members() -> AnySelect:
    """Every member there ever was with the last term, for the office."""
    return (
        select(Member, _LAST.c.ends_on, _LAST.c.grace_until, Body.name)
        .join(Member.person)
        .join(Member.tier)
        .outerjoin(_LAST, _LAST.c.member_id == Member.id)
        .outerjoin(Body, Body.id == Member.branch_id)
        .options(joinedload(Member.person).selectinload(Person.emails), joinedload(Member.tier))
    )


def in_state(query: AnySelect, state: MembershipState, day: date) -> AnySelect:
    """Members who are ``state`` on a day; the same reading as ``terms.state_on``."""
    if state is MembershipState.ENDED:
        return query.where(Member.ended_on <= day)
    ends, grace = _LAST.c.ends_on, _LAST.c.grace_until
    conditions = {
        MembershipState.CURRENT: ends >= day,
        MembershipState.GRACE: (ends < day) & (grace >= day),
        MembershipState.LAPSED: or_(grace < day, ends.is_(None)),
    }
    return query.where(or_(Member.ended_on.is_(None), Member.ended_on > day), conditions[state])


def member_counts(day: date) -> dict[MembershipState, int]:
    return {
        state: db.session.scalar(
            select(func.count()).select_from(in_state(all_members(), state, day).order_by(None).subquery())
        )
        or 0
        for state in MembershipState
    }


def member_list(day: date) -> Listing[MemberRow]:
    """The office's list of members as it reads on ``day``."""

    def rows(found: Sequence[Any]) -> list[MemberRow]:
        return [_member_row(*row, day=day) for row in found]

    return Listing(
        name="members",
        columns=[
            Column("name", _l("Name"), lambda r: str(r.name), Person.sort_key),
            Column("number", _l("Number"), lambda r: r.number, Member.stem),
            Column("tier", _l("Class"), lambda r: str(r.tier), Tier.position),
            Column("branch", _l("Branch"), lambda r: str(r.branch), Body.position),
            Column("state", _l("State"), lambda r: str(r.word), _LAST.c.ends_on, "state"),
            Column("joined_on", _l("Since"), lambda r: r.joined_on, Member.joined_on, "date"),
            Column("until", _l("Until"), lambda r: r.until, _LAST.c.ends_on, "date"),
            Column("address", _l("E-mail"), lambda r: r.address, export_only=True),
        ],
        view=rows,
        search=_search_members,
        filters=[
            Filter(
                "state", _l("State"), lambda: [(state.value, words[0]) for state, words in MEMBERSHIP_STATES.items()],
                lambda query, value: _by_state(query, value, day),
            ),
            Filter("class", _l("Class"), _tier_choices, lambda query, value: query.where(Tier.key == value)),
            Filter("branch", _l("Branch"), _branch_choices, lambda query, value: query.where(Body.key == value)),
        ],
        default_sort="name",
        tie_break=[Member.id],
    )  # fmt: skip


def _by_state(query: AnySelect, value: str, day: date) -> AnySelect:
    known = {state.value: state for state in MembershipState}
    return in_state(query, known[value], day) if value in known else query.where(Member.id.is_(None))


def _tier_choices() -> list[tuple[str, str]]:
    return [(tier.key, _here(tier.name)) for tier in tiers()]


def _branch_choices() -> list[tuple[str, str]]:
    query = select(Body).where(Body.kind == BodyKind.BRANCH).order_by(Body.position, Body.id)
    return [(body.key, _here(body.name)) for body in db.session.scalars(query)]


def _here(text: LocalizedText) -> str:
    return text.in_(current_locale())


def _search_members(query: AnySelect, text: str) -> AnySelect:
    try:
        number = parsed(text)
    except ValueError:
        return query.where(named_like(text))
    return query.where(Member.code == number.code, Member.stem == number.stem)


def _member_row(
    member: Member, ends_on: date | None, grace_until: date | None, branch: LocalizedText | None, *, day: date
) -> MemberRow:
    state = (
        state_on(day, Span(member.joined_on, ends_on, grace_until), member.ended_on)
        if ends_on is not None and grace_until is not None
        else MembershipState.LAPSED
    )
    return MemberRow(
        id=member.id, number=str(member.number), name=member.person.name, tier=member.tier.name,
        branch=branch or LocalizedText(), joined_on=member.joined_on, until=ends_on, state=state,
        address=next((email.address for email in member.person.emails if email.is_primary), ""),
    )  # fmt: skip


def member(member_id: int) -> Member | None:
    query = select(Member).where(Member.id == member_id)
    return db.session.scalar(
        query.options(
            joinedload(Member.person), joinedload(Member.tier), selectinload(Member.terms).joinedload(Term.tier)
        )
    )


def row_of(found: Member, day: date) -> MemberRow:
    """The line of one member in the list."""
    terms = [term for term in found.terms if term.state is TermState.ACTIVE]
    last = terms[-1] if terms else None
    branch = db.session.get(Body, found.branch_id) if found.branch_id is not None else None
    return _member_row(
        found, last.ends_on if last else None, last.grace_until if last else None, branch.name if branch else None,
        day=day,
    )  # fmt: skip

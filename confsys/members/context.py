"""From a request to what a page of this room is about, with the viewer's standing to the society."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from flask import g
from sqlalchemy import or_, select

from confsys.core import clock
from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.members.days import society_day
from confsys.members.models import Application, Member, Office, OfficeTerm, Term
from confsys.members.queries.membership import last_term, member_of, open_application
from confsys.members.standing import MemberStanding
from confsys.members.states import MembershipState
from confsys.members.terms import state_on


@dataclass(frozen=True, slots=True)
class MemberPage:
    """What a page for one person about their own membership is given."""

    standing: MemberStanding
    at: datetime
    day: date
    member: Member | None = None
    last: Term | None = None
    application: Application | None = None

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer


P = TypeVar("P", bound=MemberPage)


def _moment() -> datetime:
    at: datetime = g.get("now") or clock.now()
    return at


def member_page(viewer: Viewer) -> MemberPage:
    """Loader of every page of this room. A visitor costs no query."""
    at = _moment()
    day = society_day(at)
    if viewer.person_id is None:
        return MemberPage(MemberStanding(viewer), at, day)
    member = member_of(viewer.person_id)
    last = last_term(member) if member is not None else None
    application = open_application(viewer.person_id)
    standing = MemberStanding(
        viewer, state=_state(member, last, day), has_application=application is not None,
        bodies=offices_of(viewer.person_id, day),
    )  # fmt: skip
    return MemberPage(standing, at, day, member, last, application)


def _state(member: Member | None, last: Term | None, day: date) -> MembershipState | None:
    if member is None:
        return None
    return state_on(day, last.span, member.ended_on) if last is not None else MembershipState.LAPSED


def offices_of(person_id: int, day: date) -> frozenset[int]:
    """Bodies in which somebody holds an office on a day."""
    query = (
        select(Office.body_id)
        .join(OfficeTerm, OfficeTerm.office_id == Office.id)
        .where(
            OfficeTerm.person_id == person_id,
            OfficeTerm.starts_on <= day,
            or_(OfficeTerm.ends_on.is_(None), OfficeTerm.ends_on >= day),
        )
    )
    return frozenset(db.session.scalars(query))


def by_standing(rule: Callable[[MemberStanding], Decision]) -> Callable[[P], Decision]:
    """Make a rule over standings a rule over pages."""
    return lambda page: rule(page.standing)

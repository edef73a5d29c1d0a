"""Who gets a badge, and what stands on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, union
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.i18n import force_locale
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import RoleGrant
from confsys.events.states import GrantState, Role
from confsys.events.words import ROLES
from confsys.programme.models import Speaker, Talk
from confsys.registration.models import Attendee, BadgeSheet
from confsys.registration.states import AttendeeState
from confsys.submissions.models import Author, Submission
from confsys.submissions.states import SubmissionState

#: Roles that stand on a badge, the weightiest first, with the colour of its band.
SHOWN = {
    Role.ORGANISER: "staff", Role.CHAIR: "staff", Role.TRACK_CHAIR: "staff", Role.PROGRAMME_MANAGER: "staff",
    Role.TREASURER: "staff", Role.PUBLICATION_CHAIR: "staff", Role.EDITOR: "staff", Role.HELPER: "helper",
}  # fmt: skip
SPEAKER = LocalizedText("Speaker", "报告人")


@dataclass(frozen=True, slots=True)
class BadgeView:
    code: str
    name: PersonName
    organisation: str
    role: LocalizedText
    tone: str


def with_badge(query: Select[Any]) -> Select[Any]:
    """Of a list's query: those who have a paid place and a name."""
    return query.where(Attendee.state == AttendeeState.ACTIVE, Attendee.sort_key.not_in(["", "\x1f"]))


def of_people(event_id: int, attendee_ids: Collection[int]) -> list[BadgeView]:
    """In the order of names; four queries, however many people."""
    query = with_badge(select(Attendee)).where(Attendee.event_id == event_id, Attendee.id.in_(attendee_ids))
    rows = list(db.session.scalars(query.options(joinedload(Attendee.ticket)).order_by(Attendee.sort_key, Attendee.id)))
    people = {row.person_id for row in rows if row.person_id is not None}
    roles, speakers = _roles(event_id, people), _speakers(event_id, people)
    return [_view(row, roles.get(row.person_id or 0), row.person_id in speakers) for row in rows]


def _view(row: Attendee, role: Role | None, speaks: bool) -> BadgeView:
    if role is not None:
        return BadgeView(row.code, row.name, row.organisation, both_words(role), SHOWN[role])
    if speaks:
        return BadgeView(row.code, row.name, row.organisation, SPEAKER, "speaker")
    return BadgeView(row.code, row.name, row.organisation, row.ticket.name, "attendee")


def both_words(role: Role) -> LocalizedText:
    found = {}
    for locale in ("en", "zh"):
        with force_locale(locale):
            found[locale] = str(ROLES[role])
    return LocalizedText(found["en"], found["zh"])


def _roles(event_id: int, people: Collection[int]) -> dict[int, Role]:
    query = select(RoleGrant.person_id, RoleGrant.role).where(
        RoleGrant.event_id == event_id, RoleGrant.person_id.in_(people), RoleGrant.state == GrantState.ACTIVE,
        RoleGrant.role.in_(SHOWN),
    )  # fmt: skip
    found: dict[int, Role] = {}
    order = list(SHOWN)
    for person_id, role in db.session.execute(query):
        if person_id is not None and (person_id not in found or order.index(role) < order.index(found[person_id])):
            found[person_id] = role
    return found


def _speakers(event_id: int, people: Collection[int]) -> set[int]:
    query = (
        select(Author.person_id)
        .join(Submission, Submission.id == Author.submission_id)
        .where(
            Submission.event_id == event_id, Submission.state == SubmissionState.ACCEPTED, Author.is_presenter,
            Author.person_id.in_(people),
        )
    )  # fmt: skip
    invited = select(Speaker.person_id).join(Speaker.talk).where(
        Talk.event_id == event_id, Speaker.person_id.in_(people)
    )  # fmt: skip
    return {found for found in db.session.scalars(union(query, invited)) if found is not None}


def sheets(event_id: int) -> list[BadgeSheet]:
    """What was asked for, the latest first."""
    query = select(BadgeSheet).where(BadgeSheet.event_id == event_id).options(joinedload(BadgeSheet.file))
    return list(db.session.scalars(query.order_by(BadgeSheet.id.desc()).limit(20)))

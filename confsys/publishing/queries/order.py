"""What stands before the papers and in which order they come."""

from __future__ import annotations

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han, split_han
from confsys.events.models import RoleGrant
from confsys.events.states import GrantState, Role
from confsys.programme.models import Room, Session, Talk

#: Committees as printed, in the order of the house; a title of one's own comes first.
COMMITTEES: dict[Role, LocalizedText] = {
    Role.ORGANISER: LocalizedText("Organising committee", "组织委员会"),
    Role.CHAIR: LocalizedText("Programme chairs", "程序委员会主席"),
    Role.TRACK_CHAIR: LocalizedText("Track chairs", "分会主席"),
    Role.EDITOR: LocalizedText("Editors-in-chief", "主编"),
    Role.PUBLICATION_CHAIR: LocalizedText("Publication chairs", "出版主席"),
    Role.REVIEWER: LocalizedText("Reviewers", "审稿专家"),
}


def papers_in_order(event_id: int) -> list[tuple[LocalizedText, list[int]]]:
    """(session title, submission ids) in the order of the timetable; unplaced sessions come last."""
    query = (
        select(Session.id, Session.title, Talk.submission_id)
        .join(Talk, Talk.session_id == Session.id)
        .outerjoin(Room, Room.id == Session.room_id)
        .where(Session.event_id == event_id)
        .order_by(
            Session.starts_at.is_(None), Session.starts_at, Room.position, Session.id, Talk.position, Talk.id
        )
    )  # fmt: skip
    found: dict[int, tuple[LocalizedText, list[int]]] = {}
    for session_id, title, submission_id in db.session.execute(query).all():
        if submission_id is None:
            continue
        found.setdefault(session_id, (title or LocalizedText("Papers", "论文"), []))[1].append(submission_id)
    return list(found.values())


def committees(event_id: int) -> list[tuple[LocalizedText, list[dict[str, object]]]]:
    """(title, members) of the committees that are shown, in the order the organisers gave them."""
    query = (
        select(RoleGrant, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.event_id == event_id, RoleGrant.state == GrantState.ACTIVE, RoleGrant.shown,
            RoleGrant.role.in_(list(COMMITTEES)),
        )
        .order_by(RoleGrant.position, Person.sort_key)
    )  # fmt: skip
    groups: dict[LocalizedText, list[dict[str, object]]] = {title: [] for title in COMMITTEES.values()}
    for grant, person in db.session.execute(query).all():
        groups.setdefault(grant.title or COMMITTEES[grant.role], []).append(_member(person))
    return [(title, members) for title, members in groups.items() if members]


def _member(person: Person) -> dict[str, object]:
    found: dict[str, object] = {"given": person.given, "family": person.family, "key": f"person-{person.id}"}
    if has_han(person.native):
        family, given = split_han(person.native)
        found["native"] = {"family": family, "given": given}
    return {key: value for key, value in found.items() if value}

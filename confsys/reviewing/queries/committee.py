"""The committee: who was asked, who serves, how much they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, or_, select

from confsys.accounts.models import Person, Publication
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.events.models import RoleGrant, Topic
from confsys.events.standing import EventStanding
from confsys.events.states import GrantState, Role
from confsys.reviewing.models import Assignment, Review, ReviewerProfile
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries.people import organisations
from confsys.reviewing.queries.scope import LIVE, chaired_ids
from confsys.reviewing.states import ReviewState
from confsys.submissions.models import Submission

STATE_WORDS: dict[GrantState, Lazy] = {
    GrantState.INVITED: _l("asked"),
    GrantState.ACTIVE: _l("serves"),
    GrantState.DECLINED: _l("declined"),
    GrantState.WITHDRAWN: _l("left"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the committee. Counts are of papers the viewer may see: others do not exist here."""

    grant_id: int
    person_id: int | None
    name: PersonName
    address: str
    state: GrantState
    organisation: LocalizedText
    load: int
    assigned: int
    done: int
    is_senior: bool
    topics: tuple[LocalizedText, ...]
    invited_at: datetime
    answered_at: datetime | None
    decline_reason: str
    suggestion: str

    @property
    def word(self) -> Lazy:
        return STATE_WORDS[self.state]

    @property
    def row_label(self) -> str:
        return str(self.name) or self.address


def member_loads(standing: EventStanding) -> Any:
    """Subquery: person_id, assigned, done over the papers the viewer chairs."""
    done = func.count(Review.id).label("done")
    return (
        select(Assignment.person_id, func.count(Assignment.id).label("assigned"), done)
        .join(Submission, Submission.id == Assignment.submission_id)
        .outerjoin(Review, (Review.assignment_id == Assignment.id) & (Review.state == ReviewState.SUBMITTED))
        .where(Assignment.state.in_(LIVE), Submission.id.in_(chaired_ids(standing)))
        .group_by(Assignment.person_id)
        .subquery()
    )


def _members(standing: EventStanding, loads: Any) -> AnySelect:
    return (
        select(
            RoleGrant.id, RoleGrant.person_id, RoleGrant.name.label("given_name"), RoleGrant.address, RoleGrant.state,
            RoleGrant.invited_at, RoleGrant.answered_at, RoleGrant.decline_reason,
            RoleGrant.suggestion,
            Person.given, Person.family, Person.native,
            ReviewerProfile.load_max, ReviewerProfile.is_senior, ReviewerProfile.topic_ids,
            func.coalesce(loads.c.assigned, 0).label("assigned"), func.coalesce(loads.c.done, 0).label("done"),
        )
        .outerjoin(Person, Person.id == RoleGrant.person_id)
        .outerjoin(
            ReviewerProfile,
            (ReviewerProfile.person_id == RoleGrant.person_id) & (ReviewerProfile.event_id == RoleGrant.event_id),
        )
        .outerjoin(loads, loads.c.person_id == RoleGrant.person_id)
        .where(RoleGrant.event_id == standing.event_id, RoleGrant.role == Role.REVIEWER)
    )  # fmt: skip


def committee(standing: EventStanding, options: ReviewOptions) -> tuple[Listing[Member], AnySelect]:
    """The list of the committee and the query behind it."""
    loads = member_loads(standing)

    def view(rows: Sequence[Any]) -> list[Member]:
        works_at = organisations(row.person_id for row in rows if row.person_id is not None)
        topics = _topic_names(standing.event_id)
        return [_member(row, works_at, topics, options) for row in rows]

    listing = Listing(
        name="committee",
        columns=[
            Column("name", _l("Reviewer"), lambda m: m.row_label, func.coalesce(Person.sort_key, RoleGrant.name)),
            Column("address", _l("Address"), lambda m: m.address, export_only=True),
            Column("state", _l("Answer"), lambda m: m.word, RoleGrant.state, "state"),
            Column("organisation", _l("Organisation"), lambda m: m.organisation),
            Column("topics", _l("Topics"), lambda m: "; ".join(str(topic) for topic in m.topics), export_only=True),
            Column("load", _l("May take"), lambda m: m.load, kind="number"),
            Column("assigned", _l("Assigned"), lambda m: m.assigned, func.coalesce(loads.c.assigned, 0), "number"),
            Column("done", _l("Done"), lambda m: m.done, func.coalesce(loads.c.done, 0), "number"),
            Column("senior", _l("Senior"), lambda m: _l("yes") if m.is_senior else "", export_only=True),
            Column("reason", _l("Reason for declining"), lambda m: m.decline_reason, export_only=True),
            Column("suggestion", _l("Suggested instead"), lambda m: m.suggestion, export_only=True),
        ],
        view=view,
        search=_search,
        filters=[
            Filter("state", _l("Answer"), lambda: [(s.value, word) for s, word in STATE_WORDS.items()], _by_state),
            Filter("work", _l("Work"), lambda: _WORK, lambda query, value: _by_work(query, value, loads)),
        ],
        default_sort="name",
        tie_break=(RoleGrant.id,),
    )
    return listing, _members(standing, loads)


_WORK: list[tuple[str, Lazy]] = [
    ("late", _l("reviews missing")), ("none", _l("no paper yet")), ("senior", _l("senior")),
]  # fmt: skip


def _by_state(query: AnySelect, value: str) -> AnySelect:
    return query.where(cast(RoleGrant.state, String) == value)


def _by_work(query: AnySelect, value: str, loads: Any) -> AnySelect:
    if value == "late":
        return query.where(loads.c.assigned > loads.c.done)
    if value == "none":
        return query.where(loads.c.assigned.is_(None), RoleGrant.state == GrantState.ACTIVE)
    return query.where(ReviewerProfile.is_senior.is_(True)) if value == "senior" else query


def _search(query: AnySelect, text: str) -> AnySelect:
    """Each word must be found in the name, native or Latin, or in the address."""
    for word in text.split():
        pattern = like(folded(word))
        found = [func.lower(column).like(pattern, escape="\\") for column in
                 (Person.given, Person.family, Person.sort_key, RoleGrant.name, RoleGrant.address)]  # fmt: skip
        query = query.where(or_(*found, Person.native.like(like(word), escape="\\")))
    return query


def _topic_names(event_id: int) -> dict[int, LocalizedText]:
    query = select(Topic.id, Topic.name).where(Topic.event_id == event_id).order_by(Topic.position)
    return {row.id: row.name for row in db.session.execute(query)}


def _member(
    row: Any, works_at: dict[int, LocalizedText], topics: dict[int, LocalizedText], options: ReviewOptions
) -> Member:
    return Member(
        grant_id=row.id, person_id=row.person_id,
        name=_name(row),
        address=row.address, state=row.state, organisation=works_at.get(row.person_id, LocalizedText()),
        load=options.load if row.load_max is None else row.load_max, assigned=row.assigned, done=row.done,
        is_senior=bool(row.is_senior), topics=tuple(topics[t] for t in row.topic_ids or [] if t in topics),
        invited_at=row.invited_at, answered_at=row.answered_at, decline_reason=row.decline_reason,
        suggestion=row.suggestion,
    )  # fmt: skip


def _name(row: Any) -> PersonName:
    """The person's name; before anybody has an account, the one the invitation used."""
    return PersonName(family=row.given_name) if row.person_id is None else PersonName(row.given, row.family, row.native)


def profile_of(event_id: int, person_id: int | None) -> ReviewerProfile | None:
    """What a reviewer told this event, or None when they said nothing yet."""
    query = select(ReviewerProfile).where(ReviewerProfile.event_id == event_id, ReviewerProfile.person_id == person_id)
    return db.session.scalar(query)


def waiting_grants(event_id: int, ids: Sequence[int] | None) -> list[RoleGrant]:
    """Invitations to review that were not answered: those among ``ids``, or all."""
    query = select(RoleGrant).where(
        RoleGrant.event_id == event_id, RoleGrant.role == Role.REVIEWER, RoleGrant.state == GrantState.INVITED
    )
    if ids is not None:
        query = query.where(RoleGrant.id.in_(ids))
    return list(db.session.scalars(query.order_by(RoleGrant.id)))


def publications_count(person_id: int | None) -> int:
    """How many past papers of a person are known."""
    return db.session.scalar(select(func.count(Publication.id)).where(Publication.person_id == person_id)) or 0


def expertise_of(person_id: int | None) -> list[str]:
    """The words a person chose for what they know."""
    return list(db.session.scalar(select(Person.expertise).where(Person.id == person_id)) or ())


def event_topics(event_id: int) -> list[Topic]:
    return list(db.session.scalars(select(Topic).where(Topic.event_id == event_id).order_by(Topic.position, Topic.id)))

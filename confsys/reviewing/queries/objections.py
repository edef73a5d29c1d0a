"""Conflicts of interest as those concerned may know them: enough to object, nothing that tells who wrote what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.events.models import RoleGrant
from confsys.events.standing import EventStanding
from confsys.events.states import GrantState, Role
from confsys.submissions.models import Author, Conflict, Submission
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState, SubmissionState


@dataclass(frozen=True, slots=True)
class Known:
    """A conflict by the number of its paper; ``name``: whom it keeps away, for the authors alone."""

    id: int
    number: int
    kind: ConflictKind
    is_disputed: bool
    is_settled: bool
    name: PersonName | None = None


def of_reviewer(standing: EventStanding) -> list[Known]:
    """What comparison found between papers and the viewer, who is shown numbers and never titles or authors.

    What authors declared of them is not among it, nor what a chair set, nor papers of their own.
    """
    wrote = exists().where(Author.submission_id == Submission.id, Author.person_id == Conflict.person_id)
    query = _active(standing.event_id).where(
        Conflict.person_id == standing.viewer.person_id, Conflict.source == ConflictSource.DETECTED, ~wrote
    )
    rows = db.session.execute(query.order_by(Submission.number, Conflict.id))
    return [Known(row.id, row.number, row.kind, bool(row.dispute), row.pinned) for row in rows]


def of_authors(paper: Submission) -> list[Known]:
    """Whom found or own declarations keep from a paper, as far as the public committees page names them."""
    named = exists().where(
        RoleGrant.event_id == paper.event_id, RoleGrant.person_id == Conflict.person_id, RoleGrant.shown.is_(True),
        RoleGrant.state == GrantState.ACTIVE, RoleGrant.role.in_([Role.REVIEWER, Role.TRACK_CHAIR, Role.CHAIR]),
    )  # fmt: skip
    query = (
        _active(paper.event_id)
        .add_columns(Person.given, Person.family, Person.native)
        .join(Person, Person.id == Conflict.person_id)
        .where(
            Submission.id == paper.id, named, Conflict.kind != ConflictKind.AUTHOR,
            Conflict.source.in_([ConflictSource.DETECTED, ConflictSource.DECLARED_BY_AUTHOR]),
        )
    )  # fmt: skip
    return [
        Known(
            row.id, row.number, row.kind, bool(row.dispute), row.pinned, PersonName(row.given, row.family, row.native)
        )
        for row in db.session.execute(query.order_by(Person.sort_key, Conflict.id))
    ]  # fmt: skip


def _active(event_id: int) -> Select[Any]:
    columns = select(Conflict.id, Conflict.kind, Conflict.dispute, Conflict.pinned, Submission.number)
    query: Any = columns.join(Submission, Submission.id == Conflict.submission_id).where(
        Submission.event_id == event_id,
        Submission.state == SubmissionState.SUBMITTED,
        Conflict.state == ConflictState.ACTIVE,
    )
    return query  # type: ignore[no-any-return]  # a Select of several things

"""Which papers a person may meet in peer review at all. Every other query of the room begins here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from confsys.core.db import db
from confsys.events.models import RoleGrant
from confsys.events.standing import EventStanding
from confsys.events.states import GrantState, Role
from confsys.reviewing.models import Assignment
from confsys.reviewing.standing import REVIEWED
from confsys.reviewing.states import AssignmentState
from confsys.submissions.models import Author, Conflict, Submission
from confsys.submissions.queries import visible_to_staff
from confsys.submissions.states import ConflictState, SubmissionState

#: Assignments that count as work: proposed or released, neither declined nor taken back.
LIVE = (AssignmentState.PROPOSED, AssignmentState.RELEASED)


def barred(person_id: int | ColumnElement[Any] | InstrumentedAttribute[Any] | None) -> ColumnElement[bool]:
    """Whether a person wrote the Submission of the row or has an active conflict with it."""
    wrote = exists().where(Author.submission_id == Submission.id, Author.person_id == person_id)
    conflict = exists().where(
        Conflict.submission_id == Submission.id, Conflict.person_id == person_id, Conflict.state == ConflictState.ACTIVE
    )
    return or_(wrote, conflict)


def kept_away(paper_id: int) -> CompoundSelect[int | None]:
    """Ids of the people who wrote a paper or have an active conflict with it, as a subquery."""
    wrote = select(Author.person_id).where(Author.submission_id == paper_id, Author.person_id.is_not(None))
    active = Conflict.state == ConflictState.ACTIVE
    return union(wrote, select(Conflict.person_id).where(Conflict.submission_id == paper_id, active))


def kept_away_pairs(papers: Collection[int]) -> set[tuple[int, int]]:
    """(paper, person) of everybody who wrote one of the papers or has an active conflict with it."""
    wrote = select(Author.submission_id, Author.person_id).where(
        Author.submission_id.in_(papers), Author.person_id.is_not(None)
    )
    barred_by = select(Conflict.submission_id, Conflict.person_id).where(
        Conflict.submission_id.in_(papers), Conflict.state == ConflictState.ACTIVE
    )
    return {(paper, person or 0) for query in (wrote, barred_by) for paper, person in db.session.execute(query)}


def chaired(standing: EventStanding) -> Select[Submission]:
    """Papers whose review the viewer looks after: as chair all, as track chair those of the own tracks.

    Papers the viewer wrote or is conflicted with are not among them, nor drafts and withdrawn papers.
    """
    query = visible_to_staff(standing).where(Submission.state.in_(REVIEWED))
    if standing.has(Role.CHAIR):
        return query
    if not standing.has(Role.TRACK_CHAIR):
        return query.where(Submission.id.is_(None))
    return query.where(Submission.track_id.in_(standing.tracks)) if standing.tracks else query


def chaired_ids(standing: EventStanding) -> Select[int]:
    """Ids of ``chaired``, to be used as a subquery."""
    return chaired(standing).with_only_columns(Submission.id)


def given_to(person_id: int | None) -> Select[Assignment]:
    """A reviewer's released assignments, joined with their papers; a conflict found later takes a paper away."""
    return (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(
            Assignment.person_id == person_id,
            Assignment.state == AssignmentState.RELEASED,
            Submission.state.in_(REVIEWED),
            ~barred(person_id),
        )
    )


def biddable(standing: EventStanding) -> Select[Submission]:
    """Papers a reviewer may bid for."""
    return select(Submission).where(
        Submission.event_id == standing.event_id,
        Submission.state == SubmissionState.SUBMITTED,
        ~barred(standing.viewer.person_id),
    )


def serving(event_id: int) -> Select[int | None]:
    """Ids of the people who accepted to review for an event, each once."""
    return (
        select(RoleGrant.person_id)
        .where(RoleGrant.event_id == event_id, RoleGrant.role == Role.REVIEWER, RoleGrant.state == GrantState.ACTIVE)
        .distinct()
    )


def serves(event_id: int, person_id: int) -> bool:
    return db.session.scalar(serving(event_id).where(RoleGrant.person_id == person_id)) is not None

"""Wishes to pass a paper on, as chairs, reviewers and those who are asked may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confsys.accounts.links import hash_of
from confsys.accounts.queries.people import by_addresses
from confsys.core.db import db
from confsys.events.standing import EventStanding
from confsys.reviewing.models import Assignment, Delegation
from confsys.reviewing.queries.scope import chaired_ids
from confsys.reviewing.states import DelegationState
from confsys.submissions.models import Submission
from confsys.submissions.operations import ties
from confsys.submissions.states import ConflictKind

D = DelegationState


def conflicts_of(row: Delegation, *, at: datetime) -> list[ConflictKind]:
    """What ties the person of a request to the paper, by all that is known; for chairs alone."""
    paper = row.assignment.submission
    written = ties.papers(paper.event_id, [paper.id])
    person = by_addresses([row.address]).get(row.address)
    if person is not None:
        return sorted({kind for _paper, _person, kind in ties.conflicts(written, [person.id], at=at)})
    return sorted({kind for _paper, _who, kind in ties.of_strangers(written, {row.address: row.name}, at=at)})


def of_paper(paper: Submission) -> list[Delegation]:
    """Requests of a paper, the newest first. For who decides on it."""
    query = (
        select(Delegation)
        .join(Assignment, Assignment.id == Delegation.assignment_id)
        .where(Assignment.submission_id == paper.id)
        .options(joinedload(Delegation.assignment).joinedload(Assignment.person))
    )
    return list(db.session.scalars(query.order_by(Delegation.id.desc())))


def of_assignment(assignment: Assignment) -> Delegation | None:
    """The last request of an assignment, for its holder."""
    query = select(Delegation).where(Delegation.assignment_id == assignment.id)
    return db.session.scalar(query.order_by(Delegation.id.desc()).limit(1))


def waiting(standing: EventStanding) -> Sequence[int]:
    """Numbers of papers with a request that waits for a chair, among those the viewer chairs."""
    query = (
        select(Submission.number)
        .join(Assignment, Assignment.submission_id == Submission.id)
        .join(Delegation, Delegation.assignment_id == Assignment.id)
        .where(Submission.id.in_(chaired_ids(standing)), Delegation.state == D.ASKED)
    )
    return list(db.session.scalars(query.order_by(Delegation.id)))


def by_token(token: str) -> Delegation | None:
    return db.session.scalar(select(Delegation).where(Delegation.token_hash == hash_of(token)))


def count_open(assignment_id: int) -> int:
    query = select(func.count(Delegation.id)).where(
        Delegation.assignment_id == assignment_id, Delegation.state.in_([D.ASKED, D.INVITED])
    )
    return db.session.scalar(query) or 0

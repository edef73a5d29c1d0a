"""Who reviews what, by hand: give, take back, release, decline."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.members.days import society_day
from confsys.members.queries import kept_from_reviewing, sanction
from confsys.reviewing import rules
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import notes
from confsys.reviewing.queries.scope import barred, serves
from confsys.reviewing.standing import REVIEWED, ReviewStanding
from confsys.reviewing.states import ASSIGNMENT_TRANSITIONS, AssignmentState, ReviewState
from confsys.submissions.models import Submission

A = AssignmentState
SCOPE = "reviewing"


def move(assignment: Assignment, state: AssignmentState) -> None:
    if state not in ASSIGNMENT_TRANSITIONS[assignment.state]:
        raise Invalid(_l("This is not possible in the assignment's present state."))
    assignment.state = state


def propose(
    paper_id: int,
    person_id: int,
    known: Assignment | None,
    *,
    run_id: int | None,
    score: float | None,
    actor: Actor,
    at: datetime,
) -> Assignment:
    """The pair as a proposal: a new row, or the old one with whatever draft hangs on it."""
    row = known or Assignment(submission_id=paper_id, person_id=person_id)
    if known is not None:
        move(known, A.PROPOSED)
    row.state, row.run_id, row.score = A.PROPOSED, run_id, score
    row.assigned_at, row.assigned_by_id = at, actor.person_id
    row.released_at = row.declined_at = row.reminded_at = None
    row.decline_reason = ""
    return row


@operation
def assign(
    paper: Submission,
    person: Person,
    *,
    standing: ReviewStanding,
    score: float | None = None,
    actor: Actor,
    at: datetime,
) -> Assignment:
    """Propose ``person`` as a reviewer of ``paper``. Giving what is given already changes nothing.

    Nobody but chairs learns of it before it is released. Raises Invalid for somebody who does not serve or must
    keep away.
    """
    demand(rules.may_decide(standing))
    known = db.session.scalar(
        select(Assignment).where(Assignment.submission_id == paper.id, Assignment.person_id == person.id)
    )
    if known is not None and known.state in {A.PROPOSED, A.RELEASED}:
        return known
    if not serves(paper.event_id, person.id):
        raise Invalid(_l("%(name)s does not review for this event.", name=person.name.both))
    bar = sanction(person.id, society_day(at))
    if bar is not None and bar.reviewing:
        raise Invalid(_l("%(name)s cannot be given papers at present.", name=person.name.both))
    if db.session.scalar(select(Submission.id).where(Submission.id == paper.id, barred(person.id))) is not None:
        raise Invalid(_l("%(name)s has a conflict of interest with this paper.", name=person.name.both))
    row = propose(paper.id, person.id, known, run_id=None, score=score, actor=actor, at=at)
    _record("reviewing.assign", row, paper, actor=actor, at=at)
    return row


@operation
def take_back(
    assignment: Assignment, *, standing: ReviewStanding, version: int | None = None, actor: Actor, at: datetime
) -> None:
    """End an assignment. A draft stays with it; a submitted review keeps it from being taken back."""
    demand(rules.may_decide(standing))
    expect_version(assignment, version)
    if assignment.review is not None and assignment.review.state is ReviewState.SUBMITTED:
        raise Invalid(_l("This review has been submitted; it cannot be taken away any more."))
    was_known = assignment.state is A.RELEASED
    move(assignment, A.CANCELLED)
    _record("reviewing.take_back", assignment, assignment.submission, actor=actor, at=at)
    if was_known:
        notes.taken_back(assignment, at=at)
    hand_back(assignment, at=at)


@operation
def release(event: Event, *, actor: Actor, at: datetime) -> int:
    """Tell every reviewer their papers, in one message each; returns how many papers were given out.

    Covers the whole event, papers the chair may not see included. A proposal whose reviewer must keep away by
    now, or may not review at present, stays a proposal; the conflicts page shows the former.
    """
    rows = _releasable(event.id, at)
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        row.state, row.released_at = A.RELEASED, at
        by_person[row.person_id or 0].append(row)
    if not rows:
        return 0
    record(
        "reviewing.release", event, actor=actor, at=at, event_id=event.id, scope=SCOPE, changes={},
        papers=len(rows), people=len(by_person),
    )  # fmt: skip
    for given in by_person.values():
        notes.given(event, given, at=at)
    return len(rows)


def _releasable(event_id: int, at: datetime) -> list[Assignment]:
    query = (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(
            Submission.event_id == event_id,
            Submission.state.in_(REVIEWED),
            Assignment.state == A.PROPOSED,
            Assignment.person_id.is_not(None),
            ~barred(Assignment.person_id),
            ~kept_from_reviewing(Assignment.person_id, society_day(at)),
        )
        .options(joinedload(Assignment.submission), joinedload(Assignment.person).selectinload(Person.emails))
        .order_by(Submission.number)
    )
    return list(db.session.scalars(query))


@operation
def decline(
    assignment: Assignment,
    reason: str,
    *,
    standing: ReviewStanding,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """A reviewer gives a paper back. What was drafted stays, should the paper be given again."""
    demand(rules.may_decline(standing))
    expect_version(assignment, version)
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Invalid(reason=_l("Please say in a few words why; only the chairs will read it."))
    move(assignment, A.DECLINED)
    assignment.declined_at, assignment.decline_reason = at, reason
    _record("reviewing.decline", assignment, assignment.submission, actor=actor, at=at)
    notes.declined(assignment, at=at)
    hand_back(assignment, at=at)


def hand_back(assignment: Assignment, *, at: datetime) -> None:
    """Whoever passed a paper on has it again when the person outside gives it up, or it is taken from them."""
    if assignment.delegated_from_id is None:
        return
    before = db.session.get(Assignment, assignment.delegated_from_id)
    if before is not None and before.state is A.DELEGATED:
        move(before, A.RELEASED)
        notes.given(assignment.submission.event, [before], at=at)


def _record(action: str, row: Assignment, paper: Submission, *, actor: Actor, at: datetime) -> None:
    record(action, row, actor=actor, at=at, event_id=paper.event_id, scope=SCOPE, number=paper.number)

"""What reviewers say of papers before they are given any: bids, and conflicts they know of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.operation import operation
from confsys.events.standing import EventStanding
from confsys.reviewing import rules
from confsys.reviewing.models import Assignment, Bid
from confsys.reviewing.queries.scope import biddable, given_to
from confsys.reviewing.states import AssignmentState, BidValue, ReviewState
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.operations import conflicts
from confsys.submissions.states import ConflictKind, ConflictSource

SCOPE = "reviewing"


@operation
def bid(wishes: Mapping[int, BidValue | None], *, standing: EventStanding, actor: Actor, at: datetime) -> int:
    """Keep a reviewer's wishes by number of paper; None takes a wish back. Returns how many changed.

    Papers the reviewer may not bid for are passed over in silence: the answer is the same as for no paper.
    Bids leave no entry in the story, they are read by chairs where they are used.
    """
    demand(rules.may_bid(standing))
    open_to_me = biddable(standing).where(Submission.number.in_(sorted(wishes)))
    papers = {row.number: row.id for row in db.session.scalars(open_to_me)}
    own = select(Bid).where(Bid.person_id == standing.viewer.person_id, Bid.submission_id.in_(papers.values()))
    known = {row.submission_id: row for row in db.session.scalars(own)}
    changed = 0
    for number, wish in wishes.items():
        if number in papers:
            changed += _keep(papers[number], known.get(papers[number]), wish, actor, at)
    return changed


def _keep(paper_id: int, known: Bid | None, wish: BidValue | None, actor: Actor, at: datetime) -> bool:
    if (known.value if known else None) == wish:
        return False
    if wish is None:
        db.session.delete(known)
    elif known is None:
        db.session.add(Bid(submission_id=paper_id, person_id=actor.person_id, value=wish, at=at))
    else:
        known.value, known.at = wish, at
    return True


@operation
def declare_conflict(
    number: int, kind: ConflictKind, note: str = "", *, standing: EventStanding, actor: Actor, at: datetime
) -> bool:
    """A reviewer says they must keep away from a paper they were asked about; from now on it is not there for them.

    A bid for it goes, and an assignment without a submitted review is declined. False when there is no such paper.
    """
    demand(rules.may_be_asked(standing))
    papers = biddable(standing).where(Submission.number == number)
    given = given_to(standing.viewer.person_id).where(
        Submission.number == number, Submission.event_id == standing.event_id
    )
    assignment = db.session.scalar(given)
    paper = assignment.submission if assignment else db.session.scalar(papers)
    person = db.session.get(Person, standing.viewer.person_id)
    if paper is None or person is None:
        return False
    conflicts.declare(paper, person, kind, ConflictSource.DECLARED_BY_REVIEWER, note=note, actor=actor, at=at)
    wish = db.session.scalar(select(Bid).where(Bid.submission_id == paper.id, Bid.person_id == person.id))
    if wish is not None:
        db.session.delete(wish)
    if assignment is not None:
        _give_back(assignment, paper, actor, at)
    return True


def _give_back(assignment: Assignment, paper: Submission, actor: Actor, at: datetime) -> None:
    if assignment.review is not None and assignment.review.state is ReviewState.SUBMITTED:
        return  # what was written stays for the chair to judge
    assignment.state, assignment.declined_at = AssignmentState.DECLINED, at
    record(
        "reviewing.decline", assignment, actor=actor, at=at, event_id=paper.event_id, scope=SCOPE, number=paper.number
    )  # fmt: skip


@operation
def withdraw_conflict(conflict: Conflict, *, standing: EventStanding, actor: Actor, at: datetime) -> bool:
    """A reviewer takes back what they declared themselves; never what a chair or the comparison found."""
    demand(rules.may_be_asked(standing))
    own = conflict.person_id == standing.viewer.person_id and conflict.source is ConflictSource.DECLARED_BY_REVIEWER
    if not own or conflict.pinned:
        return False
    record("conflict.withdraw", conflict, actor=actor, at=at, event_id=standing.event_id, scope=SCOPE)
    db.session.delete(conflict)
    return True

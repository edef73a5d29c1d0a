"""Passing a paper on to somebody outside the committee: the reviewer asks, a chair approves, they accept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from confsys.accounts.links import hash_of
from confsys.accounts.models import Person
from confsys.accounts.operations.opening import Newcomer, open_account
from confsys.accounts.queries.people import by_addresses
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_token
from confsys.core.operation import expect_version, lock, operation
from confsys.events.invitees import Invitee
from confsys.members.days import society_day
from confsys.members.queries import kept_from_reviewing
from confsys.reviewing import rules
from confsys.reviewing.models import Assignment, Delegation
from confsys.reviewing.operations import notes
from confsys.reviewing.operations.assignments import SCOPE, A, move
from confsys.reviewing.queries.delegations import conflicts_of
from confsys.reviewing.queries.scope import LIVE, barred
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import DELEGATION_TRANSITIONS, DelegationState
from confsys.submissions.models import Submission
from confsys.submissions.operations.conflicts import refresh

D = DelegationState
LIFETIME = timedelta(days=14)


def _move(row: Delegation, state: DelegationState) -> None:
    if state not in DELEGATION_TRANSITIONS[row.state]:
        raise Invalid(_l("This request has been answered."))
    row.state = state


def _record(action: str, row: Delegation, *, actor: Actor, at: datetime) -> None:
    paper = row.assignment.submission
    record(
        action, row.assignment, actor=actor, at=at, event_id=paper.event_id, scope=SCOPE, changes={},
        number=paper.number,
    )  # fmt: skip


@operation
def ask(
    assignment: Assignment, invitee: Invitee, reason: str, *, standing: ReviewStanding, actor: Actor, at: datetime
) -> Delegation:
    """A reviewer asks to pass a paper on. Nobody outside learns of it before a chair has approved.

    Whether the person is tied to the paper is for the chair to see: an answer here would tell who wrote it.
    """
    demand(rules.may_delegate(standing))
    if assignment.delegated_from_id is not None:
        raise Invalid(_l("This paper was passed on to you; it cannot be passed on again. You can decline it."))
    own = {email.address for email in assignment.person.emails} if assignment.person else set()
    if invitee.address in own:
        raise Invalid(people=_l("This address is your own."))
    open_one = select(Delegation.id).where(
        Delegation.assignment_id == assignment.id, Delegation.state.in_([D.ASKED, D.INVITED])
    )
    if db.session.scalar(open_one) is not None:
        raise Invalid(_l("You have asked for this paper already. Take that request back first."))
    row = Delegation(
        assignment=assignment, address=invitee.address, name=invitee.name, asked_at=at,
        reason=" ".join(reason.split())[:500],
    )  # fmt: skip
    db.session.add(row)
    _record("reviewing.delegation_asked", row, actor=actor, at=at)
    notes.delegation_asked(row, at=at)
    return row


@operation
def withdraw(row: Delegation, *, standing: ReviewStanding, actor: Actor, at: datetime) -> None:
    """The reviewer keeps the paper after all."""
    demand(rules.may_delegate(standing))
    lock(row)
    _move(row, D.WITHDRAWN)
    row.token_hash, row.answered_at = None, at


@operation
def approve(row: Delegation, *, standing: ReviewStanding, version: int | None, actor: Actor, at: datetime) -> None:
    """A chair has looked at who it is: they are written to. Raises Invalid for somebody tied to the paper."""
    demand(rules.may_decide(standing))
    expect_version(row, version)
    _free(row, at)
    _move(row, D.INVITED)
    token = new_token()
    row.token_hash, row.expires_at = hash_of(token), at + LIFETIME
    row.decided_at, row.decided_by_id = at, actor.person_id
    _record("reviewing.delegation_approved", row, actor=actor, at=at)
    notes.delegation_invitation(row, token, at=at)


@operation
def refuse(
    row: Delegation, answer: str, *, standing: ReviewStanding, version: int | None, actor: Actor, at: datetime
) -> None:
    """A chair wants the reviewer to keep the paper, or somebody else to be asked."""
    demand(rules.may_decide(standing))
    expect_version(row, version)
    _move(row, D.REFUSED)
    row.token_hash, row.answer = None, " ".join(answer.split())[:500]
    row.decided_at, row.decided_by_id = at, actor.person_id
    _record("reviewing.delegation_refused", row, actor=actor, at=at)
    notes.delegation_answered(row, at=at)


def _free(row: Delegation, at: datetime) -> None:
    """Nobody who is tied to the paper, reviews it already, or may not review."""
    paper = row.assignment.submission
    if conflicts_of(row, at=at):
        raise Invalid(_l("This person has a conflict of interest with the paper."))
    person = by_addresses([row.address]).get(row.address)
    if person is None:
        return
    has_it = select(Assignment.id).where(
        Assignment.submission_id == paper.id, Assignment.person_id == person.id, Assignment.state.in_(LIVE)
    )
    if db.session.scalar(has_it) is not None:
        raise Invalid(_l("This reviewer has the paper already."))
    suspended = select(Person.id).where(Person.id == person.id, kept_from_reviewing(Person.id, society_day(at)))
    if db.session.scalar(suspended) is not None:
        raise Invalid(_l("This person cannot be asked at present."))


def _answerable(row: Delegation, at: datetime) -> None:
    lock(row)
    if row.state is not D.INVITED or (row.expires_at is not None and at > row.expires_at):
        raise Invalid(_l("This invitation has been answered or withdrawn."))


@operation
def accept(row: Delegation, person: Person, *, at: datetime) -> Assignment:
    """Take the paper over. The link that was mailed is the permission; conflicts are compared once more."""
    _answerable(row, at)
    given, paper = row.assignment, row.assignment.submission
    refresh(paper.event_id, people=[person.id], papers=[paper.id], at=at)
    if _away(paper, person):
        raise Invalid(_l("This paper cannot be given to you. Thank you all the same; please decline."))
    known = db.session.scalar(
        select(Assignment).where(Assignment.submission_id == paper.id, Assignment.person_id == person.id)
    )
    if known is not None:
        raise Invalid(_l("You have been asked to review this paper in another way."))
    _move(row, D.ACCEPTED)
    row.person_id, row.token_hash, row.answered_at = person.id, None, at
    move(given, A.DELEGATED)
    taken = Assignment(
        submission_id=paper.id, person_id=person.id, state=A.RELEASED, assigned_at=at, released_at=at,
        assigned_by_id=given.person_id, delegated_from_id=given.id, score=None,
    )  # fmt: skip
    db.session.add(taken)
    _record("reviewing.delegation_accepted", row, actor=Actor(person.id), at=at)
    notes.delegation_answered(row, at=at)
    return taken


def _away(paper: Submission, person: Person) -> bool:
    """Whether a conflict or authorship keeps the person from the paper."""
    return db.session.scalar(select(Submission.id).where(Submission.id == paper.id, barred(person.id))) is not None


@operation
def accept_as_newcomer(row: Delegation, newcomer: Newcomer, *, at: datetime) -> Person:
    """Open an account for the address, which the mailed link has proved, and take the paper over."""
    _answerable(row, at)
    person = open_account(row.address, newcomer, at=at)
    accept(row, person, at=at)
    return person


@operation
def decline(row: Delegation, answer: str, *, at: datetime) -> None:
    """Say no; the reviewer has the paper as before."""
    _answerable(row, at)
    _move(row, D.DECLINED)
    row.token_hash, row.answered_at, row.answer = None, at, " ".join(answer.split())[:500]
    notes.delegation_answered(row, at=at)

"""Withdrawing a paper and bringing it back; telling its outcome."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.events.standing import EventStanding
from confsys.submissions import rules, signals
from confsys.submissions.context import standing_to
from confsys.submissions.models import Submission
from confsys.submissions.operations.receipts import send_receipt
from confsys.submissions.states import SUBMISSION_TRANSITIONS, SubmissionState

S = SubmissionState


def _move(paper: Submission, state: SubmissionState) -> None:
    if state not in SUBMISSION_TRANSITIONS[paper.state]:
        raise Invalid(_l("This is not possible in the paper's present state."))
    paper.state = state


@operation
def withdraw(paper: Submission, reason: str, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """Take a submitted paper back. Its contacts get a note; the organisers read the reason."""
    demand(rules.may_withdraw(standing_to(paper, standing)))
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Invalid(reason=_l("Please say in a few words why; the organisers will read it."))
    _move(paper, S.WITHDRAWN)
    paper.withdrawn_at, paper.withdrawal_reason, paper.outcome_at, paper.presentation = at, reason, None, ""
    record("submission.withdraw", paper, actor=actor, at=at, number=paper.number, reason=reason)
    send_receipt(paper, "withdrawn", at=at)
    signals.withdrawn.send(paper, actor=actor, at=at)


@operation
def revive(paper: Submission, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """Bring a withdrawn paper back under its number and with its first date of submission."""
    demand(rules.may_revive(standing_to(paper, standing)))
    _move(paper, S.SUBMITTED)
    paper.withdrawn_at, paper.withdrawal_reason = None, ""
    record("submission.revive", paper, actor=actor, at=at, number=paper.number)
    send_receipt(paper, "revived", at=at)
    signals.submitted.send(paper, actor=actor, at=at)


@operation
def record_outcome(
    paper: Submission, outcome: SubmissionState, *, presentation: str = "", actor: Actor, at: datetime
) -> None:
    """Make a decision known: ``outcome`` is ACCEPTED or REJECTED. Called when it is released, not when it is made.

    The caller has checked who may release. The same outcome again changes nothing and sends no news.
    """
    if outcome not in {S.ACCEPTED, S.REJECTED}:
        raise ValueError(outcome)
    presentation = presentation if outcome is S.ACCEPTED else ""
    if (paper.state, paper.presentation) == (outcome, presentation):
        return
    if paper.state is not outcome:
        _move(paper, outcome)
        paper.outcome_at = at
    paper.presentation = presentation
    record(f"submission.{outcome.value}", paper, actor=actor, at=at, number=paper.number, presentation=presentation)
    signals.outcome_released.send(paper, actor=actor, at=at)


@operation
def clear_outcome(paper: Submission, *, actor: Actor, at: datetime) -> None:
    """Take a released outcome back: the paper is as submitted again."""
    if paper.state not in {S.ACCEPTED, S.REJECTED}:
        return
    _move(paper, S.SUBMITTED)
    paper.outcome_at, paper.presentation = None, ""
    record("submission.outcome_cleared", paper, actor=actor, at=at, number=paper.number)
    signals.outcome_released.send(paper, actor=actor, at=at)

"""Deciding on papers. What is decided here, chairs alone know."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.standing import EventStanding
from confsys.reviewing import rules
from confsys.reviewing.models import Decision
from confsys.reviewing.queries.scope import chaired_ids
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import Outcome
from confsys.reviewing.wording import PRESENTATIONS
from confsys.submissions.models import Submission

SCOPE = "reviewing"


@operation
def decide(
    paper: Submission,
    outcome: Outcome,
    *,
    presentation: str = "",
    comment: str = "",
    note: str = "",
    version: int | None = None,
    standing: ReviewStanding,
    actor: Actor,
    at: datetime,
) -> Decision:
    """Decide on a paper, or decide anew. Chairs alone know, until it is released; then the change alone is theirs.

    ``version`` is what the form showed, 0 when there was no decision.
    """
    demand(rules.may_decide(standing))
    decision = _decision(paper)
    if version is not None and version != (decision.version if decision else 0):
        raise StaleVersion(row=decision, seen=version)
    decision = decision or Decision(submission_id=paper.id)
    _set(decision, outcome, presentation if outcome is Outcome.ACCEPT else "", at=at, actor=actor)
    decision.comment, decision.note = comment.strip(), note.strip()
    _record("reviewing.decide", decision, paper, actor=actor, at=at)
    return decision


def _decision(paper: Submission) -> Decision | None:
    return db.session.scalar(select(Decision).where(Decision.submission_id == paper.id))


def _set(decision: Decision, outcome: Outcome, presentation: str, *, actor: Actor, at: datetime) -> None:
    if presentation and presentation not in PRESENTATIONS:
        raise Invalid(presentation=_l("Please choose one of the kinds offered."))
    if (decision.outcome, decision.presentation) != (outcome, presentation):
        decision.outcome, decision.presentation = outcome, presentation
        decision.decided_at, decision.decided_by_id = at, actor.person_id


@operation
def clear(
    decision: Decision, *, version: int | None = None, standing: ReviewStanding, actor: Actor, at: datetime
) -> None:
    """Take a decision back that nobody was told. One that was told can be changed, not unmade."""
    demand(rules.may_decide(standing))
    expect_version(decision, version)
    if decision.told:
        raise Invalid(_l("The authors know this decision. Change it and release the change."))
    record(
        "reviewing.decision_cleared", decision, actor=actor, at=at, event_id=decision.submission.event_id, scope=SCOPE,
        number=decision.submission.number,
    )  # fmt: skip
    db.session.delete(decision)


@operation
def decide_many(
    papers: Collection[int],
    outcome: Outcome,
    *,
    presentation: str = "",
    standing: EventStanding,
    actor: Actor,
    at: datetime,
) -> int:
    """One decision for several papers by id; those the chair may not see are passed over. Returns how many changed."""
    demand(rules.may_chair_reviews(standing))
    mine = select(Submission).where(Submission.id.in_(chaired_ids(standing)), Submission.id.in_(sorted(papers)))
    rows = db.session.scalars(mine).all()
    query = select(Decision).where(Decision.submission_id.in_([row.id for row in rows]))
    known = {row.submission_id: row for row in db.session.scalars(query)}
    changed = 0
    for paper in rows:
        decision = known.get(paper.id) or Decision(submission_id=paper.id, comment="", note="")
        before = (decision.outcome, decision.presentation)
        _set(decision, outcome, presentation if outcome is Outcome.ACCEPT else "", actor=actor, at=at)
        if before != (decision.outcome, decision.presentation):
            _record("reviewing.decide", decision, paper, actor=actor, at=at)
            changed += 1
    return changed


def _record(action: str, row: Decision, paper: Submission, *, actor: Actor, at: datetime) -> None:
    record(action, row, actor=actor, at=at, event_id=paper.event_id, scope=SCOPE, number=paper.number)

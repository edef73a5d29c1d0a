"""Keeping what scores would be without the habits of reviewers. An estimate to help a chair, never a decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.jobs import enqueue
from confsys.core.operation import operation
from confsys.reviewing.models import Assignment, Review, ScoreCalibration
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.submissions.models import Submission

JOB = "reviewing.calibrate"
QUARTER = timedelta(minutes=15)
#: With fewer reviews habits cannot be told from papers.
LEAST = 12


def scores(event_id: int) -> list[tuple[int, str, float]]:
    """(paper, reviewer, score) of the reviews that are in; a reviewer whom nobody knows counts as one of their own."""
    query = (
        select(Assignment.submission_id, Assignment.person_id, Assignment.id, Review.overall)
        .join(Review, Review.assignment_id == Assignment.id)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(
            Submission.event_id == event_id, Assignment.state == AssignmentState.RELEASED,
            Review.state == ReviewState.SUBMITTED, Review.overall.is_not(None),
        )
        .order_by(Assignment.id)
    )  # fmt: skip
    rows = db.session.execute(query)
    return [(row.submission_id, str(row.person_id or f"unknown-{row.id}"), row.overall or 0.0) for row in rows]


def recalibrate_later(event_id: int, *, actor: Actor, at: datetime) -> None:
    """Ask for a fresh estimate at the end of the quarter of an hour: asked often before, it is made once."""
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    key = f"{JOB}-{event_id}-{quarter.isoformat()}"
    enqueue(JOB, key=key, actor=actor, at=at, event_id=event_id, not_before=quarter + QUARTER, event=event_id)


@operation
def recalibrate(event_id: int, *, at: datetime) -> bool:
    """Bring the estimate up to date; False while there is too little to estimate from."""
    # The engine's package brings NumPy and OR-Tools: kept out of the web's start.
    from reviewers.calibration import calibrate  # noqa: PLC0415

    rows = scores(event_id)
    known = db.session.get(ScoreCalibration, event_id)
    if len(rows) < LEAST:
        if known is not None:
            db.session.delete(known)
        return False
    found = calibrate(rows)
    kept: dict[str, Any] = {
        "papers": [[p, round(q.value, 3), round(q.error, 3), round(q.mean, 3)] for p, q in found.papers.items()],
        "reviewers": [[r, round(h.bias, 3), round(h.bias_error, 3)] for r, h in found.reviewers.items()],
        "noise": round(found.noise, 3),
    }
    row = known or ScoreCalibration(event_id=event_id)
    row.computed_at, row.result = at, kept
    db.session.add(row)
    return True

"""Keeping how near reviewers' own writing is to papers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from confsys.core.db import db
from confsys.core.operation import operation
from confsys.reviewing.matching.material import Pair
from confsys.reviewing.models import Affinity
from confsys.submissions.models import Submission


@operation
def keep_nearness(event_id: int, found: Mapping[Pair, float]) -> None:
    """Put what was computed in the place of what was known of the event's papers."""
    here = select(Submission.id).where(Submission.event_id == event_id)
    db.session.execute(delete(Affinity).where(Affinity.submission_id.in_(here)))
    rows = [{"submission_id": p, "person_id": r, "value": value} for (p, r), value in sorted(found.items())]
    if rows:
        db.session.execute(insert(Affinity), rows)

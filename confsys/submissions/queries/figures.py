"""Papers of an event in figures, as far as its viewer may see them."""

from __future__ import annotations

from sqlalchemy import func

from confsys.core.db import db
from confsys.events.standing import EventStanding
from confsys.submissions.models import Submission
from confsys.submissions.queries.visibility import visible_to_staff
from confsys.submissions.states import SubmissionState


def by_state(standing: EventStanding) -> dict[SubmissionState, int]:
    """How many papers are in each state, in the order of the states; drafts and papers barred are not counted."""
    query = visible_to_staff(standing).with_only_columns(Submission.state, func.count()).group_by(Submission.state)
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: counts[state] for state in SubmissionState if state in counts}

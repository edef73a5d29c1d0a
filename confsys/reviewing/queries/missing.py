"""Reviews that were asked for and are not there yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.events.standing import EventStanding
from confsys.reviewing.models import Assignment, Review
from confsys.reviewing.queries.scope import chaired_ids
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState


def missing(standing: EventStanding, people: Collection[int] | None = None) -> dict[int, list[Assignment]]:
    """Released assignments without a submitted review, by reviewer, on papers the viewer chairs.

    Papers come by number; reviewers by name.
    """
    query = (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .join(Person, Person.id == Assignment.person_id)
        .outerjoin(Review, Review.assignment_id == Assignment.id)
        .where(
            Submission.id.in_(chaired_ids(standing)),
            Submission.state == SubmissionState.SUBMITTED,
            Assignment.state == AssignmentState.RELEASED,
            or_(Review.id.is_(None), Review.state == ReviewState.DRAFT),
        )
        .options(
            joinedload(Assignment.submission), joinedload(Assignment.review),
            joinedload(Assignment.person).selectinload(Person.emails),
        )
        .order_by(Person.sort_key, Person.id, Submission.number)
    )  # fmt: skip
    if people is not None:
        query = query.where(Assignment.person_id.in_(sorted(people)))
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.person_id or 0].append(row)
    return dict(found)

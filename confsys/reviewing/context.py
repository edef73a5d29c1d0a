"""From an address to a paper and the viewer's standing to its review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.models import Event
from confsys.events.states import Feature
from confsys.reviewing.models import Assignment
from confsys.reviewing.models import Decision as PaperDecision
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.standing import ReviewStanding
from confsys.reviewing.states import AssignmentState
from confsys.submissions.context import PaperPage, paper_page
from confsys.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What a view of one paper's review is given. ``assignment`` is the viewer's own, once released."""

    event: Event
    submission: Submission
    standing: ReviewStanding
    assignment: Assignment | None
    decision: PaperDecision | None

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer


def review_page(viewer: Viewer, slug: str, number: int) -> ReviewPage:
    """Loader for the pages of one paper's review. Raises NotFound."""
    page = paper_page(viewer, slug, number)
    if not page.standing.event.on(Feature.REVIEWING):
        raise NotFound
    assignment, decision = _own_assignment_and_decision(page.submission, viewer)
    return ReviewPage(page.event, page.submission, _standing(page, assignment, decision), assignment, decision)


def _own_assignment_and_decision(paper: Submission, viewer: Viewer) -> tuple[Assignment | None, PaperDecision | None]:
    """The viewer's assignment, and the decision; an assignment still only proposed does not exist for them."""
    own = and_(
        Assignment.submission_id == paper.id,
        Assignment.person_id == viewer.person_id,
        Assignment.released_at.is_not(None),
        Assignment.state.in_([AssignmentState.RELEASED, AssignmentState.DECLINED]),
    )
    query = (
        select(Assignment, PaperDecision)
        .select_from(Submission)
        .outerjoin(Assignment, own)
        .outerjoin(PaperDecision, PaperDecision.submission_id == Submission.id)
        .where(Submission.id == paper.id)
        .options(joinedload(Assignment.review))
    )
    assignment, decision = db.session.execute(query).one()
    return assignment, decision


def _standing(page: PaperPage, assignment: Assignment | None, decision: PaperDecision | None) -> ReviewStanding:
    return ReviewStanding(
        paper=page.standing,
        assignment=assignment.state if assignment else None,
        review=assignment.review.state if assignment and assignment.review else None,
        told=bool(decision and decision.told),
        share_reviews=ReviewOptions.of(page.event).share_reviews,
    )


def by_review(rule: Callable[[ReviewStanding], Decision]) -> Callable[[ReviewPage], Decision]:
    """Make a rule over standings a rule over pages."""
    return lambda page: rule(page.standing)


def of_event(page: ReviewPage) -> EventPage:
    """The event of a paper's page, for what is told of the whole event."""
    return EventPage(page.event, page.standing.event)


__all__ = ["ReviewPage", "by_review", "of_event", "review_page"]

"""What a viewer is to the review of one paper. Computed once a request; every rule of the room reads it."""

from __future__ import annotations

from dataclasses import dataclass

from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Blindness, FieldAudience
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.submissions.standing import PaperStanding
from confsys.submissions.states import SubmissionState

#: Papers that are, or were, under review.
REVIEWED = frozenset({SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.REJECTED})


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """``assignment`` and ``review`` are the viewer's own; an assignment not yet released is None here.

    ``told``: a decision has been released to the authors. ``share_reviews``: see ReviewOptions.
    """

    paper: PaperStanding
    assignment: AssignmentState | None = None
    review: ReviewState | None = None
    told: bool = False
    share_reviews: bool = True

    @property
    def event(self) -> EventStanding:
        return self.paper.event

    @property
    def viewer(self) -> Viewer:
        return self.paper.viewer

    @property
    def is_stranger(self) -> bool:
        """Whom a conflict or authorship bars: whatever else they are, the review of this paper is not for them."""
        return self.paper.conflicted or self.paper.is_author or self.paper.state not in REVIEWED

    @property
    def is_reviewer(self) -> bool:
        """Holds a released assignment of this paper."""
        return self.assignment is AssignmentState.RELEASED and not self.is_stranger

    @property
    def has_reviewed(self) -> bool:
        return self.is_reviewer and self.review is ReviewState.SUBMITTED

    @property
    def is_deciding(self) -> bool:
        """Sees every review and decides."""
        return self.paper.is_deciding and not self.is_stranger

    @property
    def knows_authors(self) -> bool:
        if self.paper.is_author:
            return True
        return not self.is_stranger and (
            self.event.blindness is not Blindness.DOUBLE or self.paper.is_paper_staff or self.is_deciding
        )

    @property
    def audience(self) -> FieldAudience:
        """Which fields of a review the viewer may read, where reviews are open to them at all."""
        if self.is_deciding:
            return FieldAudience.CHAIRS
        return FieldAudience.REVIEWERS if self.is_reviewer else FieldAudience.AUTHORS


_REACH = {FieldAudience.AUTHORS: 0, FieldAudience.REVIEWERS: 1, FieldAudience.CHAIRS: 2}


def reads(reader: FieldAudience, field: FieldAudience) -> bool:
    """Whether a reader of one circle may read a field meant for another. The only comparison of audiences."""
    return _REACH[field] <= _REACH[reader]

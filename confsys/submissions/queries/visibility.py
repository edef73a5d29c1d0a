"""Which submissions a viewer may see at all."""

from __future__ import annotations

from sqlalchemy import Exists, Select, exists, select

from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Role
from confsys.submissions.models import Author, Conflict, Submission
from confsys.submissions.standing import PAPER_STAFF
from confsys.submissions.states import ConflictState, SubmissionState


def _written_by(viewer: Viewer) -> Exists:
    return exists().where(Author.submission_id == Submission.id, Author.person_id == viewer.person_id)


def _conflicted(viewer: Viewer) -> Exists:
    active = Conflict.state == ConflictState.ACTIVE
    return exists().where(Conflict.submission_id == Submission.id, Conflict.person_id == viewer.person_id, active)


def own(viewer: Viewer) -> Select[Submission]:
    """Submissions whose author the viewer is, in any state."""
    return select(Submission).where(_written_by(viewer))


def visible_to_staff(standing: EventStanding) -> Select[Submission]:
    """Submissions of an event that its staff may see, with their authors.

    Drafts belong to their authors alone; a paper the viewer has a conflict with (or wrote) does not exist here;
    a track chair sees the papers of the own tracks.
    """
    query = select(Submission).where(
        Submission.event_id == standing.event_id,
        Submission.state != SubmissionState.DRAFT,
        ~_conflicted(standing.viewer),
        ~_written_by(standing.viewer),
    )
    if not standing.has(*PAPER_STAFF):
        return query.where(Submission.id.is_(None))
    if not standing.has(Role.ORGANISER, Role.CHAIR, Role.PUBLICATION_CHAIR) and standing.tracks:
        query = query.where(Submission.track_id.in_(standing.tracks))
    return query

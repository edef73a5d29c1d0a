"""From a paper's address to the paper and the viewer's standing to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, room_page
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature
from confsys.submissions.models import Conflict, PaperFile, Submission
from confsys.submissions.standing import PaperStanding
from confsys.submissions.states import ConflictState


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What a view of one paper is given."""

    event: Event
    submission: Submission
    standing: PaperStanding

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer


@dataclass(frozen=True, slots=True)
class FilePage(PaperPage):
    """What a view of one file of a paper is given."""

    file: PaperFile


def standing_to(paper: Submission, event: EventStanding) -> PaperStanding:
    """What the viewer is to a paper whose authors are loaded. One query, none for a visitor."""
    viewer = event.viewer
    own = [author for author in paper.authors if viewer.signed_in and author.person_id == viewer.person_id]
    return PaperStanding(
        event=event, submission_id=paper.id, state=paper.state, track_id=paper.track_id, is_author=bool(own),
        is_contact=any(author.is_contact for author in own), conflicted=bool(own) or _conflicted(paper, viewer),
    )  # fmt: skip


def _conflicted(paper: Submission, viewer: Viewer) -> bool:
    if not viewer.signed_in:
        return False
    active = select(Conflict.id).where(
        Conflict.submission_id == paper.id,
        Conflict.person_id == viewer.person_id,
        Conflict.state == ConflictState.ACTIVE,
    )
    return db.session.scalar(active.limit(1)) is not None


def paper_page(viewer: Viewer, slug: str, number: int) -> PaperPage:
    """Loader for the pages of one paper, by its number in its event. Raises NotFound."""
    page: EventPage = room_page(Feature.SUBMISSIONS)(viewer, slug=slug)
    query = (
        select(Submission)
        .where(Submission.event_id == page.event.id, Submission.number == number)
        .options(
            selectinload(Submission.authors), selectinload(Submission.topics), joinedload(Submission.track),
            selectinload(Submission.files).joinedload(PaperFile.file),
        )
    )  # fmt: skip
    paper = db.session.scalar(query)
    if paper is None:
        raise NotFound
    return PaperPage(page.event, paper, standing_to(paper, page.standing))


def file_page(viewer: Viewer, slug: str, number: int, file_id: int) -> FilePage:
    """Loader for one file of a paper. Raises NotFound."""
    page = paper_page(viewer, slug, number)
    found = next((row for row in page.submission.files if row.id == file_id), None)
    if found is None:
        raise NotFound
    return FilePage(page.event, page.submission, page.standing, found)

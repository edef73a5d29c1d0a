"""The papers of one person, across events or in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.states import EventState
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.queries.records import AuthorRecord, author_records
from confsys.submissions.queries.visibility import own

#: How long after an event its papers still stand on the home page.
RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """One of the viewer's papers with what is to be done about it."""

    paper: Submission
    record: AuthorRecord

    @property
    def waits(self) -> bool:
        """Something is to be done."""
        return self.record.next is not None and bool(self.record.next.button) and self.record.next.urgent < 60


def own_papers(
    viewer: Viewer, at: datetime, *, event_id: int | None = None, recent_only: bool = False
) -> Sequence[OwnPaper]:
    """Most urgent first; the number of queries does not depend on the number of papers."""
    query = own(viewer).join(Event, Event.id == Submission.event_id)
    if event_id is not None:
        query = query.where(Submission.event_id == event_id)
    if recent_only:
        still = or_(Event.ends_on.is_(None), Event.ends_on >= (at - RECENT).date())
        query = query.where(Event.state != EventState.ARCHIVED, still)
    query = query.order_by(Submission.id.desc()).options(
        joinedload(Submission.event).selectinload(Event.stages),
        selectinload(Submission.authors),
        selectinload(Submission.files).joinedload(PaperFile.file),
    )
    papers = db.session.scalars(query).unique().all()
    records = author_records(viewer, papers, at)
    found = [OwnPaper(paper, records[paper.id]) for paper in papers]
    return sorted(found, key=lambda row: (row.record.next.urgent if row.record.next else 99, -row.paper.id))


def has_own(viewer: Viewer, event_id: int | None = None) -> bool:
    """Whether the viewer is an author of anything (in an event)."""
    if not viewer.signed_in:
        return False
    query = own(viewer).with_only_columns(Submission.id)
    if event_id is not None:
        query = query.where(Submission.event_id == event_id)
    return db.session.scalar(query.limit(1)) is not None

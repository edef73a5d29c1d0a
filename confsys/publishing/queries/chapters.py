"""Commissioned chapters and how far they are."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.publishing.models import CameraReady, Chapter, Volume
from confsys.publishing.states import ChapterState
from confsys.submissions.models import Submission

WORDS: dict[ChapterState, tuple[Lazy, str]] = {
    ChapterState.INVITED: (_l("invited"), "waiting"),
    ChapterState.AGREED: (_l("agreed to write"), "open"),
    ChapterState.DECLINED: (_l("declined"), "closed"),
}


def of_volume(volume: Volume) -> list[tuple[Chapter, CameraReady | None]]:
    """The chapters of a volume in its order, each with its final version."""
    query = (
        select(Chapter, CameraReady)
        .outerjoin(CameraReady, CameraReady.submission_id == Chapter.submission_id)
        .where(Chapter.volume_id == volume.id)
        .options(joinedload(Chapter.submission).selectinload(Submission.authors))
        .order_by(Chapter.position)
    )
    return [(chapter, ready) for chapter, ready in db.session.execute(query).all()]


def of_paper(submission_id: int) -> Chapter | None:
    query = select(Chapter).where(Chapter.submission_id == submission_id)
    return db.session.scalar(query.options(joinedload(Chapter.volume), selectinload(Chapter.submission)))


def in_order(volume: Volume) -> list[tuple[LocalizedText, list[int]]]:
    """(part, submission ids) of the chapters that somebody agreed to write."""
    query = select(Chapter.part, Chapter.submission_id).where(
        Chapter.volume_id == volume.id, Chapter.state == ChapterState.AGREED
    )
    found: list[tuple[LocalizedText, list[int]]] = []
    for part, submission_id in db.session.execute(query.order_by(Chapter.position)):
        if not found or found[-1][0] != part:
            found.append((part, []))
        found[-1][1].append(submission_id)
    return found


def elsewhere(event_id: int) -> set[int]:
    """Submissions of an event that are chapters, and so no papers of its proceedings."""
    query = select(Chapter.submission_id).join(Submission, Submission.id == Chapter.submission_id)
    return set(db.session.scalars(query.where(Submission.event_id == event_id)))

"""Chapters that are asked for: no call and no review, an invitation and an editor's acceptance."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.publishing.models.volumes import Volume
from confsys.publishing.states import ChapterState
from confsys.submissions.models import Submission


class Chapter(Model, Versioned):
    """A chapter of a special volume. Its words, authors and file are those of a paper, so it takes the same path.

    ``part``: the heading under which it stands; ``position``: its place in the volume.
    """

    __tablename__ = "chapter"
    __table_args__ = (
        UniqueConstraint("submission_id"),
        UniqueConstraint("volume_id", "position"),
        CheckConstraint("(state = 'invited') = (answered_at IS NULL)", name="answered_unless_invited"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    part: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    position: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[ChapterState] = mapped_column(enum_column(ChapterState), default=ChapterState.INVITED)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    volume: Mapped[Volume] = relationship()
    submission: Mapped[Submission] = relationship()

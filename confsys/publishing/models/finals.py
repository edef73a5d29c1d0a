"""Final versions of accepted papers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column
from confsys.publishing.states import CameraReadyState
from confsys.submissions.models import PaperFile, Submission


class CameraReady(Model, Versioned):
    """The final version of an accepted paper, and the author's word on it."""

    __tablename__ = "camera_ready"
    __table_args__ = (
        CheckConstraint("(state = 'missing') = (paper_file_id IS NULL)", name="file_unless_missing"),
        CheckConstraint("(signed_name = '') = (signed_at IS NULL)", name="signed_at_when_signed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    state: Mapped[CameraReadyState] = mapped_column(enum_column(CameraReadyState), default=CameraReadyState.MISSING)
    paper_file_id: Mapped[int | None] = mapped_column(ForeignKey("paper_file.id"))
    licence: Mapped[str] = mapped_column(String(40), default="")
    signed_name: Mapped[str] = mapped_column(String(200), default="")
    signed_at: Mapped[datetime | None]
    #: Why a chair sent it back.
    note: Mapped[str] = mapped_column(String(1000), default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    submission: Mapped[Submission] = relationship()
    paper_file: Mapped[PaperFile | None] = relationship()

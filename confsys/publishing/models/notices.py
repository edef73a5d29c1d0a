"""What is said about a printed paper afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, enum_column
from confsys.core.localized import LocalizedText
from confsys.publishing.models.volumes import Volume
from confsys.publishing.states import NoticeKind


class Notice(Model, AppendOnly):
    """A correction, erratum, expression of concern or retraction: its own page and DOI beside a paper that stays.

    Nothing is overwritten, a notice neither: what was said wrongly is put right by another one.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("volume_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    number: Mapped[int]
    kind: Mapped[NoticeKind] = mapped_column(enum_column(NoticeKind))
    text: Mapped[LocalizedText]
    doi: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    volume: Mapped[Volume] = relationship()

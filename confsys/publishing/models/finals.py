"""Final versions of accepted papers: the file, and who put their name to what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.publishing.states import CameraReadyState, ChangeState, Holder
from confsys.submissions.models import PaperFile, Submission


class CameraReady(Model, Versioned):
    """The final version of an accepted paper, and the author's word on it.

    ``licence``, ``signed_name`` and ``signed_at`` are those of the last LicenceSignature. ``digest`` is that of the
    record as it would be printed now: only proofs of this very record count.
    """

    __tablename__ = "camera_ready"
    __table_args__ = (
        CheckConstraint("(state = 'missing') = (paper_file_id IS NULL)", name="file_unless_missing"),
        CheckConstraint("(signed_name = '') = (signed_at IS NULL)", name="signed_at_when_signed"),
        CheckConstraint("(waived_by_id IS NULL) = (waived = '')", name="waived_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    state: Mapped[CameraReadyState] = mapped_column(enum_column(CameraReadyState), default=CameraReadyState.MISSING)
    paper_file_id: Mapped[int | None] = mapped_column(ForeignKey("paper_file.id"))
    #: Items of the checklist that the authors ticked for this file.
    checked: Mapped[list[str]] = mapped_column(JSON, default=list)
    licence: Mapped[str] = mapped_column(String(40), default="")
    signed_name: Mapped[str] = mapped_column(String(200), default="")
    signed_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(64), default="")
    #: Why the chair goes on without the proofs that are missing.
    waived: Mapped[str] = mapped_column(String(500), default="")
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Why pages beyond the budget cost nothing here.
    fee_waived: Mapped[str] = mapped_column(String(500), default="")
    #: Why a chair sent it back.
    note: Mapped[str] = mapped_column(String(1000), default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    submission: Mapped[Submission] = relationship()
    paper_file: Mapped[PaperFile | None] = relationship()


class LicenceSignature(Model, AppendOnly):
    """A licence or copyright form as it was signed, word for word. Signing again makes another one."""

    __tablename__ = "licence_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    camera_ready_id: Mapped[int] = mapped_column(ForeignKey("camera_ready.id"), index=True)
    licence: Mapped[str] = mapped_column(String(40))
    holder: Mapped[Holder] = mapped_column(enum_column(Holder))
    #: The employer's name where the paper is theirs.
    employer: Mapped[str] = mapped_column(String(200), default="")
    signed_name: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The whole form in both languages, names and title filled in.
    text: Mapped[LocalizedText]
    digest: Mapped[str] = mapped_column(String(64))


class Proof(Model, AppendOnly):
    """An author's signature under the record as printed. It stands for that record alone.

    ``author`` is the id of the author's row, without a foreign key: the row may go, what was signed stays.
    """

    __tablename__ = "proof"
    __table_args__ = (
        UniqueConstraint("camera_ready_id", "author", "digest"),
        Index("ix_proof_camera_ready_id_digest", "camera_ready_id", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    camera_ready_id: Mapped[int] = mapped_column(ForeignKey("camera_ready.id"))
    author: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    signed_name: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    #: The record that was shown, and the file beside it.
    seen: Mapped[dict[str, Any]]


class AuthorChange(Model, Versioned):
    """What the authors want changed in the record of an accepted paper; nothing changes before the chair agrees.

    ``before`` and ``after``: {"title": {…}, "authors": [lines as ``publishing.record`` writes them]}.
    """

    __tablename__ = "author_change"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_unless_open"),
        Index("uq_author_change_open", "submission_id", unique=True, **where("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    state: Mapped[ChangeState] = mapped_column(enum_column(ChangeState), default=ChangeState.OPEN)
    reason: Mapped[str] = mapped_column(String(1000))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(1000), default="")

    submission: Mapped[Submission] = relationship()

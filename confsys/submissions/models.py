"""Tables of submissions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Organisation, Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.files import StoredFile
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event, Topic, Track
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState, FileKind, SubmissionState

submission_topic = Table(
    "submission_topic",
    Model.metadata,
    Column("submission_id", ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Submission(Model, Versioned):
    """A paper or proposal, from draft to decision. Its number is unique in its event and never reused."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_at_unless_draft"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_when_withdrawn"),
        CheckConstraint(
            "(state IN ('accepted', 'rejected')) = (outcome_at IS NOT NULL)", name="outcome_at_when_decided"
        ),
        Index("ix_submission_event_state", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    state: Mapped[SubmissionState] = mapped_column(enum_column(SubmissionState), default=SubmissionState.DRAFT)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    abstract: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: {"en": ["…"], "zh": ["…"]}
    keywords: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Answers to the event's own fields, by key.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: People whom the authors name as conflicted: [{"name", "email", "kind"}]
    declared_conflicts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    #: oral, poster, … : set with the outcome
    presentation: Mapped[str] = mapped_column(String(40), default="")
    #: Folded title, authors and keywords, for searching by people who may see authors.
    search_text: Mapped[str] = mapped_column(Text, default="")
    #: The same without anything that names an author.
    blind_search_text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(String(500), default="")
    outcome_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    track: Mapped[Track | None] = relationship()
    authors: Mapped[list[Author]] = relationship(
        back_populates="submission", order_by="Author.position", cascade="all, delete-orphan"
    )
    topics: Mapped[list[Topic]] = relationship(secondary=submission_topic, order_by=Topic.position)
    files: Mapped[list[PaperFile]] = relationship(back_populates="submission", order_by="PaperFile.number")


class LastNumber(Model):
    """The highest number an event has given out: a discarded draft's number is not given again."""

    __tablename__ = "last_number"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Author(Model):
    """An author as printed on the paper, linked to a person where one is known by a verified address.

    In a draft anything may still be missing, even the name; submitting asks for all of it.
    """

    __tablename__ = "author"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower_case"),
        Index("ix_author_submission_position", "submission_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    given: Mapped[str] = mapped_column(String(120), default="")
    family: Mapped[str] = mapped_column(String(120), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    orcid: Mapped[str] = mapped_column(String(19), default="")
    #: As printed, in both languages; ``organisation`` is the row it was recognised as.
    affiliation: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    country: Mapped[str] = mapped_column(String(2), default="")
    is_corresponding: Mapped[bool] = mapped_column(default=False)
    is_presenter: Mapped[bool] = mapped_column(default=False)
    #: Gets the paper's mail and, once signed in with the address, may edit the paper. Chosen by the contacts.
    is_contact: Mapped[bool] = mapped_column(default=False)

    submission: Mapped[Submission] = relationship(back_populates="authors")
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def name(self) -> PersonName:
        return PersonName(self.given, self.family, self.native)


class PaperFile(Model):
    """A version of a file of a submission. Old versions stay; the highest number of a kind is current."""

    __tablename__ = "paper_file"
    __table_args__ = (
        UniqueConstraint("submission_id", "kind", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    number: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    pages: Mapped[int | None]
    #: What the checks found: [{"code", "severity", "params"}]; sentences are made when read.
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    withdrawn: Mapped[bool] = mapped_column(default=False)

    submission: Mapped[Submission] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()


class Conflict(Model, Versioned):
    """Somebody who must keep away from a paper: from its page, its reviews, its lists and its counts."""

    __tablename__ = "conflict"
    __table_args__ = (
        UniqueConstraint("submission_id", "person_id", "kind"),
        Index(
            "ix_conflict_active", "person_id", "submission_id",
            **where("state = 'active'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[ConflictKind] = mapped_column(enum_column(ConflictKind))
    source: Mapped[ConflictSource] = mapped_column(enum_column(ConflictSource))
    state: Mapped[ConflictState] = mapped_column(enum_column(ConflictState), default=ConflictState.ACTIVE)
    #: Set by a chair: neither authors nor detection change it.
    pinned: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(300), default="")
    #: Why an author or the person concerned says that it is none; a chair settles it, then it is empty again.
    dispute: Mapped[str] = mapped_column(String(500), default="")
    disputed_at: Mapped[datetime | None]
    disputed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

"""Volumes: imprint, frozen builds, what they printed and made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.files import StoredFile
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.publishing.states import ArtefactKind, BuildState, VolumeState


class Volume(Model, Versioned):
    """A volume of proceedings; its contents are whatever its latest verified build froze."""

    __tablename__ = "volume"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_at_when_published"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(40))
    #: Made of commissioned chapters, not of the event's papers.
    special: Mapped[bool] = mapped_column(default=False)
    state: Mapped[VolumeState] = mapped_column(enum_column(VolumeState), default=VolumeState.DRAFT)
    title: Mapped[LocalizedText]
    subtitle: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    publisher: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    place: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    isbn: Mapped[str] = mapped_column(String(20), default="")
    issn: Mapped[str] = mapped_column(String(9), default="")
    doi_prefix: Mapped[str] = mapped_column(String(60), default="")
    licence: Mapped[str] = mapped_column(String(40), default="CC BY 4.0")
    #: [{"given", "family", "native"}]
    editors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    preface: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    published_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()


class VolumeBuild(Model, Versioned):
    """Inputs frozen, artefacts made, artefacts read back. A new build never touches an older one."""

    __tablename__ = "volume_build"
    __table_args__ = (
        UniqueConstraint("volume_id", "number"),
        CheckConstraint("NOT is_public OR state = 'verified'", name="public_is_verified"),
        Index(
            "uq_volume_build_public", "volume_id", unique=True,
            **where("is_public"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"))
    number: Mapped[int]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    state: Mapped[BuildState] = mapped_column(enum_column(BuildState), default=BuildState.RUNNING)
    #: The engine's ``volume.json`` with the SHA-256 of every file.
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[datetime | None]
    #: The one build of its volume that the public reads.
    is_public: Mapped[bool] = mapped_column(default=False)

    volume: Mapped[Volume] = relationship()
    papers: Mapped[list[VolumePaper]] = relationship(
        order_by="VolumePaper.position", cascade="all, delete-orphan", back_populates="build"
    )
    artefacts: Mapped[list[Artefact]] = relationship(order_by="Artefact.id", cascade="all, delete-orphan")
    sign_off: Mapped[SignOff | None] = relationship(viewonly=True)


class SignOff(Model, AppendOnly):
    """The editor-in-chief's word for one frozen build: without it nothing is published."""

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    build_id: Mapped[int] = mapped_column(ForeignKey("volume_build.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_name: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime]
    #: Of the names and contents of all files of the build.
    digest: Mapped[str] = mapped_column(String(64))


class VolumePaper(Model):
    """A paper as printed in one build: its words and pages are copies and never change."""

    __tablename__ = "volume_paper"
    __table_args__ = (
        UniqueConstraint("build_id", "submission_id"),
        UniqueConstraint("build_id", "position"),
        CheckConstraint("first_page > 0 AND last_page >= first_page", name="pages_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    build_id: Mapped[int] = mapped_column(ForeignKey("volume_build.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    position: Mapped[int]
    session_title: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    title: Mapped[LocalizedText]
    #: [{"given", "family", "native", "affiliation": {"en", "zh"}, "orcid"}]
    authors: Mapped[list[Any]] = mapped_column(JSON)
    abstract: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    keywords: Mapped[dict[str, Any]] = mapped_column(default=dict)
    first_page: Mapped[int]
    last_page: Mapped[int]
    doi: Mapped[str] = mapped_column(String(200), default="")
    #: Folded title, names, institutions, keywords and abstract as printed, for readers who search.
    search_text: Mapped[str] = mapped_column(Text, default="")

    build: Mapped[VolumeBuild] = relationship(back_populates="papers")


class Artefact(Model):
    """A file that a build made."""

    __tablename__ = "artefact"
    __table_args__ = (UniqueConstraint("build_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    build_id: Mapped[int] = mapped_column(ForeignKey("volume_build.id"))
    kind: Mapped[ArtefactKind] = mapped_column(enum_column(ArtefactKind))
    name: Mapped[str] = mapped_column(String(120))
    volume_paper_id: Mapped[int | None] = mapped_column(ForeignKey("volume_paper.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))

    file: Mapped[StoredFile] = relationship()

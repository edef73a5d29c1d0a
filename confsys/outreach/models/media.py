"""Pictures, materials and what the media wrote of an activity."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, enum_column
from confsys.core.files import StoredFile
from confsys.core.localized import LocalizedText
from confsys.outreach.states import MediumKind


class OutreachMedium(Model):
    """One picture, PDF or link. What it is called is its caption; it is taken away, never changed."""

    __tablename__ = "outreach_medium"
    __table_args__ = (
        CheckConstraint("(kind = 'link') = (file_id IS NULL)", name="file_unless_link"),
        CheckConstraint("(kind = 'link') = (url <> '')", name="address_of_a_link"),
        CheckConstraint("kind <> 'picture' OR agreed_at IS NOT NULL", name="people_shown_agreed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("outreach_activity.id"), index=True)
    kind: Mapped[MediumKind] = mapped_column(enum_column(MediumKind))
    caption: Mapped[LocalizedText]
    #: What a picture shows, for those who do not see it.
    alt: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    url: Mapped[str] = mapped_column(String(500), default="")
    #: Who wrote or sent it, of a link.
    outlet: Mapped[str] = mapped_column(String(200), default="")
    #: When the office confirmed that the people shown agree.
    agreed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    file: Mapped[StoredFile | None] = relationship(lazy="joined")

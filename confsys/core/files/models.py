"""One row an upload. Several rows may share one content; the content is kept once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from confsys.core.db import Model


class StoredFile(Model):
    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        CheckConstraint("size >= 0", name="size_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    #: What the content is, found by looking at it: see ``sniffing``.
    media_type: Mapped[str] = mapped_column(String(100))
    #: The name it was given by its sender; shown to those who may know the sender, never used as a path.
    name: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

"""How often what is public was fetched: sums by day, and nothing about who."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from confsys.core.db import Model


class DownloadCount(Model):
    """Fetches of one printed paper, or of a whole volume, on one day (UTC).

    ``paper`` is the paper's submission, 0 for the files of the whole volume: a key that both databases compare.
    """

    __tablename__ = "download_count"
    __table_args__ = (
        UniqueConstraint("volume_id", "paper", "day"),
        CheckConstraint("count > 0", name="count_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"))
    paper: Mapped[int] = mapped_column(default=0)
    day: Mapped[date] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=0)

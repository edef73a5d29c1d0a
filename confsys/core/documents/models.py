"""Counters of numbered documents."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from confsys.core.db import Model


class NumberSeries(Model):
    """The last number given in a series, such as the receipts of one year."""

    __tablename__ = "number_series"
    __table_args__ = (CheckConstraint("last >= 0", name="last_not_negative"),)

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]

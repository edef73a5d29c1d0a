"""DOIs and their deposits with the registration agency."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column
from confsys.publishing.models.volumes import Volume
from confsys.publishing.states import DepositState, DoiState


class DoiRecord(Model, Versioned):
    """One DOI of a printed paper. ``digest`` is that of the record that was accepted last, or is under way."""

    __tablename__ = "doi_record"
    __table_args__ = (UniqueConstraint("volume_id", "submission_id"), UniqueConstraint("doi"))

    id: Mapped[int] = mapped_column(primary_key=True)
    doi: Mapped[str] = mapped_column(String(200))
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    state: Mapped[DoiState] = mapped_column(enum_column(DoiState), default=DoiState.RESERVED)
    digest: Mapped[str] = mapped_column(String(64), default="")
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("doi_deposit.id"))
    #: What the agency said of this record the last time.
    message: Mapped[str] = mapped_column(String(1000), default="")
    registered_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class DoiDeposit(Model, Versioned):
    """A batch of records as it is sent, again and again the same until there is an answer."""

    __tablename__ = "doi_deposit"
    __table_args__ = (CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("volume.id"), index=True)
    #: The agency knows the batch by it: made from its content, so that sending twice is the same.
    batch: Mapped[str] = mapped_column(String(40), unique=True)
    #: Grows with every deposit, or the agency refuses the records as older than what it has.
    timestamp: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[DepositState] = mapped_column(enum_column(DepositState), default=DepositState.WAITING)
    xml: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    volume: Mapped[Volume] = relationship()

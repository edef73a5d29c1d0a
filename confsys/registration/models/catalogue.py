"""What an event sells: tickets and what goes with them, their prices, and vouchers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.registration.states import Audience, TicketKind, VoucherKind


class Ticket(Model, Versioned):
    """Something an event sells to attendees; ``quota`` empty: no limit."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("quota IS NULL OR quota >= 0", name="quota_not_negative"),
        CheckConstraint(
            "members_first >= 0 AND (members_first = 0 OR (quota IS NOT NULL AND members_first <= quota))",
            name="members_first_within_quota",
        ),
        CheckConstraint("kind = 'admission' OR members_first = 0", name="members_first_of_admission"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[TicketKind] = mapped_column(enum_column(TicketKind), default=TicketKind.ADMISSION)
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[LocalizedText]
    note: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    quota: Mapped[int | None]
    #: So many of the places are kept for members until ``members_until`` (empty: to the end).
    members_first: Mapped[int] = mapped_column(default=0)
    members_until: Mapped[datetime | None]
    on_sale: Mapped[bool] = mapped_column(default=True)
    #: Shown only to whoever has a voucher that names it.
    hidden: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    prices: Mapped[list[TicketPrice]] = relationship(order_by="TicketPrice.id", cascade="all, delete-orphan")
    event: Mapped[Event] = relationship()


class TicketPrice(Model):
    """A price of a ticket for one audience, for whoever registers until ``until`` (empty: to the end)."""

    __tablename__ = "ticket_price"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        UniqueConstraint("ticket_id", "audience", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    audience: Mapped[Audience] = mapped_column(enum_column(Audience))
    amount: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[datetime | None]


class Voucher(Model, Versioned):
    """A code that makes admissions cheaper, so many times, until a day; it may show tickets that others do not see."""

    __tablename__ = "voucher"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("code = upper(code)", name="code_upper_case"),
        CheckConstraint("uses_max > 0", name="uses_max_positive"),
        CheckConstraint("kind <> 'percent' OR (amount > 0 AND amount <= 100)", name="percent_of_a_hundred"),
        CheckConstraint("kind <> 'amount' OR amount > 0", name="amount_positive"),
        CheckConstraint("begins IS NULL OR ends IS NULL OR begins <= ends", name="begins_before_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[VoucherKind] = mapped_column(enum_column(VoucherKind))
    #: Per cent, or minor units; nothing for a free one.
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    uses_max: Mapped[int] = mapped_column(default=1)
    begins: Mapped[datetime | None]
    ends: Mapped[datetime | None]
    #: Ids of the tickets it is for; empty: every admission that everybody sees.
    ticket_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    #: For the organisers: whom it was given to.
    note: Mapped[str] = mapped_column(String(200), default="")
    #: Switched off: nobody uses it any more.
    is_off: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

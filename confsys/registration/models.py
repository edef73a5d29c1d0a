"""Tables of registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, Versioned, enum_column
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.payments.models import Order
from confsys.registration.states import AttendeeState, Audience


class Ticket(Model, Versioned):
    """Something an event sells to attendees; ``quota`` empty: no limit."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("quota IS NULL OR quota >= 0", name="quota_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[LocalizedText]
    quota: Mapped[int | None]
    on_sale: Mapped[bool] = mapped_column(default=True)
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


class Attendee(Model, Versioned):
    """One person's place at an event. It becomes active when its order is paid, and not before."""

    __tablename__ = "attendee"
    __table_args__ = (
        CheckConstraint("given <> '' OR family <> '' OR native <> ''", name="has_a_name"),
        CheckConstraint("checked_in_at IS NULL OR state <> 'held'", name="no_entry_while_held"),
        Index("ix_attendee_event_state", "event_id", "state"),
        Index("ix_attendee_ticket_state", "ticket_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payment_order.id"), index=True)
    #: Who registered them, and who they are where they have an account here.
    buyer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[AttendeeState] = mapped_column(enum_column(AttendeeState), default=AttendeeState.HELD)
    #: Stands on the ticket; the QR code carries it with our signature.
    code: Mapped[str] = mapped_column(String(12), unique=True)
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.ANYONE)
    given: Mapped[str] = mapped_column(String(120), default="")
    family: Mapped[str] = mapped_column(String(120), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    sort_key: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    #: The paper that this registration covers, where authors must register.
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    registered_at: Mapped[datetime]
    checked_in_at: Mapped[datetime | None]
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    ticket: Mapped[Ticket] = relationship()
    order: Mapped[Order | None] = relationship()

    @property
    def name(self) -> PersonName:
        return PersonName(self.given, self.family, self.native)


class AttendanceCertificate(Model, AppendOnly):
    """A certificate as issued: its words are a copy and never change."""

    __tablename__ = "attendance_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    issued_at: Mapped[datetime]
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)

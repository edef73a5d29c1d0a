"""Who has a place: baskets, attendees, what they booked besides, and proofs for the student price."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.files import StoredFile
from confsys.core.names import PersonName
from confsys.payments.models import Order
from confsys.registration.models.catalogue import Ticket, Voucher
from confsys.registration.states import AttendeeState, Audience, BasketState, ProofState


class Basket(Model, Versioned):
    """What somebody is about to order; its places are held until ``expires_at``."""

    __tablename__ = "registration_basket"
    __table_args__ = (
        Index("uq_registration_basket_open", "event_id", "buyer_id", unique=True, **where("state = 'open'")),
        CheckConstraint("opened_at < expires_at", name="expires_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[BasketState] = mapped_column(enum_column(BasketState), default=BasketState.OPEN)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"), index=True)
    #: The day that prices go by.
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    attendees: Mapped[list[Attendee]] = relationship(order_by="Attendee.id", back_populates="basket")
    voucher: Mapped[Voucher | None] = relationship()


class Attendee(Model, Versioned):
    """One person's place at an event. It becomes active when its order is paid, and not before."""

    __tablename__ = "attendee"
    __table_args__ = (
        CheckConstraint("checked_in_at IS NULL OR state <> 'held'", name="no_entry_while_held"),
        CheckConstraint(
            "checked_in_at IS NULL OR given <> '' OR family <> '' OR native <> ''", name="no_entry_without_a_name"
        ),
        Index("ix_attendee_event_state", "event_id", "state"),
        Index("ix_attendee_ticket_state", "ticket_id", "state"),
        Index("ix_attendee_voucher_state", "voucher_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    basket_id: Mapped[int | None] = mapped_column(ForeignKey("registration_basket.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payment_order.id"), index=True)
    #: Who registered them, and who they are where they have an account here.
    buyer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[AttendeeState] = mapped_column(enum_column(AttendeeState), default=AttendeeState.HELD)
    #: Stands on the ticket; the QR code carries it with our signature.
    code: Mapped[str] = mapped_column(String(12), unique=True)
    audience: Mapped[Audience] = mapped_column(enum_column(Audience), default=Audience.ANYONE)
    #: Counts among the places kept for members: a member registered for themselves.
    by_member: Mapped[bool] = mapped_column(default=False)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))
    #: A group's payer may name people later; until then all three are empty.
    given: Mapped[str] = mapped_column(String(120), default="")
    family: Mapped[str] = mapped_column(String(120), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    sort_key: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    #: Answers to the event's own fields, by key.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The paper that this registration covers, where authors must register.
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    registered_at: Mapped[datetime]
    #: When the person took the place over by the link they were sent.
    claimed_at: Mapped[datetime | None]
    checked_in_at: Mapped[datetime | None]
    checked_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    ticket: Mapped[Ticket] = relationship()
    order: Mapped[Order | None] = relationship()
    basket: Mapped[Basket | None] = relationship(back_populates="attendees")
    voucher: Mapped[Voucher | None] = relationship()
    buyer: Mapped[Person] = relationship(foreign_keys=[buyer_id])
    extras: Mapped[list[Extra]] = relationship(order_by="Extra.id", back_populates="attendee")
    proof: Mapped[StudentProof | None] = relationship(back_populates="attendee", uselist=False)

    @property
    def name(self) -> PersonName:
        return PersonName(self.given, self.family, self.native)

    def set_name(self, name: PersonName) -> None:
        self.given, self.family, self.native, self.sort_key = name.given, name.family, name.native, name.sort_key


class Extra(Model, Versioned):
    """Something an attendee booked besides the admission. It is held, paid and given up like the place it goes with."""

    __tablename__ = "attendee_extra"
    __table_args__ = (
        Index(
            "uq_attendee_extra_once", "attendee_id", "ticket_id", unique=True, **where("state <> 'cancelled'")
        ),
        Index("ix_attendee_extra_ticket_state", "ticket_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payment_order.id"), index=True)
    state: Mapped[AttendeeState] = mapped_column(enum_column(AttendeeState), default=AttendeeState.HELD)

    attendee: Mapped[Attendee] = relationship(back_populates="extras")
    ticket: Mapped[Ticket] = relationship()
    order: Mapped[Order | None] = relationship()


class StudentProof(Model, Versioned):
    """What a student showed for the student price. The file is kept only until somebody has looked at it."""

    __tablename__ = "student_proof"
    __table_args__ = (CheckConstraint("state = 'waiting' OR file_id IS NULL", name="file_gone_after_the_check"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), unique=True)
    state: Mapped[ProofState] = mapped_column(enum_column(ProofState), default=ProofState.WAITING, index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    sent_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300), default="")
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Over the difference, when the proof was refused.
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payment_order.id"), index=True)

    attendee: Mapped[Attendee] = relationship(back_populates="proof")
    file: Mapped[StoredFile | None] = relationship()
    order: Mapped[Order | None] = relationship()


class VoidCode(Model):
    """A code that a ticket had before it was handed on: the desk can say why it opens nothing."""

    __tablename__ = "attendee_void_code"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendee.id"), index=True)
    at: Mapped[datetime]

"""Who waits for a place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.registration.models.catalogue import Ticket
from confsys.registration.states import WaitingState


class WaitingEntry(Model, Versioned):
    """One person's turn for one ticket. While it is offered a place is held for them."""

    __tablename__ = "waiting_entry"
    __table_args__ = (
        CheckConstraint("state <> 'offered' OR offer_until IS NOT NULL", name="offer_ends"),
        Index(
            "uq_waiting_entry_live", "ticket_id", "person_id", unique=True, **where("state IN ('waiting', 'offered')")
        ),
        Index("ix_waiting_entry_ticket_state", "ticket_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[WaitingState] = mapped_column(enum_column(WaitingState), default=WaitingState.WAITING)
    since: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    offer_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    ticket: Mapped[Ticket] = relationship()
    person: Mapped[Person] = relationship()

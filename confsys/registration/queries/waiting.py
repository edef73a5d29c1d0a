"""Who waits for a place."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from confsys.core.db import db
from confsys.registration.models import Ticket, WaitingEntry
from confsys.registration.states import WaitingState

LIVE = (WaitingState.WAITING, WaitingState.OFFERED)


def of_person(person_id: int | None, event_id: int | None = None) -> list[tuple[WaitingEntry, int]]:
    """Where a person waits, with their place in each line (0: it is offered to them); one query."""
    if person_id is None:
        return []
    before = aliased(WaitingEntry)
    ahead = (
        select(func.count())
        .select_from(before)
        .where(
            before.ticket_id == WaitingEntry.ticket_id, before.state == WaitingState.WAITING,
            before.id <= WaitingEntry.id,
        )
        .correlate(WaitingEntry)
        .scalar_subquery()
    )  # fmt: skip
    query = select(WaitingEntry, ahead).where(WaitingEntry.person_id == person_id, WaitingEntry.state.in_(LIVE))
    if event_id is not None:
        query = query.where(WaitingEntry.event_id == event_id)
    query = query.options(joinedload(WaitingEntry.ticket).joinedload(Ticket.event)).order_by(WaitingEntry.id)
    return [
        (entry, 0 if entry.state is WaitingState.OFFERED else number or 1)
        for entry, number in db.session.execute(query)
    ]


def of_event(event_id: int) -> list[WaitingEntry]:
    """Everybody who waits or has an offer, by ticket and turn."""
    query = select(WaitingEntry).where(WaitingEntry.event_id == event_id, WaitingEntry.state.in_(LIVE))
    query = query.options(joinedload(WaitingEntry.ticket), joinedload(WaitingEntry.person))
    return list(db.session.scalars(query.order_by(WaitingEntry.ticket_id, WaitingEntry.since, WaitingEntry.id)))

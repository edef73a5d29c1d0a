"""The waiting list: whoever waits longest is asked first, has so many hours, and then the next one is asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import enqueue
from confsys.core.operation import lock, operation
from confsys.events.models import Event
from confsys.registration import mails
from confsys.registration.models import Ticket, WaitingEntry
from confsys.registration.operations.holding import locked
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries import catalogue
from confsys.registration.states import WAITING_TRANSITIONS, TicketKind, WaitingState

OVER_JOB = "registration.offer_over"


@operation
def join(ticket: Ticket, event: Event, person_id: int, *, actor: Actor, at: datetime) -> WaitingEntry:
    """Stand in line for a ticket that is sold out. Standing there already is no fault."""
    locked([ticket.id], event.id)
    if ticket.kind is not TicketKind.ADMISSION or not ticket.on_sale or ticket.quota is None:
        raise Invalid(_l("There is no waiting list for this ticket."))
    live = (WaitingState.WAITING, WaitingState.OFFERED)
    query = select(WaitingEntry).where(
        WaitingEntry.ticket_id == ticket.id, WaitingEntry.person_id == person_id, WaitingEntry.state.in_(live)
    )
    found = db.session.scalar(query)
    if found is not None:
        return found
    row = WaitingEntry(event_id=event.id, ticket_id=ticket.id, person_id=person_id, since=at)
    record("registration.waits", row, actor=actor, at=at, changes={}, ticket=str(ticket.name))
    ask_next([ticket.id], event.id, at=at)  # a place may have come free between the page and the button
    return row


@operation
def step_out(entry: WaitingEntry, *, actor: Actor, at: datetime) -> None:
    """Give up one's turn; an offered place goes to the next."""
    locked([entry.ticket_id], entry.event_id)
    lock(entry)
    _end(entry, WaitingState.LEFT, at)
    record("registration.stepped_out", entry, actor=actor, at=at, ticket=str(entry.ticket.name))
    ask_next([entry.ticket_id], entry.event_id, at=at)


@operation
def end_offer(entry: WaitingEntry, *, at: datetime) -> bool:
    """An offer whose time is over goes to the next one. Safe to repeat."""
    locked([entry.ticket_id], entry.event_id)
    lock(entry)
    if entry.state is not WaitingState.OFFERED or entry.offer_until is None or at < entry.offer_until:
        return False
    _end(entry, WaitingState.EXPIRED, at)
    record("registration.offer_over", entry, actor=SYSTEM, at=at, name=entry.person.name.both)
    mails.offer_over(entry, at=at)
    ask_next([entry.ticket_id], entry.event_id, at=at)
    return True


def take(entry: WaitingEntry, *, at: datetime) -> None:
    """The offer is taken: its place is free for the basket that is opened in the same transaction."""
    lock(entry)
    if entry.state is not WaitingState.OFFERED or entry.offer_until is None or at > entry.offer_until:
        raise Invalid(_l("This offer has ended."))
    _end(entry, WaitingState.TAKEN, at)
    db.session.flush()


def ask_next(ticket_ids: Collection[int], event_id: int, *, at: datetime) -> None:
    """Offer what is free to those who wait, in turn. Inside a running operation; takes the tickets' locks."""
    queue = catalogue.waiting(list(ticket_ids))
    if not queue:
        return
    event = db.session.get_one(Event, event_id)
    for ticket in locked(queue, event_id).values():
        _offer(ticket, event, at)


def _offer(ticket: Ticket, event: Event, at: datetime) -> None:
    db.session.flush()
    left = None if ticket.quota is None else ticket.quota - catalogue.taken([ticket.id], at).get(ticket.id, 0)
    kept = catalogue.kept_for_members(ticket, catalogue.taken_by_members([ticket.id], at).get(ticket.id, 0), at)
    query = select(WaitingEntry).where(
        WaitingEntry.ticket_id == ticket.id, WaitingEntry.state == WaitingState.WAITING
    )  # fmt: skip
    for entry in db.session.scalars(query.order_by(WaitingEntry.since, WaitingEntry.id)):
        if left is not None and left <= 0:
            return
        member = bool(kept) and catalogue.is_member(entry.person_id, catalogue.day_of(event, at))
        if left is not None and not member and left - kept <= 0:
            continue
        _ask(entry, event, at)
        left = None if left is None else left - 1
        kept -= member


def _ask(entry: WaitingEntry, event: Event, at: datetime) -> None:
    until = at + RegistrationOptions.of(event).offer_time
    entry.state, entry.offered_at, entry.offer_until = WaitingState.OFFERED, at, until
    record("registration.offered", entry, actor=SYSTEM, at=at, name=entry.person.name.both)
    enqueue(OVER_JOB, key=f"{OVER_JOB}:{entry.id}", actor=SYSTEM, at=at, not_before=until, entry_id=entry.id)
    mails.offered(entry, at=at)


def _end(entry: WaitingEntry, to: WaitingState, at: datetime) -> None:
    if to not in WAITING_TRANSITIONS[entry.state]:
        raise Invalid(_l("This offer has ended."))
    entry.state, entry.ended_at = to, at

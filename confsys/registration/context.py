"""From an address of registration to what it names, with the viewer's standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, room_page
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature
from confsys.registration import rules, signed
from confsys.registration.models import (
    Attendee,
    BadgeSheet,
    Basket,
    Extra,
    StudentProof,
    Ticket,
    Voucher,
    WaitingEntry,
)
from confsys.registration.queries import attendees, vouchers

registration_page = room_page(Feature.REGISTRATION)


@dataclass(frozen=True, slots=True)
class AttendeePage(EventPage):
    attendee: Attendee


@dataclass(frozen=True, slots=True)
class TicketPage(EventPage):
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class VoucherPage(EventPage):
    voucher: Voucher


@dataclass(frozen=True, slots=True)
class BasketPage(EventPage):
    basket: Basket


@dataclass(frozen=True, slots=True)
class ProofPage(EventPage):
    proof: StudentProof


@dataclass(frozen=True, slots=True)
class SheetPage(EventPage):
    sheet: BadgeSheet


@dataclass(frozen=True, slots=True)
class WaitingPage(EventPage):
    """``code``: the signed link it was reached by, if any."""

    entry: WaitingEntry
    code: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPage(EventPage):
    """A place reached by the signed link that lets its new owner take it over."""

    attendee: Attendee
    code: str
    #: The code of the place that the link was made for.
    made_for: str


def attendee_page(viewer: Viewer, slug: str, code: str) -> AttendeePage:
    page = registration_page(viewer, slug=slug)
    found = attendees.by_code(page.event.id, code)
    if found is None:
        raise NotFound
    return AttendeePage(page.event, page.standing, found)


def ticket_page(viewer: Viewer, slug: str, code: str) -> TicketPage:
    page = registration_page(viewer, slug=slug)
    found = db.session.scalar(select(Ticket).where(Ticket.event_id == page.event.id, Ticket.code == code))
    if found is None:
        raise NotFound
    return TicketPage(page.event, page.standing, found)


def voucher_page(viewer: Viewer, slug: str, code: str) -> VoucherPage:
    page = registration_page(viewer, slug=slug)
    found = vouchers.by_code(page.event.id, code)
    if found is None:
        raise NotFound
    return VoucherPage(page.event, page.standing, found)


def basket_page(viewer: Viewer, slug: str, code: str) -> BasketPage:
    page = registration_page(viewer, slug=slug)
    rows = selectinload(Basket.attendees)
    query = select(Basket).where(Basket.event_id == page.event.id, Basket.code == code).options(
        joinedload(Basket.voucher), rows.joinedload(Attendee.ticket).selectinload(Ticket.prices),
        rows.selectinload(Attendee.extras).joinedload(Extra.ticket).selectinload(Ticket.prices),
        rows.selectinload(Attendee.proof).joinedload(StudentProof.file),
    )  # fmt: skip
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return BasketPage(page.event, page.standing, found)


def proof_page(viewer: Viewer, slug: str, code: str) -> ProofPage:
    page = attendee_page(viewer, slug, code)
    if page.attendee.proof is None:
        raise NotFound
    return ProofPage(page.event, page.standing, page.attendee.proof)


def sheet_page(viewer: Viewer, slug: str, sheet_id: int) -> SheetPage:
    page = registration_page(viewer, slug=slug)
    found = db.session.scalar(select(BadgeSheet).where(BadgeSheet.event_id == page.event.id, BadgeSheet.id == sheet_id))
    if found is None:
        raise NotFound
    return SheetPage(page.event, page.standing, found)


def waiting_page(viewer: Viewer, slug: str, entry_id: int) -> WaitingPage:
    page = registration_page(viewer, slug=slug)
    query = select(WaitingEntry).where(WaitingEntry.event_id == page.event.id, WaitingEntry.id == entry_id)
    found = db.session.scalar(query.options(joinedload(WaitingEntry.ticket)))
    if found is None:
        raise NotFound
    return WaitingPage(page.event, page.standing, found)


def offer_page(viewer: Viewer, token: str) -> WaitingPage:
    """By the link in the mail; an offer made anew has another link."""
    found = signed.offered_entry(token)
    row = db.session.get(WaitingEntry, found[0]) if found else None
    if row is None or found is None or signed.offer_code(row) != token:
        raise NotFound
    page = waiting_page(viewer, db.session.get_one(Event, row.event_id).slug, row.id)
    return WaitingPage(page.event, page.standing, page.entry, token)


def claim_page(viewer: Viewer, token: str) -> ClaimPage:
    found = signed.claimed_place(token)
    row = attendees.by_id(found[0]) if found else None
    if row is None or found is None:
        raise NotFound
    page = registration_page(viewer, slug=db.session.get_one(Event, row.event_id).slug)
    return ClaimPage(page.event, page.standing, row, token, found[1])


def holder(page: AttendeePage) -> Decision:
    return rules.may_see_ticket(page.standing, page.attendee)


def owner(page: BasketPage) -> Decision:
    return rules.may_fill(page.standing, page.basket)


def waiter(page: WaitingPage) -> Decision:
    return rules.may_answer_offer(page.standing, page.entry)


def claimant(page: ClaimPage) -> Decision:
    return rules.may_claim(page.standing)


def by(rule: Callable[[EventStanding], Decision]) -> Callable[[EventPage], Decision]:
    return lambda page: rule(page.standing)

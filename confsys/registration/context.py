"""From an address of registration to what it names, with the viewer's standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, room_page
from confsys.events.standing import EventStanding
from confsys.events.states import Feature
from confsys.registration import rules
from confsys.registration.models import Attendee, Ticket
from confsys.registration.queries.attendees import by_code

registration_page = room_page(Feature.REGISTRATION)


@dataclass(frozen=True, slots=True)
class AttendeePage(EventPage):
    attendee: Attendee


@dataclass(frozen=True, slots=True)
class TicketPage(EventPage):
    ticket: Ticket


def attendee_page(viewer: Viewer, slug: str, code: str) -> AttendeePage:
    page = registration_page(viewer, slug=slug)
    found = by_code(page.event.id, code)
    if found is None:
        raise NotFound
    return AttendeePage(page.event, page.standing, found)


def ticket_page(viewer: Viewer, slug: str, code: str) -> TicketPage:
    page = registration_page(viewer, slug=slug)
    found = db.session.scalar(select(Ticket).where(Ticket.event_id == page.event.id, Ticket.code == code))
    if found is None:
        raise NotFound
    return TicketPage(page.event, page.standing, found)


def holder(page: AttendeePage) -> Decision:
    return rules.may_see_ticket(page.standing, page.attendee)


def by(rule: Callable[[EventStanding], Decision]) -> Callable[[EventPage], Decision]:
    return lambda page: rule(page.standing)

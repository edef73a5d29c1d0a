"""From an address of outreach to what it names, with the viewer's standing."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g
from werkzeug.exceptions import NotFound

from confsys.core import clock
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.outreach import rules, signed
from confsys.outreach.models import Activity, Booking, SchoolRequest, SpeakerOffer, Volunteer, VolunteerShift
from confsys.outreach.queries import activities, speakers, volunteers
from confsys.outreach.rules import ActivityStanding
from confsys.outreach.states import ShiftState


def society_zone() -> str:
    return str(current_app.extensions["settings"].zone)


@dataclass(frozen=True, slots=True)
class ActivityPage:
    viewer: Viewer
    activity: Activity
    standing: ActivityStanding
    volunteer: Volunteer | None
    shift: VolunteerShift | None


def activity_page(viewer: Viewer, activity: str) -> ActivityPage:
    found = activities.by_slug(activity)
    if found is None:
        raise NotFound
    return standing_to(viewer, found)


def standing_to(viewer: Viewer, activity: Activity) -> ActivityPage:
    """The page of an activity: at most two queries about the viewer, none for a visitor."""
    volunteer = volunteers.of_person(viewer.person_id)
    shift = volunteers.shift_of(volunteer, activity)
    standing = ActivityStanding(
        viewer, activity.state, activity.takes_bookings, activity.volunteers_wanted > 0, activity.starts_at,
        g.get("now") or clock.now(),
        helps=shift is not None and shift.state in {ShiftState.AGREED, ShiftState.REPORTED, ShiftState.APPROVED},
        volunteer=volunteer.state if volunteer else None, shift=shift.state if shift else None,
    )  # fmt: skip
    return ActivityPage(viewer, activity, standing, volunteer, shift)


@dataclass(frozen=True, slots=True)
class BookingPage:
    viewer: Viewer
    booking: Booking
    code: str


def booking_page(viewer: Viewer, code: str) -> BookingPage:
    return BookingPage(viewer, _booked(signed.BOOKING, code), code)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A party at the door, by the code on its ticket."""

    page: ActivityPage
    booking: Booking
    code: str


def ticket_page(viewer: Viewer, code: str) -> TicketPage:
    booking = _booked(signed.TICKET, code)
    return TicketPage(standing_to(viewer, booking.activity), booking, code)


def _booked(purpose: str, code: str) -> Booking:
    booking_id = signed.read(purpose, code)
    booking = activities.booking_by_id(booking_id) if booking_id is not None else None
    if booking is None:
        raise NotFound
    return booking


@dataclass(frozen=True, slots=True)
class ShiftPage:
    viewer: Viewer
    shift: VolunteerShift


def shift_page(viewer: Viewer, shift_id: int) -> ShiftPage:
    shift = volunteers.shift_by_id(shift_id)
    if shift is None:
        raise NotFound
    return ShiftPage(viewer, shift)


@dataclass(frozen=True, slots=True)
class RequestPage:
    viewer: Viewer
    request: SchoolRequest
    code: str


def request_page(viewer: Viewer, code: str) -> RequestPage:
    """The school's own page, by its signed code."""
    request_id = signed.read(signed.REQUEST, code)
    request = speakers.request_by_id(request_id) if request_id is not None else None
    if request is None:
        raise NotFound
    return RequestPage(viewer, request, code)


def request_desk(viewer: Viewer, code: str) -> RequestPage:
    """The office's page of a request, by its short code."""
    request = speakers.request_by_code(code)
    if request is None:
        raise NotFound
    return RequestPage(viewer, request, code)


@dataclass(frozen=True, slots=True)
class OfferPage:
    viewer: Viewer
    offer: SpeakerOffer

    @property
    def is_own(self) -> bool:
        return self.viewer.signed_in and self.offer.speaker.person_id == self.viewer.person_id


def offer_page(viewer: Viewer, offer_id: int) -> OfferPage:
    offer = speakers.offer_by_id(offer_id)
    if offer is None:
        raise NotFound
    return OfferPage(viewer, offer)


def office(page: ActivityPage | RequestPage | ShiftPage) -> Decision:
    return rules.may_run(page.viewer)

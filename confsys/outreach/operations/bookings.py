"""Places at an activity: taken, waited for, given back, used, and what was said afterwards.

The row of seats is locked first by whatever changes a count, so that the last place is given once. A booking is
placed when it fits; whenever places come free those who wait are tried in order, and a family that still does not
fit keeps its turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from confsys.accounts.addresses import checked
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import lock, operation
from confsys.outreach import mails
from confsys.outreach.models import Activity, Booking, Feedback, Seats
from confsys.outreach.states import BookingState

LARGEST_PARTY = 60
#: How long the names of those who came are kept.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who comes together."""

    name: str
    email: str
    adults: int
    minors: int = 0
    group_name: str = ""
    guardian_name: str = ""
    #: The day on which the guardian agreed; empty: has not.
    consented_on: date | None = None
    locale: str = "en"


def hold_seats(activity: Activity) -> Seats:
    """The seats of an activity, held until the transaction ends."""
    seats = db.session.get_one(Seats, activity.id)
    lock(seats)
    return seats


def _checked(party: Party) -> str:
    if not party.name:
        raise Invalid(name=_l("Please give a name."))
    if party.adults < 0 or party.minors < 0 or not 0 < party.adults + party.minors <= LARGEST_PARTY:
        raise Invalid(adults=_l("Please say how many come: 1 to %(most)s.", most=LARGEST_PARTY))
    if party.minors and not party.guardian_name:
        raise Invalid(guardian_name=_l("Children come with a guardian's consent: please give the guardian's name."))
    if party.minors and party.consented_on is None:
        raise Invalid(consent=_l("Please confirm that the guardian agrees."))
    return checked(party.email, "email")


@operation
def book(activity: Activity, party: Party, *, actor: Actor, at: datetime) -> Booking:
    """Take places, or a place on the waiting list when there are not enough left."""
    email = _checked(party)
    seats = hold_seats(activity)
    known = select(Booking.id).where(
        Booking.activity_id == activity.id, Booking.email == email, Booking.state != BookingState.CANCELLED
    )
    if db.session.scalar(known):
        raise Invalid(email=_l("This address has signed up already; the link is in the mail we sent."))
    size = party.adults + party.minors
    if seats.capacity is not None and size > seats.capacity:
        raise Invalid(adults=_l("There are only %(seats)s places in all.", seats=seats.capacity))
    fits = seats.free is None or size <= seats.free
    booking = Booking(
        activity_id=activity.id, state=BookingState.PLACED if fits else BookingState.WAITING,
        person_id=actor.person_id, name=party.name, email=email, group_name=party.group_name, adults=party.adults,
        minors=party.minors, guardian_name=party.guardian_name if party.minors else "",
        consented_on=party.consented_on if party.minors else None, locale=party.locale, created_at=at,
    )  # fmt: skip
    if fits:
        seats.taken += size
    # Names stay out of the story: they are forgotten later, and the story is not.
    record("outreach.book", booking, actor=actor, at=at, changes={}, title=str(activity.title), size=size)
    template = "outreach/mail/booked.txt" if fits else "outreach/mail/waiting.txt"
    mails.tell_booking(template, activity, booking, at=at)
    return booking


def fill_from_waiting(activity: Activity, seats: Seats, *, at: datetime) -> int:
    """Give free places to those who wait, first come first served; inside an operation that holds the seats."""
    if at >= activity.starts_at:
        return 0
    query = select(Booking).where(Booking.activity_id == activity.id, Booking.state == BookingState.WAITING)
    placed = 0
    for booking in db.session.scalars(query.order_by(Booking.id)):
        if seats.free is None or booking.size <= seats.free:
            booking.state = BookingState.PLACED
            seats.taken += booking.size
            placed += 1
            mails.tell_booking("outreach/mail/promoted.txt", activity, booking, at=at)
    return placed


@operation
def give_back(booking: Booking, *, actor: Actor, at: datetime) -> None:
    """The party does not come; whoever waits may."""
    activity = booking.activity
    seats = hold_seats(activity)
    lock(booking)
    if booking.state is BookingState.CANCELLED:
        return
    was_placed = booking.state is BookingState.PLACED
    booking.state = BookingState.CANCELLED
    record("outreach.give_back", booking, actor=actor, at=at, changes={}, title=str(activity.title), size=booking.size)
    if was_placed:
        seats.taken -= booking.size
        fill_from_waiting(activity, seats, at=at)


@operation
def check_in(booking: Booking, arrived: int, *, actor: Actor, at: datetime) -> None:
    """At the door. Scanning a code twice only corrects the number."""
    lock(booking)
    if booking.state is not BookingState.PLACED:
        raise Invalid(_l("This party has no place here."))
    if not 0 <= arrived <= booking.size:
        raise Invalid(arrived=_l("The party has %(size)s places.", size=booking.size))
    booking.arrived, booking.arrived_at, booking.checked_in_by_id = arrived, at, actor.person_id
    record("outreach.check_in", booking, actor=actor, at=at, changes={}, arrived=arrived)


@operation
def give_feedback(
    booking: Booking, *, rating: int, understood: int, comment: str, actor: Actor, at: datetime
) -> None:  # fmt: skip
    """What the party thought; a second answer replaces the first."""
    lock(booking)
    found = db.session.scalar(select(Feedback).where(Feedback.booking_id == booking.id))
    said = found or Feedback(booking_id=booking.id, activity_id=booking.activity_id, created_at=at)
    said.rating, said.understood, said.comment = rating, understood, comment
    record("outreach.feedback", said, actor=actor, at=at, changes={}, title=str(booking.activity.title))


@operation
def forget_names(*, actor: Actor, at: datetime) -> int:
    """Take names and addresses out of bookings of activities long over; the numbers stay."""
    query = select(Booking).join(Activity).where(Activity.ends_at < at - KEPT, Booking.forgotten_at.is_(None))
    bookings = list(db.session.scalars(query))
    for booking in bookings:
        booking.name = booking.email = booking.group_name = booking.guardian_name = ""
        booking.person_id, booking.forgotten_at = None, at
    if bookings:
        record("outreach.forget", bookings[0], actor=actor, at=at, changes={}, count=len(bookings))
    return len(bookings)

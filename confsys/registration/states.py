"""Closed sets of registration."""

import enum


class Audience(enum.StrEnum):
    """For whom a price is: everybody, or whoever is a member on the day of registering."""

    ANYONE = "anyone"
    MEMBER = "member"


class AttendeeState(enum.StrEnum):
    HELD = "held"  # a place is held while the order waits for its money
    ACTIVE = "active"
    CANCELLED = "cancelled"


#: A lapsed place may be held again: late money revives its order where a place is left.
ATTENDEE_TRANSITIONS: dict[AttendeeState, frozenset[AttendeeState]] = {
    AttendeeState.HELD: frozenset({AttendeeState.ACTIVE, AttendeeState.CANCELLED}),
    AttendeeState.ACTIVE: frozenset({AttendeeState.CANCELLED}),
    AttendeeState.CANCELLED: frozenset({AttendeeState.HELD}),
}
#: Attendees that take a place.
TAKING = (AttendeeState.HELD, AttendeeState.ACTIVE)

"""Closed sets of registration."""

import enum


class TicketKind(enum.StrEnum):
    ADMISSION = "admission"  # lets one person in
    ADDON = "addon"  # goes with somebody's admission: a dinner, a workshop, a printed volume


class Audience(enum.StrEnum):
    """For whom a price is: everybody, whoever is a member on the day of registering, whoever proves to be a student."""

    ANYONE = "anyone"
    MEMBER = "member"
    STUDENT = "student"


class AttendeeState(enum.StrEnum):
    BASKET = "basket"  # a place is held for some minutes while somebody fills in who comes
    HELD = "held"  # a place is held while the order waits for its money
    ACTIVE = "active"
    CANCELLED = "cancelled"


#: A lapsed place may be held again: late money revives its order where a place is left. A place whose student price
#: was refused waits for the difference.
ATTENDEE_TRANSITIONS: dict[AttendeeState, frozenset[AttendeeState]] = {
    AttendeeState.BASKET: frozenset({AttendeeState.HELD, AttendeeState.CANCELLED}),
    AttendeeState.HELD: frozenset({AttendeeState.ACTIVE, AttendeeState.CANCELLED}),
    AttendeeState.ACTIVE: frozenset({AttendeeState.HELD, AttendeeState.CANCELLED}),
    AttendeeState.CANCELLED: frozenset({AttendeeState.HELD}),
}
#: Places that somebody has: a basket takes one too, but only while it is young.
TAKING = (AttendeeState.HELD, AttendeeState.ACTIVE)


class BasketState(enum.StrEnum):
    OPEN = "open"
    ORDERED = "ordered"
    LEFT = "left"  # given up, or its time was over


class VoucherKind(enum.StrEnum):
    PERCENT = "percent"
    AMOUNT = "amount"
    FREE = "free"


class ProofState(enum.StrEnum):
    """Of a student's proof; the file itself is gone as soon as somebody has looked at it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # the difference to the full price is asked for
    SETTLED = "settled"  # and was paid
    STOPPED = "stopped"  # refused, and the registration ended


PROOF_TRANSITIONS: dict[ProofState, frozenset[ProofState]] = {
    ProofState.WAITING: frozenset({ProofState.ACCEPTED, ProofState.REFUSED, ProofState.STOPPED}),
    ProofState.ACCEPTED: frozenset(),
    ProofState.REFUSED: frozenset({ProofState.SETTLED, ProofState.STOPPED}),
    ProofState.SETTLED: frozenset(),
    ProofState.STOPPED: frozenset(),
}


class WaitingState(enum.StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"  # a place is held for them until the offer ends
    TAKEN = "taken"
    EXPIRED = "expired"  # the offer ended unanswered
    LEFT = "left"  # they gave up their turn


WAITING_TRANSITIONS: dict[WaitingState, frozenset[WaitingState]] = {
    WaitingState.WAITING: frozenset({WaitingState.OFFERED, WaitingState.LEFT}),
    WaitingState.OFFERED: frozenset({WaitingState.TAKEN, WaitingState.EXPIRED, WaitingState.LEFT}),
    WaitingState.TAKEN: frozenset(),
    WaitingState.EXPIRED: frozenset(),
    WaitingState.LEFT: frozenset(),
}


class BadgeFormat(enum.StrEnum):
    A6 = "a6"  # one to a page
    A7 = "a7"
    SHEET_A6 = "sheet_a6"  # four to a sheet of A4
    SHEET_A7 = "sheet_a7"  # eight to a sheet of A4

"""Who may do what with registrations."""

from __future__ import annotations

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.events.standing import EventStanding
from confsys.events.states import Feature, Role, StageKind
from confsys.registration.models import Attendee, Basket, WaitingEntry

WHO_CAN = _l("The organisers can move the dates.")


def may_register(standing: EventStanding) -> Decision:
    """While the stage is open, for whoever has an account."""
    if not standing.on(Feature.REGISTRATION):
        return HIDDEN
    if not standing.viewer.signed_in:
        return Deny(_l("Please sign in first."))
    if standing.accepts(StageKind.REGISTRATION):
        return ALLOW
    return Deny(_l("Registration is not open."), who_can=WHO_CAN)


def may_manage(standing: EventStanding) -> Decision:
    """The catalogue and the list of attendees."""
    return allow_if(standing.on(Feature.REGISTRATION) and standing.has(Role.ORGANISER, Role.TREASURER))


def may_check_in(standing: EventStanding) -> Decision:
    """At the desk: helpers too."""
    return allow_if(standing.on(Feature.REGISTRATION) and standing.has(Role.ORGANISER, Role.TREASURER, Role.HELPER))


def may_see_ticket(standing: EventStanding, attendee: Attendee) -> Decision:
    """Whoever it is for, and whoever bought it."""
    viewer = standing.viewer
    return allow_if(viewer.signed_in and viewer.person_id in (attendee.buyer_id, attendee.person_id))


def may_fill(standing: EventStanding, basket: Basket) -> Decision:
    """A basket is its buyer's alone. One begun in time may be ordered a little after the door has closed."""
    viewer = standing.viewer
    return allow_if(viewer.signed_in and basket.buyer_id == viewer.person_id)


def may_answer_offer(standing: EventStanding, entry: WaitingEntry) -> Decision:
    """Whoever waits, signed in as who they are; the link alone is not enough."""
    viewer = standing.viewer
    if not viewer.signed_in:
        return Deny(_l("Please sign in first."))
    return allow_if(entry.person_id == viewer.person_id)


def may_claim(standing: EventStanding) -> Decision:
    """Whoever holds the signed link, with an account to keep the place in."""
    return ALLOW if standing.viewer.signed_in else Deny(_l("Please sign in first."))

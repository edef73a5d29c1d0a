"""Who may do what in outreach. Nothing here asks the database or the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from confsys.core.decisions import ALLOW, HIDDEN, Decision, Deny, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.outreach.states import ActivityState, BookingState, OfferState, RequestState, ShiftState, VolunteerState

OFFICE = _l("The outreach office can help.")


def is_office(viewer: Viewer) -> bool:
    """The outreach office; the administrator can stand in for it."""
    return viewer.is_admin or (viewer.complete and "outreach" in viewer.site_roles)


def may_run(viewer: Viewer) -> Decision:
    """Every page of the office."""
    return allow_if(is_office(viewer))


@dataclass(frozen=True, slots=True)
class ActivityStanding:
    """What a viewer is to an activity. ``helps``: their help there was agreed. ``volunteer``: their own state."""

    viewer: Viewer
    state: ActivityState
    takes_bookings: bool
    wants_volunteers: bool
    starts_at: datetime
    at: datetime
    helps: bool = False
    volunteer: VolunteerState | None = None
    shift: ShiftState | None = None


def may_see_activity(standing: ActivityStanding) -> Decision:
    return allow_if(standing.state is not ActivityState.DRAFT or is_office(standing.viewer))


def may_book(standing: ActivityStanding) -> Decision:
    """Sign up, with or without an account, until it begins."""
    if not may_see_activity(standing):
        return HIDDEN
    if not standing.takes_bookings:
        return Deny(_l("This activity is for a closed group: nobody signs up here."), who_can=OFFICE)
    if standing.state is ActivityState.CANCELLED:
        return Deny(_l("This activity was cancelled."), who_can=OFFICE)
    if standing.state is not ActivityState.PUBLIC or standing.at >= standing.starts_at:
        return Deny(_l("Sign-up is closed: the activity has begun."), who_can=OFFICE)
    return ALLOW


def may_offer_help(standing: ActivityStanding) -> Decision:
    """Volunteers on the roster offer help before it begins, once for each activity."""
    if not standing.viewer.signed_in or standing.volunteer is not VolunteerState.ACTIVE:
        return HIDDEN
    if standing.state is not ActivityState.PUBLIC or not standing.wants_volunteers or standing.at >= standing.starts_at:
        return Deny(_l("No more help is needed for this activity."), who_can=OFFICE)
    if standing.shift not in {None, ShiftState.WITHDRAWN}:
        return Deny(_l("You have offered your help already."))
    return ALLOW


def may_check_in(standing: ActivityStanding) -> Decision:
    """At the door: the office, and volunteers whose help there was agreed."""
    return allow_if(is_office(standing.viewer) or standing.helps)


def may_cancel_booking(state: BookingState, starts_at: datetime, at: datetime) -> Decision:
    """Whoever holds the booking's link gives the places back, until it begins."""
    if state is BookingState.CANCELLED:
        return Deny(_l("These places were given back already."))
    if at >= starts_at:
        return Deny(_l("The activity has begun."), who_can=OFFICE)
    return ALLOW


def may_give_feedback(booking: BookingState, activity: ActivityState, starts_at: datetime, at: datetime) -> Decision:
    """Those who had a place, once it has begun."""
    if booking is not BookingState.PLACED or activity is ActivityState.CANCELLED:
        return HIDDEN
    return allow_if(at >= starts_at, Deny(_l("You can tell us how it was as soon as it has begun.")))


def may_report_hours(state: ShiftState, starts_at: datetime, at: datetime) -> Decision:
    if state not in {ShiftState.AGREED, ShiftState.REPORTED}:
        return Deny(_l("Hours can be reported for help that was agreed."), who_can=OFFICE)
    return allow_if(at >= starts_at, Deny(_l("Hours can be reported as soon as the activity has begun.")))


def may_answer_offer(is_own: bool, state: OfferState, request: RequestState) -> Decision:
    """The speaker who was asked, while the question stands."""
    if not is_own:
        return HIDDEN
    if state is not OfferState.ASKED or request is not RequestState.ASKED:
        return Deny(_l("This question has been answered."), who_can=OFFICE)
    return ALLOW

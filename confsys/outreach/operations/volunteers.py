"""The roster, help at activities, and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import lock, operation
from confsys.outreach.models import Activity, Volunteer, VolunteerShift
from confsys.outreach.states import SHIFT_TRANSITIONS, ShiftState, VolunteerState

#: Setting up and clearing away: what may be reported beyond the length of the activity.
AROUND = 120


@operation
def join_roster(
    person_id: int, *, skills: Sequence[str], cities: Sequence[str], about: str, actor: Actor, at: datetime
) -> Volunteer:
    """Ask to be a volunteer, or change what one offers."""
    if not cities:
        raise Invalid(cities=_l("Please name at least one city where you can help."))
    volunteer = db.session.scalar(select(Volunteer).where(Volunteer.person_id == person_id))
    if volunteer is None:
        volunteer = Volunteer(person_id=person_id, joined_at=at)
    volunteer.skills, volunteer.cities, volunteer.about = list(skills), list(cities), about
    record("outreach.volunteer_joined", volunteer, actor=actor, at=at)
    return volunteer


@operation
def set_volunteer(volunteer: Volunteer, state: VolunteerState, *, actor: Actor, at: datetime) -> None:
    """The office takes somebody on, or lets them rest."""
    if state is VolunteerState.APPLIED:
        raise Invalid(_l("Nobody is put back to asking."))
    volunteer.state = state
    record("outreach.volunteer_state", volunteer, actor=actor, at=at, state=state)


def _move(shift: VolunteerShift, state: ShiftState) -> None:
    if state not in SHIFT_TRANSITIONS[shift.state]:
        raise Invalid(_l("This has been settled already."))
    shift.state = state


@operation
def offer_help(volunteer: Volunteer, activity: Activity, *, actor: Actor, at: datetime) -> VolunteerShift:
    """A volunteer would help at an activity; the office agrees or not."""
    found = db.session.scalar(
        select(VolunteerShift).where(
            VolunteerShift.volunteer_id == volunteer.id, VolunteerShift.activity_id == activity.id
        )
    )
    if found is None:
        found = VolunteerShift(
            volunteer_id=volunteer.id, activity_id=activity.id, state=ShiftState.OFFERED, created_at=at
        )
    else:
        _move(found, ShiftState.OFFERED)
    record("outreach.help_offered", found, actor=actor, at=at, changes={}, title=str(activity.title))
    return found


@operation
def answer_help(shift: VolunteerShift, *, agreed: bool, actor: Actor, at: datetime) -> None:
    lock(shift)
    _move(shift, ShiftState.AGREED if agreed else ShiftState.DECLINED)
    record("outreach.help_answered", shift, actor=actor, at=at, title=str(shift.activity.title))


@operation
def withdraw_help(shift: VolunteerShift, *, actor: Actor, at: datetime) -> None:
    lock(shift)
    _move(shift, ShiftState.WITHDRAWN)
    record("outreach.help_withdrawn", shift, actor=actor, at=at, title=str(shift.activity.title))


@operation
def report_hours(shift: VolunteerShift, minutes: int, task: str, *, actor: Actor, at: datetime) -> None:
    """The volunteer says how long they helped: no longer than the activity with a while around it."""
    lock(shift)
    activity = shift.activity
    most = min(1440, int((activity.ends_at - activity.starts_at).total_seconds()) // 60 + AROUND)
    if not 0 < minutes <= most:
        raise Invalid(hours=_l("The activity allows at most %(hours)s hours.", hours=round(most / 60, 1)))
    if shift.state is not ShiftState.REPORTED:
        _move(shift, ShiftState.REPORTED)
    shift.minutes, shift.task = minutes, task
    record("outreach.hours_reported", shift, actor=actor, at=at, title=str(activity.title))


@operation
def approve_hours(shifts: Sequence[VolunteerShift], *, actor: Actor, at: datetime) -> int:
    """The office confirms what volunteers reported; nobody confirms their own hours."""
    done = 0
    for shift in shifts:
        lock(shift)
        if shift.state is not ShiftState.REPORTED:
            continue
        if shift.volunteer.person_id == actor.person_id:
            raise Invalid(_l("Nobody approves their own hours. Ask a colleague of the office."))
        _move(shift, ShiftState.APPROVED)
        shift.approved_at, shift.approved_by_id = at, actor.person_id
        record("outreach.hours_approved", shift, actor=actor, at=at, title=str(shift.activity.title))
        done += 1
    return done

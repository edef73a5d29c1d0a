"""Activities: planned, announced, held or cancelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.localized import LocalizedText
from confsys.core.names import pinyin_of
from confsys.core.operation import expect_version, operation
from confsys.events.states import Mode
from confsys.outreach import mails
from confsys.outreach.models import Activity, ActivityExpert, Booking, Seats
from confsys.outreach.operations.bookings import fill_from_waiting, hold_seats
from confsys.outreach.states import ACTIVITY_TRANSITIONS, ActivityKind, ActivityState, BookingState, ThemeDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the office writes down before an activity."""

    kind: ActivityKind
    title: LocalizedText
    starts_at: datetime
    ends_at: datetime
    theme_day: ThemeDay | None = None
    target_groups: tuple[str, ...] = ()
    mode: Mode = Mode.IN_PERSON
    summary: LocalizedText = LocalizedText()
    description: LocalizedText = LocalizedText()
    city: LocalizedText = LocalizedText()
    place: LocalizedText = LocalizedText()
    meeting_url: str = ""
    hosts: LocalizedText = LocalizedText()
    takes_bookings: bool = True
    volunteers_wanted: int = 0
    planned_headcount: int | None = None
    checked_by: str = ""
    capacity: int | None = None
    experts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of it afterwards."""

    actual_headcount: int
    online_views: int | None = None
    cost_minor: int = 0
    report: LocalizedText = LocalizedText()


def _checked(plan: Plan) -> None:
    if not plan.title:
        raise Invalid(title=_l("Please give the title in at least one language."))
    if plan.starts_at >= plan.ends_at:
        raise Invalid(ends_at=_l("It must end after it has begun."))
    if not plan.target_groups:
        raise Invalid(target_groups=_l("Please choose for whom it is."))


@operation
def plan_activity(
    plan: Plan, *, person_ids: Sequence[int] = (), submission_id: int | None = None, actor: Actor, at: datetime
) -> Activity:
    """Write a new activity down. Nobody sees it until it is announced. ``person_ids``: experts with an account."""
    _checked(plan)
    values = asdict(plan)
    names, capacity = values.pop("experts"), values.pop("capacity")
    for name in ("title", "summary", "description", "city", "place", "hosts"):
        values[name] = getattr(plan, name)
    values["target_groups"] = list(plan.target_groups)
    made = Activity(
        **values, slug=_free_slug(plan), state=ActivityState.DRAFT, submission_id=submission_id, created_at=at,
        created_by_id=actor.person_id, cost_minor=0,
    )  # fmt: skip
    made.seats = Seats(capacity=capacity, taken=0)
    made.experts = [ActivityExpert(person_id=person_id, position=n) for n, person_id in enumerate(person_ids)]
    made.experts += [ActivityExpert(name=name, position=len(person_ids) + n) for n, name in enumerate(names)]
    record("outreach.plan", made, actor=actor, at=at, changes={}, title=str(plan.title))
    return made


def _free_slug(plan: Plan) -> str:
    """An address a person can read: the English title, else pinyin; a few characters more when it is taken."""
    words = plan.title.en or pinyin_of(plan.title.zh)
    stem = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:48] or "activity"
    taken = db.session.scalar(select(Activity.id).where(Activity.slug == stem))
    return f"{stem}-{new_code(5).lower()}" if taken or stem in {"calendar", "new"} else stem


@operation
def change_activity(activity: Activity, plan: Plan, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Change the plan. More places go to those who wait; never fewer than are taken."""
    expect_version(activity, version)
    _checked(plan)
    for name in Plan.__dataclass_fields__:
        if name not in {"experts", "capacity", "target_groups"}:
            setattr(activity, name, getattr(plan, name))
    activity.target_groups = list(plan.target_groups)
    seats = hold_seats(activity)
    if plan.capacity is not None and plan.capacity < seats.taken:
        raise Invalid(capacity=_l("%(taken)s places are taken already.", taken=seats.taken))
    seats.capacity = plan.capacity
    kept = [expert for expert in activity.experts if expert.person_id is not None]
    activity.experts = kept + [ActivityExpert(name=name, position=len(kept) + n) for n, name in enumerate(plan.experts)]
    record("outreach.change", activity, actor=actor, at=at, title=str(activity.title))
    if activity.state is ActivityState.PUBLIC:
        fill_from_waiting(activity, seats, at=at)


def _move(activity: Activity, state: ActivityState) -> None:
    if state not in ACTIVITY_TRANSITIONS[activity.state]:
        raise Invalid(_l("This activity cannot be moved to that state any more."))
    activity.state = state


@operation
def announce(activity: Activity, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Show it to the public. Somebody must have looked at its content first."""
    expect_version(activity, version)
    if not activity.checked_by:
        raise Invalid(_l("Please write down who checked the content before the public sees it."))
    _move(activity, ActivityState.PUBLIC)
    record("outreach.announce", activity, actor=actor, at=at, title=str(activity.title))


@operation
def call_off(activity: Activity, *, version: int | None, actor: Actor, at: datetime) -> int:
    """Cancel it and tell everybody who has a place or waits for one. Returns how many were told."""
    expect_version(activity, version)
    _move(activity, ActivityState.CANCELLED)
    record("outreach.call_off", activity, actor=actor, at=at, title=str(activity.title))
    query = select(Booking).where(Booking.activity_id == activity.id, Booking.state != BookingState.CANCELLED)
    bookings = list(db.session.scalars(query.order_by(Booking.id)))
    for booking in bookings:
        mails.tell_booking("outreach/mail/called_off.txt", activity, booking, at=at)
    return len(bookings)


@operation
def report_outcome(
    activity: Activity, outcome: Outcome, *, version: int | None, actor: Actor, at: datetime
) -> None:  # fmt: skip
    """Write down how it was; afterwards it counts in the figures of the year."""
    expect_version(activity, version)
    if at < activity.starts_at:
        raise Invalid(_l("It has not begun yet."))
    if activity.state is not ActivityState.HELD:
        _move(activity, ActivityState.HELD)
    activity.actual_headcount, activity.online_views = outcome.actual_headcount, outcome.online_views
    activity.cost_minor, activity.report = outcome.cost_minor, outcome.report
    record("outreach.held", activity, actor=actor, at=at, title=str(activity.title))

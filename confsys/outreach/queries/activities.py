"""Activities: for the public, for those who have a place, and for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.viewer import Viewer
from confsys.outreach.models import Activity, Booking, Feedback, Seats
from confsys.outreach.rules import is_office
from confsys.outreach.states import ActivityState, BookingState
from confsys.outreach.words import ACTIVITY_STATES, GROUPS, KINDS, THEME_DAYS

SHOWN = (ActivityState.PUBLIC, ActivityState.HELD, ActivityState.CANCELLED)


def visible_to(viewer: Viewer) -> Select[Activity]:
    """Activities this viewer may know of."""
    query = select(Activity)
    return query if is_office(viewer) else query.where(Activity.state.in_(SHOWN))


def coming(at: datetime, *, group: str = "", limit: int = 60) -> list[Activity]:
    """What the public calendar announces, soonest first; what was called off says so until its day."""
    announced = Activity.state.in_([ActivityState.PUBLIC, ActivityState.CANCELLED])
    query = select(Activity).where(announced, Activity.ends_at >= at).order_by(Activity.starts_at, Activity.id)
    if group:
        query = query.where(_for_group(group))
    return list(db.session.scalars(query.limit(limit)))


def past(at: datetime, limit: int = 12) -> list[Activity]:
    query = select(Activity).where(Activity.state.in_([ActivityState.PUBLIC, ActivityState.HELD]))
    query = query.where(Activity.ends_at < at).order_by(Activity.starts_at.desc(), Activity.id)
    return list(db.session.scalars(query.limit(limit)))


def between(first: datetime, last: datetime) -> list[Activity]:
    """Everything the public may see in a span of time, for the month's picture and the calendar file."""
    query = select(Activity).where(Activity.state.in_(SHOWN), Activity.starts_at >= first, Activity.starts_at < last)
    return list(db.session.scalars(query.order_by(Activity.starts_at, Activity.id)))


def by_slug(slug: str) -> Activity | None:
    return db.session.scalar(select(Activity).where(Activity.slug == slug).options(selectinload(Activity.experts)))


def of_papers(paper_ids: Sequence[int]) -> dict[int, Activity]:
    """The talk to the public about each paper, where there is one that was not called off; one query."""
    query = select(Activity).where(Activity.submission_id.in_(paper_ids), Activity.state != ActivityState.CANCELLED)
    rows = db.session.scalars(query.order_by(Activity.id)) if paper_ids else ()
    return {row.submission_id: row for row in rows if row.submission_id is not None}


def proposed_from_papers() -> list[Activity]:
    """Drafts that authors proposed and the office has not announced yet."""
    query = select(Activity).where(Activity.submission_id.is_not(None), Activity.state == ActivityState.DRAFT)
    return list(db.session.scalars(query.order_by(Activity.id)))


def expert_names(activity: Activity) -> list[PersonName | str]:
    """Who speaks: people with an account by their own name."""
    ids = [expert.person_id for expert in activity.experts if expert.person_id is not None]
    people = {person.id: person.name for person in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [people[e.person_id] if e.person_id is not None else e.name for e in activity.experts]


def _for_group(value: str) -> Any:
    """JSON lists are searched as text, alike on both databases: the values hold no quotation marks."""
    return cast(Activity.target_groups, String).like(f'%"{value}"%')


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity on the office's list."""

    slug: str
    title: LocalizedText
    kind: Lazy
    state: ActivityState
    starts_at: datetime
    city: LocalizedText
    capacity: int | None
    taken: int
    planned: int | None
    actual: int | None
    groups: Sequence[Lazy]

    @property
    def word(self) -> Lazy:
        return ACTIVITY_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return ACTIVITY_STATES[self.state][1]


def _rows(found: Sequence[Any]) -> list[ActivityRow]:
    return [
        ActivityRow(
            a.slug, a.title, KINDS[a.kind], a.state, a.starts_at, a.city, a.seats.capacity, a.seats.taken,
            a.planned_headcount, a.actual_headcount, [GROUPS[g] for g in GROUPS if g.value in a.target_groups],
        )
        for (a, *_rest) in found
    ]  # fmt: skip


def _search(query: AnySelect, text: str) -> AnySelect:
    pattern = like(text)
    columns = (Activity.title, Activity.city, Activity.place, Activity.hosts)
    return query.where(or_(*(cast(column, String).ilike(pattern, escape="\\") for column in columns)))


office_list: Listing[ActivityRow] = Listing(
    name="outreach",
    columns=[
        Column("title", _l("Activity"), lambda r: str(r.title)),
        Column("starts_at", _l("Begins"), lambda r: r.starts_at, Activity.starts_at, "date"),
        Column("kind", _l("Type of activity"), lambda r: str(r.kind), Activity.kind),
        Column("groups", _l("For whom"), lambda r: ", ".join(str(g) for g in r.groups)),
        Column("city", _l("City"), lambda r: str(r.city)),
        Column("taken", _l("Places taken"), lambda r: r.taken, Seats.taken, "number"),
        Column("actual", _l("Came"), lambda r: r.actual, Activity.actual_headcount, "number"),
        Column("planned", _l("Expected"), lambda r: r.planned, Activity.planned_headcount, "number", export_only=True),
        Column("state", _l("State"), lambda r: str(r.word), Activity.state, "state"),
    ],
    view=_rows,
    search=_search,
    filters=[
        Filter(
            "state", _l("State"), lambda: [(s.value, words[0]) for s, words in ACTIVITY_STATES.items()],
            lambda query, value: query.where(Activity.state.in_([value])),
        ),
        Filter(
            "kind", _l("Type of activity"), lambda: [(kind.value, word) for kind, word in KINDS.items()],
            lambda query, value: query.where(Activity.kind.in_([value])),
        ),
        Filter(
            "group", _l("For whom"), lambda: [(group.value, word) for group, word in GROUPS.items()],
            lambda query, value: query.where(_for_group(value)),
        ),
        Filter(
            "theme", _l("Theme"), lambda: [(day.value, word) for day, word in THEME_DAYS.items()],
            lambda query, value: query.where(Activity.theme_day.in_([value])),
        ),
    ],
    default_sort="-starts_at",
    tie_break=[Activity.id],
)  # fmt: skip


def for_office(viewer: Viewer, first: datetime | None = None, last: datetime | None = None) -> AnySelect:
    """All activities with their seats, for the office; nobody else gets a row. The span limits their beginning."""
    query = select(Activity, Seats).join(Seats, Seats.activity_id == Activity.id)
    if not is_office(viewer):
        query = query.where(Activity.id.is_(None))
    if first is not None and last is not None:
        query = query.where(Activity.starts_at >= first, Activity.starts_at < last)
    return query


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One party on the list at the door. Who bears a guardian's consent is seen; nothing more is known of a child."""

    id: int
    name: str
    email: str
    group_name: str
    adults: int
    minors: int
    guardian_name: str
    consented_on: date | None
    state: BookingState
    arrived: int | None
    created_at: datetime


def bookings_of(activity: Activity) -> list[BookingRow]:
    query = select(Booking).where(Booking.activity_id == activity.id)
    return [
        BookingRow(
            b.id, b.name, b.email, b.group_name, b.adults, b.minors, b.guardian_name, b.consented_on, b.state,
            b.arrived, b.created_at,
        )
        for b in db.session.scalars(query.order_by(Booking.state, Booking.id))
    ]  # fmt: skip


def arrived_at(activity: Activity) -> int:
    query = select(func.coalesce(func.sum(Booking.arrived), 0)).where(Booking.activity_id == activity.id)
    return db.session.scalar(query) or 0


def booking_by_id(booking_id: int) -> Booking | None:
    query = select(Booking).where(Booking.id == booking_id, Booking.forgotten_at.is_(None))
    return db.session.scalar(query.options(selectinload(Booking.activity)))


def feedback_of_booking(booking_id: int) -> Feedback | None:
    return db.session.scalar(select(Feedback).where(Feedback.booking_id == booking_id))


@dataclass(frozen=True, slots=True)
class Said:
    """What the parties said, summed. ``spread``: how many gave 1 to 5. ``comments`` come without names."""

    count: int
    rating: float | None
    understood: float | None
    spread: tuple[int, ...]
    comments: tuple[str, ...]


def said_of(activity: Activity) -> Said:
    rows = list(db.session.scalars(select(Feedback).where(Feedback.activity_id == activity.id).order_by(Feedback.id)))
    n = len(rows)
    return Said(
        n,
        sum(row.rating for row in rows) / n if n else None,
        sum(row.understood for row in rows) / n if n else None,
        tuple(sum(row.rating == value for row in rows) for value in range(1, 6)),
        tuple(sorted(row.comment for row in rows if row.comment)),
    )

"""The roster, and who helped how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.names import PersonName
from confsys.core.viewer import Viewer
from confsys.outreach.models import Activity, Volunteer, VolunteerCertificate, VolunteerShift
from confsys.outreach.rules import is_office
from confsys.outreach.states import ShiftState, VolunteerState
from confsys.outreach.words import VOLUNTEER_STATES

MINUTES: Any = (
    select(func.coalesce(func.sum(VolunteerShift.minutes), 0))
    .where(VolunteerShift.volunteer_id == Volunteer.id, VolunteerShift.state == ShiftState.APPROVED)
    .correlate(Volunteer)
    .scalar_subquery()
)


def of_person(person_id: int | None) -> Volunteer | None:
    if person_id is None:
        return None
    return db.session.scalar(select(Volunteer).where(Volunteer.person_id == person_id))


def by_id(volunteer_id: int) -> Volunteer | None:
    return db.session.get(Volunteer, volunteer_id, options=[joinedload(Volunteer.person)])


def shifts_of(volunteer: Volunteer) -> list[VolunteerShift]:
    query = select(VolunteerShift).where(VolunteerShift.volunteer_id == volunteer.id)
    query = query.options(joinedload(VolunteerShift.activity)).order_by(VolunteerShift.id.desc())
    return list(db.session.scalars(query))


def shift_of(volunteer: Volunteer | None, activity: Activity) -> VolunteerShift | None:
    if volunteer is None:
        return None
    return db.session.scalar(
        select(VolunteerShift).where(
            VolunteerShift.volunteer_id == volunteer.id, VolunteerShift.activity_id == activity.id
        )
    )


def shift_by_id(shift_id: int) -> VolunteerShift | None:
    loading = joinedload(VolunteerShift.volunteer).joinedload(Volunteer.person), joinedload(VolunteerShift.activity)
    return db.session.scalar(select(VolunteerShift).where(VolunteerShift.id == shift_id).options(*loading))


def shifts_at(activity: Activity) -> list[VolunteerShift]:
    """Everybody who offered help at an activity, for the office."""
    query = select(VolunteerShift).where(VolunteerShift.activity_id == activity.id).order_by(VolunteerShift.id)
    return list(db.session.scalars(query.options(joinedload(VolunteerShift.volunteer).joinedload(Volunteer.person))))


def reported(viewer: Viewer) -> list[VolunteerShift]:
    """Hours that wait for the office."""
    if not is_office(viewer):
        return []
    query = select(VolunteerShift).where(VolunteerShift.state == ShiftState.REPORTED).order_by(VolunteerShift.id)
    loading = joinedload(VolunteerShift.volunteer).joinedload(Volunteer.person), joinedload(VolunteerShift.activity)
    return list(db.session.scalars(query.options(*loading)))


def minutes_of(volunteer: Volunteer, first: datetime | None = None, last: datetime | None = None) -> int:
    """Approved minutes, of a span when it is given."""
    query = select(func.coalesce(func.sum(VolunteerShift.minutes), 0)).where(
        VolunteerShift.volunteer_id == volunteer.id, VolunteerShift.state == ShiftState.APPROVED
    )
    if first is not None and last is not None:
        query = query.join(Activity).where(Activity.starts_at >= first, Activity.starts_at < last)
    return db.session.scalar(query) or 0


def certificates_of(volunteer: Volunteer) -> list[VolunteerCertificate]:
    """The newest first."""
    query = select(VolunteerCertificate).where(VolunteerCertificate.volunteer_id == volunteer.id)
    return list(db.session.scalars(query.order_by(VolunteerCertificate.id.desc())))


def certificate(number: str) -> VolunteerCertificate | None:
    return db.session.scalar(select(VolunteerCertificate).where(VolunteerCertificate.number == number))


def certificate_by_code(code: str) -> VolunteerCertificate | None:
    return db.session.scalar(select(VolunteerCertificate).where(VolunteerCertificate.code == code.strip().upper()))


def hours(minutes: int) -> float:
    return round(minutes / 60, 2)


@dataclass(frozen=True, slots=True)
class RosterRow:
    id: int
    name: PersonName
    state: VolunteerState
    skills: Sequence[str]
    cities: Sequence[str]
    hours: float
    joined_at: datetime

    @property
    def word(self) -> Lazy:
        return VOLUNTEER_STATES[self.state][0]

    @property
    def tone(self) -> str:
        return VOLUNTEER_STATES[self.state][1]


def _rows(found: Sequence[Any]) -> list[RosterRow]:
    return [
        RosterRow(v.id, p.name, v.state, tuple(v.skills), tuple(v.cities), hours(minutes), v.joined_at)
        for v, p, minutes in found
    ]


def _search(query: AnySelect, text: str) -> AnySelect:
    pattern = like(text)
    texts = (cast(Volunteer.skills, String), cast(Volunteer.cities, String), Person.native, Person.family, Person.given)
    return query.where(or_(*(column.ilike(pattern, escape="\\") for column in texts)))


roster: Listing[RosterRow] = Listing(
    name="volunteers",
    columns=[
        Column("name", _l("Volunteer"), lambda r: r.name.both, Person.sort_key),
        Column("skills", _l("Can do"), lambda r: ", ".join(r.skills)),
        Column("cities", _l("Cities"), lambda r: ", ".join(r.cities)),
        Column("hours", _l("Hours"), lambda r: r.hours, MINUTES, "number"),
        Column("joined_at", _l("Since"), lambda r: r.joined_at, Volunteer.joined_at, "date"),
        Column("state", _l("State"), lambda r: str(r.word), Volunteer.state, "state"),
    ],
    view=_rows,
    search=_search,
    filters=[
        Filter(
            "state", _l("State"), lambda: [(state.value, words[0]) for state, words in VOLUNTEER_STATES.items()],
            lambda query, value: query.where(Volunteer.state.in_([value])),
        )
    ],
    default_sort="name",
    tie_break=[Volunteer.id],
)  # fmt: skip


def for_office(viewer: Viewer) -> AnySelect:
    query: AnySelect = select(Volunteer, Person, MINUTES).join(Person, Person.id == Volunteer.person_id)
    return query if is_office(viewer) else query.where(Volunteer.id.is_(None))

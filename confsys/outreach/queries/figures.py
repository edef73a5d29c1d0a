"""What outreach did in a span of time: for the office's page and for the yearly report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.outreach.models import Activity, Feedback, VolunteerShift
from confsys.outreach.states import ActivityState, ShiftState, TargetGroup


def _held(first: datetime, last: datetime) -> tuple[Any, ...]:
    """Activities that began in the span and were held."""
    return Activity.starts_at >= first, Activity.starts_at < last, Activity.state == ActivityState.HELD


def held_in(first: datetime, last: datetime) -> list[Activity]:
    query = select(Activity).where(*_held(first, last)).order_by(Activity.starts_at, Activity.id)
    return list(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class Help:
    """A volunteer's approved help in the span, without their name."""

    activities: int
    minutes: int

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 2)


def helped_in(first: datetime, last: datetime) -> list[Help]:
    minutes = func.sum(VolunteerShift.minutes)
    query = (
        select(func.count(VolunteerShift.id), minutes)
        .join(Activity, Activity.id == VolunteerShift.activity_id)
        .where(*_held(first, last), VolunteerShift.state == ShiftState.APPROVED)
        .group_by(VolunteerShift.volunteer_id)
        .order_by(minutes.desc(), VolunteerShift.volunteer_id)
    )
    return [Help(count, sum_ or 0) for count, sum_ in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Opinion:
    activity: LocalizedText
    rating: int


def ratings_in(first: datetime, last: datetime) -> list[Opinion]:
    """What visitors said in stars, without their names and words."""
    query = select(Activity.title, Feedback.rating).join(Activity, Activity.id == Feedback.activity_id)
    rows = db.session.execute(query.where(*_held(first, last)).order_by(Activity.starts_at, Activity.id, Feedback.id))
    return [Opinion(title, rating) for title, rating in rows]


@dataclass(frozen=True, slots=True)
class Year:
    """``by_group`` counts people once for each group an activity is for: its sum may exceed ``reached``."""

    held: int
    reached: int
    minutes: int
    by_group: dict[TargetGroup, int]


def of_span(first: datetime, last: datetime) -> Year:
    """The office's numbers at a glance: two queries, whatever the number."""
    rows = held_in(first, last)
    return Year(
        held=len(rows),
        reached=sum(row.actual_headcount or 0 for row in rows),
        minutes=sum(one.minutes for one in helped_in(first, last)),
        by_group=by_group(rows),
    )


def by_group(rows: list[Activity]) -> dict[TargetGroup, int]:
    """People reached; an activity for several groups counts for each of them."""
    return {
        group: sum(row.actual_headcount or 0 for row in rows if group.value in row.target_groups)
        for group in TargetGroup
    }

"""Numbers of a year of outreach, each from the activities that were held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.outreach.models import Activity, Feedback, VolunteerShift
from confsys.outreach.states import ActivityKind, ActivityState, ShiftState, TargetGroup


@dataclass(frozen=True, slots=True)
class Year:
    """``by_group`` counts people once for each group an activity is for: its sum may exceed ``reached``."""

    held: int
    reached: int
    views: int
    cost_minor: int
    minutes: int
    volunteers: int
    rating: float | None
    by_group: dict[TargetGroup, int]
    by_kind: dict[ActivityKind, int]
    by_month: tuple[int, ...]


def of_span(first: datetime, last: datetime) -> Year:
    """Figures of activities that began in the span and were held: three queries, whatever the number."""
    span = (Activity.starts_at >= first, Activity.starts_at < last, Activity.state == ActivityState.HELD)
    rows = list(db.session.scalars(select(Activity).where(*span)))
    shifts = (
        select(func.coalesce(func.sum(VolunteerShift.minutes), 0), func.count(VolunteerShift.volunteer_id.distinct()))
        .join(Activity, Activity.id == VolunteerShift.activity_id)
        .where(*span, VolunteerShift.state == ShiftState.APPROVED)
    )
    minutes, volunteers = db.session.execute(shifts).one()
    rating = db.session.scalar(
        select(func.avg(Feedback.rating)).join(Activity, Activity.id == Feedback.activity_id).where(*span)
    )
    months = [0] * 12
    for row in rows:
        months[row.starts_at.astimezone(first.tzinfo).month - 1] += row.actual_headcount or 0
    return Year(
        held=len(rows),
        reached=sum(row.actual_headcount or 0 for row in rows),
        views=sum(row.online_views or 0 for row in rows),
        cost_minor=sum(row.cost_minor for row in rows),
        minutes=minutes or 0,
        volunteers=volunteers,
        rating=None if rating is None else float(rating),
        by_group={
            group: sum(row.actual_headcount or 0 for row in rows if group.value in row.target_groups)
            for group in TargetGroup
        },
        by_kind={kind: sum(row.kind is kind for row in rows) for kind in ActivityKind},
        by_month=tuple(months),
    )

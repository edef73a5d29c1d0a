"""Things of outreach to test with, in a committed state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core import clock
from confsys.core.localized import LocalizedText
from confsys.outreach.models import Activity, ActivityExpert, PublicSpeaker, SchoolRequest, Seats, Volunteer
from confsys.outreach.states import ActivityKind, ActivityState, RequestState, TargetGroup, VolunteerState
from tests import factories


def office() -> Person:
    someone = factories.person()
    someone.roles.append(SiteRoleGrant(role=SiteRole.OUTREACH))
    return factories.saved(someone)


def activity(
    slug: str = "stars", *, days: int = 7, capacity: int | None = 10, state: ActivityState = ActivityState.PUBLIC,
    experts: tuple[int, ...] = (), **columns: Any,
) -> Activity:  # fmt: skip
    begins = clock.now() + timedelta(days=days)
    values: dict[str, Any] = {
        "slug": slug, "state": state, "kind": ActivityKind.LECTURE, "title": LocalizedText("Stars", "星星"),
        "target_groups": ["youth"], "starts_at": begins, "ends_at": begins + timedelta(hours=2),
        "checked_by": "Gu", "created_at": clock.now(), "volunteers_wanted": 2,
    }  # fmt: skip
    made = Activity(**{**values, **columns})
    made.seats = Seats(capacity=capacity, taken=0)
    made.experts = [ActivityExpert(person_id=person_id) for person_id in experts]
    return factories.saved(made)


def volunteer(state: VolunteerState = VolunteerState.ACTIVE) -> Volunteer:
    someone = factories.person()
    return factories.saved(
        Volunteer(person_id=someone.id, state=state, cities=["Hangzhou"], skills=[], joined_at=clock.now())
    )


def speaker(*topics: str, cities: tuple[str, ...] = ("Hangzhou",), **columns: Any) -> PublicSpeaker:
    someone = factories.person()
    values: dict[str, Any] = {"topics": list(topics), "cities": list(cities), "joined_at": clock.now(), "per_year": 4}
    return factories.saved(PublicSpeaker(person_id=someone.id, **{**values, **columns}))


def request(**columns: Any) -> SchoolRequest:
    day = clock.now().date()
    values: dict[str, Any] = {
        "code": "REQ23456", "state": RequestState.OPEN, "school": "Hill School", "contact": "Ms Lu",
        "email": "school@example.org", "city": "Hangzhou", "group": TargetGroup.YOUTH, "headcount": 40,
        "topic": "privacy and you", "first_day": day + timedelta(days=5), "last_day": day + timedelta(days=15),
        "created_at": clock.now(),
    }  # fmt: skip
    return factories.saved(SchoolRequest(**{**values, **columns}))

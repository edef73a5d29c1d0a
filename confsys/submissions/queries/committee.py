"""The committee as authors may know it, to pick conflicts from."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.events.models import RoleGrant
from confsys.events.states import GrantState
from confsys.submissions.operations.conflicts import COMMITTEE


def pickable(event_id: int) -> list[str]:
    """Names of the members shown on the committees page, each once, by name."""
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.event_id == event_id,
            RoleGrant.role.in_(COMMITTEE),
            RoleGrant.state == GrantState.ACTIVE,
            RoleGrant.shown,
        )
        .order_by(Person.sort_key, Person.id)
    )
    return list(Counter(person.name.both for person in db.session.scalars(query)))

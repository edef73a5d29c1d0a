"""Members to test with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.members.models import Due, Member, Tier
from confsys.members.operations.dues import open_due, settle
from confsys.members.queries.membership import member_of
from confsys.members.states import DueKind
from tests import factories


def tier(key: str = "ordinary", letter: str = "M", **columns: Any) -> Tier:
    values: dict[str, Any] = {"name": LocalizedText(key.title(), "会员"), "dues_minor": 200_00}
    return factories.saved(Tier(key=key, letter=letter, **{**values, **columns}))


def due(of: Person, tier_: Tier, kind: DueKind = DueKind.JOIN, at: datetime | None = None) -> Due:
    return open_due(of, tier_, kind, tier_.dues_minor, actor=Actor(of.id), at=at or clock.now())


def member(of: Person | None = None, tier_: Tier | None = None, *, days_ago: int = 0) -> Member:
    """A member whose first dues were paid so many days ago."""
    person, at = of or factories.person(), clock.now() - timedelta(days=days_ago)
    settle(due(person, tier_ or tier(), at=at), actor=Actor(person.id), at=at)
    found = member_of(person.id)
    assert found is not None
    return found


def secretary() -> Person:
    made = factories.person()
    made.roles.append(SiteRoleGrant(role=SiteRole.SECRETARY))
    return factories.saved(made)

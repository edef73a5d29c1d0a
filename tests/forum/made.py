"""Things of the forum to test with, in a committed state."""

from __future__ import annotations

from typing import Any

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core import clock
from confsys.forum.models import TopicProposal
from confsys.forum.states import TopicKind, TopicState
from tests import factories


def secretary() -> Person:
    someone = factories.person()
    someone.roles.append(SiteRoleGrant(role=SiteRole.SECRETARY))
    return factories.saved(someone)


def topic(by: Person, code: str = "TPC23456", **columns: Any) -> TopicProposal:
    values: dict[str, Any] = {
        "code": code, "person_id": by.id, "kind": TopicKind.FRONTIER, "state": TopicState.PROPOSED, "field": "storage",
        "title": "What should a disk forget?", "why": "Nobody can say what it means that a disk has forgotten.",
        "created_at": clock.now(),
    }  # fmt: skip
    return factories.saved(TopicProposal(**{**values, **columns}))

"""What this room does at the news of other rooms: whoever joins or moves is compared with the papers again.

Papers that are submitted or get other authors are compared by their own room.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.accounts.signals import email_verified
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.jobs import enqueue
from confsys.events.models import RoleGrant
from confsys.events.signals import role_taken
from confsys.events.states import GrantState, Role
from confsys.submissions.models import Submission
from confsys.submissions.operations.conflicts import COMMITTEE, refresh
from confsys.submissions.signals import submitted

COMPARE = "reviewing.compare"
NEAR = "reviewing.near"
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)


def compare_later(event_id: int, *, actor: Actor, at: datetime) -> None:
    """Ask for a fresh comparison at the end of the minute: asked often before, it is done once."""
    minute = at.replace(second=0)
    key = f"{COMPARE}-{event_id}-{minute.isoformat()}"
    enqueue(COMPARE, key=key, actor=actor, at=at, event_id=event_id, not_before=minute + MINUTE, event=event_id)


def near_later(event_id: int, *, actor: Actor, at: datetime) -> None:
    """Ask for the nearness of texts at the end of the quarter of an hour: asked often before, it is done once."""
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    key = f"{NEAR}-{event_id}-{quarter.isoformat()}"
    enqueue(NEAR, key=key, actor=actor, at=at, event_id=event_id, not_before=quarter + QUARTER, event=event_id)


def _on_role(grant: RoleGrant, *, actor: Actor, at: datetime, **_news: Any) -> None:
    if grant.role in COMMITTEE and grant.person_id is not None:
        refresh(grant.event_id, people=[grant.person_id], at=at)
    if grant.role is Role.REVIEWER and grant.person_id is not None:
        near_later(grant.event_id, actor=actor, at=at)


def _on_address(person: Person, *, actor: Actor, at: datetime, **_news: Any) -> None:
    """A new address may tell where somebody works: wherever they serve, papers are compared again."""
    serves = select(RoleGrant.event_id).where(
        RoleGrant.person_id == person.id, RoleGrant.role.in_(COMMITTEE), RoleGrant.state == GrantState.ACTIVE
    )
    for event_id in set(db.session.scalars(serves)):
        compare_later(event_id, actor=actor, at=at)


def _on_paper(paper: Submission, *, actor: Actor, at: datetime, **_news: Any) -> None:
    near_later(paper.event_id, actor=actor, at=at)


def listen() -> None:
    """Called once with the application."""
    role_taken.connect(_on_role)
    email_verified.connect(_on_address)
    submitted.connect(_on_paper)

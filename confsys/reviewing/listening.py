"""What this room does at the news of other rooms: whoever joins or moves is compared with the papers again.

Papers that are submitted or get other authors are compared by their own room.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select, union

from confsys.accounts.models import Person
from confsys.accounts.signals import email_verified, ties_changed
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.jobs import enqueue
from confsys.events.models import Event, RoleGrant
from confsys.events.signals import next_step_asked, role_taken
from confsys.events.states import EventState, Feature, GrantState, Role
from confsys.submissions.models import Author, Submission
from confsys.submissions.operations.conflicts import COMMITTEE, refresh
from confsys.submissions.signals import submitted
from confsys.submissions.states import SubmissionState

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
    for event_id in _concerned(person.id):
        compare_later(event_id, actor=actor, at=at)


def _on_ties(person: Person, *, actor: Actor, at: datetime, **_news: Any) -> None:
    """Where somebody works, what they wrote or know: compared again wherever they serve or have a paper."""
    for event_id in _concerned(person.id):
        compare_later(event_id, actor=actor, at=at)
        near_later(event_id, actor=actor, at=at)


def _concerned(person_id: int) -> set[int]:
    """Events in which a person reads papers or wrote one, over ones left out."""
    serves = select(RoleGrant.event_id).where(
        RoleGrant.person_id == person_id, RoleGrant.role.in_(COMMITTEE), RoleGrant.state == GrantState.ACTIVE
    )
    wrote = (
        select(Submission.event_id)
        .join(Author, Author.submission_id == Submission.id)
        .where(Author.person_id == person_id, Submission.state == SubmissionState.SUBMITTED)
    )
    running = select(Event.id).where(Event.id.in_(union(serves, wrote)), Event.state != EventState.ARCHIVED)
    return set(db.session.scalars(running))


def _next_step(grant: RoleGrant, **_news: Any) -> str | None:
    """Who agreed to review is asked at once how many papers, of what, and when not."""
    event = db.session.get(Event, grant.event_id)
    if grant.role is not Role.REVIEWER or event is None or Feature.REVIEWING.value not in event.features:
        return None
    return url_for("reviews.profile", slug=event.slug)


def _on_paper(paper: Submission, *, actor: Actor, at: datetime, **_news: Any) -> None:
    near_later(paper.event_id, actor=actor, at=at)


def listen() -> None:
    """Called once with the application."""
    role_taken.connect(_on_role)
    email_verified.connect(_on_address)
    submitted.connect(_on_paper)
    ties_changed.connect(_on_ties)
    next_step_asked.connect(_next_step)

"""Messages of the room. Each reader is told only what they may know, in their own language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.mail import Recipient, post
from confsys.events.models import Event, RoleGrant
from confsys.events.states import GrantState, Role, StageKind
from confsys.reviewing.models import Assignment, Delegation
from confsys.reviewing.queries.scope import kept_away
from confsys.submissions.models import Submission

#: Read in the outbox by chairs alone: these messages tell who reviews what.
SCOPE = "reviewing"
REMINDER = "reviewing/mail/reminder.txt"


def recipient_of(person: Person) -> Recipient | None:
    """Where a person reads mail: the primary address, or None for somebody without a verified one."""
    address = next((email.address for email in person.emails if email.is_primary), "")
    if not address:
        return None
    return Recipient(address, person.name.shown(person.locale), person.locale, person.id)


def review_due(event: Event) -> datetime | None:
    return next((stage.due for stage in event.stages if stage.kind is StageKind.REVIEW), None)


def given(event: Event, rows: Sequence[Assignment], *, at: datetime) -> None:
    """One message with all papers a reviewer was given at this moment: titles, never authors."""
    person = rows[0].person
    recipient = recipient_of(person) if person else None
    if recipient is None:
        return
    post(
        "reviewing/mail/given.txt", recipient, at=at, event_id=event.id, scope=SCOPE, event=event,
        key=f"reviewing-given-{event.id}-{recipient.person_id}-{rows[0].id}-{at.isoformat()}",
        papers=[row.submission for row in rows], due=review_due(event),
    )  # fmt: skip


def taken_back(row: Assignment, *, at: datetime) -> None:
    recipient = recipient_of(row.person) if row.person else None
    if recipient is None:
        return
    paper = row.submission
    post(
        "reviewing/mail/taken_back.txt", recipient, at=at, event_id=paper.event_id, scope=SCOPE, event=paper.event,
        key=f"reviewing-taken-back-{row.id}-{at.isoformat()}", paper=paper,
    )  # fmt: skip


def declined(row: Assignment, *, at: datetime) -> None:
    """To the chairs who look after the paper; a conflicted one is not told."""
    paper = row.submission
    for chair in _chairs_of(paper):
        recipient = recipient_of(chair)
        if recipient is not None:
            post(
                "reviewing/mail/declined.txt", recipient, at=at, event_id=paper.event_id, scope=SCOPE,
                key=f"reviewing-declined-{row.id}-{at.isoformat()}-{chair.id}", event=paper.event, paper=paper, row=row,
            )  # fmt: skip


def delegation_asked(row: Delegation, *, at: datetime) -> None:
    """To the chairs who look after the paper: somebody would like to pass it on."""
    paper = row.assignment.submission
    for chair in _chairs_of(paper):
        recipient = recipient_of(chair)
        if recipient is not None:
            post(
                "reviewing/mail/delegation_asked.txt", recipient, at=at, event_id=paper.event_id, scope=SCOPE,
                key=f"reviewing-delegation-{row.assignment_id}-{at.isoformat()}-{chair.id}", event=paper.event,
                paper=paper, row=row,
            )  # fmt: skip


def delegation_invitation(row: Delegation, token: str, *, at: datetime) -> None:
    """To the person outside. The link acts for its reader: no chair reads it in the outbox."""
    paper, asker = row.assignment.submission, row.assignment.person
    base = current_app.extensions["settings"].base_url
    post(
        "reviewing/mail/delegation_invitation.txt", Recipient(row.address, row.name, asker.locale if asker else "en"),
        key=f"reviewing-delegation-{row.token_hash}", at=at, event_id=paper.event_id, scope="account",
        event=paper.event, paper=paper, asker=asker.name.both if asker else "", due=review_due(paper.event),
        expires=row.expires_at, link=f"{base}/events/{paper.event.slug}/reviews/passed-on/{token}",
    )  # fmt: skip


def delegation_answered(row: Delegation, *, at: datetime) -> None:
    """To the reviewer: what became of the request."""
    paper, asker = row.assignment.submission, row.assignment.person
    recipient = recipient_of(asker) if asker else None
    if recipient is not None:
        post(
            "reviewing/mail/delegation_answered.txt", recipient, at=at, event_id=paper.event_id, scope=SCOPE,
            key=f"reviewing-delegation-{row.id}-{row.state.value}", event=paper.event, paper=paper, row=row,
        )  # fmt: skip


def _chairs_of(paper: Submission) -> list[Person]:
    """Active chairs of the event and track chairs of the paper's track, without those who must keep away."""
    grants = select(RoleGrant.person_id).where(
        RoleGrant.event_id == paper.event_id,
        RoleGrant.state == GrantState.ACTIVE,
        (RoleGrant.role == Role.CHAIR)
        | (
            (RoleGrant.role == Role.TRACK_CHAIR)
            & (RoleGrant.track_id.is_(None) | (RoleGrant.track_id == paper.track_id))
        ),
    )
    query = select(Person).where(Person.id.in_(grants), Person.id.not_in(kept_away(paper.id)))
    return list(db.session.scalars(query.options(selectinload(Person.emails))))


def reminder(event: Event, rows: Sequence[Assignment], word: str, *, at: datetime) -> bool:
    """What a reviewer still owes. At most one a day; False when it cannot be sent."""
    recipient = recipient_of(rows[0].person) if rows[0].person else None
    if recipient is None:
        return False
    key = f"reviewing-reminder-{event.id}-{recipient.person_id}-{at:%Y-%m-%d}"
    values = reminder_values(event, rows, word, at=at)
    post(REMINDER, recipient, key=key, at=at, event_id=event.id, scope=SCOPE, **values)
    return True


def reminder_values(event: Event, rows: Sequence[Assignment], word: str, *, at: datetime) -> dict[str, Any]:
    """What the reminder's template is given: to send it, or to look at it first."""
    papers = [row.submission for row in rows]
    return {"event": event, "papers": papers, "word": word, "due": review_due(event), "late": is_late(event, at)}


def is_late(event: Event, at: datetime) -> bool:
    due = review_due(event)
    return due is not None and due < at

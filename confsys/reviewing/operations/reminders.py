"""Reminding those whose reviews are missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import demand
from confsys.core.mail import composed
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.reviewing import rules
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import notes
from confsys.reviewing.queries.missing import missing

SCOPE = "reviewing"


@operation
def remind(
    event: Event, people: Collection[int], word: str, *, standing: EventStanding, actor: Actor, at: datetime
) -> int:
    """One message to each of ``people`` with the papers they still owe, as far as the sender may see them.

    ``word`` is the chair's own sentence, added above the list. Somebody who owes nothing gets no message.
    Returns how many were written.
    """
    demand(rules.may_chair_reviews(standing))
    written = 0
    for person_id, rows in missing(standing, people).items():
        if person_id not in people or not notes.reminder(event, rows, word.strip(), at=at):
            continue
        for row in rows:
            row.reminded_at = at
        written += 1
    if written:
        record(
            "reviewing.remind", event, actor=actor, at=at, event_id=event.id, scope=SCOPE, changes={}, people=written
        )  # fmt: skip
    return written


@dataclass(frozen=True, slots=True)
class Preview:
    """A reminder as it would go out, not written yet."""

    to: str
    subject: str
    text: str


def previews(
    event: Event, found: Mapping[int, list[Assignment]], people: Collection[int], word: str, *, at: datetime
) -> list[Preview]:
    """The reminders to ``people``, each in its reader's language."""
    shown = []
    for person_id, rows in found.items():
        recipient = notes.recipient_of(rows[0].person) if rows[0].person and person_id in people else None
        if recipient is not None:
            values = notes.reminder_values(event, rows, word.strip(), at=at)
            shown.append(Preview(recipient.name, *composed(notes.REMINDER, recipient, **values)))
    return shown

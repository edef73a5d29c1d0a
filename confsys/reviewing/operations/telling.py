"""Telling the authors what was decided: all at once, and not before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import demand
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.mail import post
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.reviewing import letters, rules
from confsys.reviewing.models import LetterTemplate
from confsys.reviewing.queries.letters import own_template, waiting, written
from confsys.reviewing.states import Outcome
from confsys.submissions.operations.lifecycle import record_outcome
from confsys.submissions.states import SubmissionState

SCOPE = "reviewing"
TOLD_AS = {Outcome.ACCEPT: SubmissionState.ACCEPTED, Outcome.REJECT: SubmissionState.REJECTED}


@dataclass(frozen=True, slots=True)
class Released:
    decisions: int
    letters: int


@operation
def release(
    event: Event,
    only: Collection[int] | None = None,
    *,
    with_letters: bool = True,
    standing: EventStanding,
    actor: Actor,
    at: datetime,
) -> Released:
    """Make decisions known: outcomes set, letters written, everything in one transaction or nothing.

    ``only``: ids of decisions, default all that wait. Covers the papers the chair may see, as the preview does.
    """
    demand(rules.may_steer_reviews(standing))
    rows = waiting(standing, only)
    letters_out = written(event, rows) if with_letters else []
    for letter in letters_out:
        post(
            "reviewing/mail/letter.txt", letter.recipient, at=at, event_id=event.id, scope=SCOPE,
            key=f"reviewing-decision-{letter.decision_id}-{letter.version}-{letter.recipient.address}",
            reply_to=event.contact_email, subject=letter.subject, text=letter.text,
        )  # fmt: skip
    for decision in rows:
        decision.told, decision.released_at = decision.content, at
        record_outcome(
            decision.submission, TOLD_AS[decision.outcome], presentation=decision.presentation, actor=actor, at=at
        )
    if rows:
        record(
            "reviewing.decisions_released", event, actor=actor, at=at, event_id=event.id, changes={},
            decisions=len(rows), letters=len(letters_out),
        )  # fmt: skip
    return Released(len(rows), len(letters_out))


@operation
def save_letter(
    event: Event,
    outcome: Outcome,
    locale: str,
    *,
    subject: str,
    body: str,
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> LetterTemplate:
    """Keep the event's own words for a letter. ``version`` is 0 when it had none."""
    wrong: dict[str, Lazy | str] = {}
    for name, text in (("subject", subject), ("body", body)):
        unknown = letters.unknown_places(text)
        if not text.strip():
            wrong[name] = _l("Please write something here.")
        elif unknown:
            wrong[name] = _l("Nothing is known to fill %(place)s with.", place=f"%({unknown[0]})s")
    if wrong:
        raise Invalid(**wrong)
    row = own_template(event.id, outcome, locale)
    if version is not None and version != (row.version if row else 0):
        raise StaleVersion(row=row, seen=version)
    row = row or LetterTemplate(event_id=event.id, outcome=outcome, locale=locale)
    row.subject, row.body = subject.strip(), body.strip()
    record("reviewing.letter", row, actor=actor, at=at, event_id=event.id)
    return row

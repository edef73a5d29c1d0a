"""Decision letters as they would go out now: the same for the preview and for the release."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.formatting import moment, zone_name
from confsys.core.i18n import force_locale
from confsys.core.i18n import gettext as _
from confsys.core.mail import Recipient
from confsys.events.models import Event, FormField
from confsys.events.standing import EventStanding
from confsys.events.states import FieldAudience, StageKind
from confsys.reviewing import letters
from confsys.reviewing.models import Decision, LetterTemplate, Review
from confsys.reviewing.queries.fields import review_fields
from confsys.reviewing.queries.reviews import answers_of, submitted
from confsys.reviewing.queries.scope import chaired_ids
from confsys.reviewing.states import Outcome
from confsys.reviewing.wording import PRESENTATIONS
from confsys.submissions.models import Author, Submission
from confsys.submissions.operations.receipts import contacts

Words = Mapping[tuple[Outcome, str], tuple[str, str]]
"""(subject, body) by outcome and language"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one author, not yet sent. ``version`` is the decision's: the same letter is not sent twice."""

    decision_id: int
    version: int
    number: int
    recipient: Recipient
    subject: str
    text: str


def templates(event_id: int) -> Words:
    """The event's words for every kind of letter; the product's own where it has none."""
    words = {(outcome, locale): letters.default(outcome, locale) for outcome in Outcome for locale in ("en", "zh")}
    for row in db.session.scalars(select(LetterTemplate).where(LetterTemplate.event_id == event_id)):
        words[row.outcome, row.locale] = (row.subject, row.body)
    return words


def own_template(event_id: int, outcome: Outcome, locale: str) -> LetterTemplate | None:
    """The event's own words for one kind of letter, if it has some."""
    query = select(LetterTemplate).where(
        LetterTemplate.event_id == event_id, LetterTemplate.outcome == outcome, LetterTemplate.locale == locale
    )
    return db.session.scalar(query)


def waiting(standing: EventStanding, only: Collection[int] | None = None) -> list[Decision]:
    """Decisions that authors do not know yet, of papers the viewer chairs, by number of the paper."""
    query = (
        select(Decision)
        .join(Submission, Submission.id == Decision.submission_id)
        .where(Submission.id.in_(chaired_ids(standing)))
        .options(joinedload(Decision.submission).selectinload(Submission.authors).joinedload(Author.person))
        .order_by(Submission.number)
    )
    if only is not None:
        query = query.where(Decision.id.in_(sorted(only)))
    return [row for row in db.session.scalars(query) if row.is_waiting]


def written(event: Event, decisions: Sequence[Decision]) -> list[Letter]:
    """The letters of some decisions, each contact's in their own language. Reviews are what authors may read."""
    words, fields = templates(event.id), review_fields(event.id, FieldAudience.AUTHORS)
    reviews = submitted([row.submission_id for row in decisions])
    found = []
    for decision in decisions:
        for _author, recipient in contacts(decision.submission):
            found.append(_letter(event, decision, recipient, words, fields, reviews.get(decision.submission_id, [])))
    return found


def _letter(
    event: Event, decision: Decision, recipient: Recipient, words: Words, fields: list[FormField], reviews: list[Review]
) -> Letter:
    locale = recipient.locale
    subject, body = words[decision.outcome, locale]
    with force_locale(locale):
        values = {
            "name": recipient.name,
            "number": str(decision.submission.number),
            "title": decision.submission.title.in_(locale),
            "event": event.name.in_(locale),
            "presentation": str(PRESENTATIONS.get(decision.presentation, "") or _("to be announced")),
            "comment": decision.comment,
            "reviews": _reviews(reviews, fields, locale),
            "deadline": _deadline(event),
            "link": f"{_base_url()}/events/{event.slug}/papers/{decision.submission.number}/decision",
        }
    return Letter(
        decision.id, decision.version, decision.submission.number, recipient, letters.filled(subject, values),
        letters.filled(body, values),
    )  # fmt: skip


def _base_url() -> str:
    return str(current_app.extensions["settings"].base_url)


def _deadline(event: Event) -> str:
    due = next((stage.due for stage in event.stages if stage.kind is StageKind.CAMERA_READY), None)
    if due is None:
        return _("on a day that will be announced")
    return f"{moment(due, zone=event.zone)} ({zone_name(event.zone)})"


def _reviews(reviews: Sequence[Review], fields: list[FormField], locale: str) -> str:
    parts = []
    for number, review in enumerate(reviews, start=1):
        lines = [_("Review %(number)s", number=number), "-" * 20]
        for answer in answers_of(review, fields, locale):
            label = answer.label.in_(locale)
            lines.append(f"{label}\n{answer.text}\n" if answer.is_long else f"{label}: {answer.text}")
        parts.append("\n".join(lines).strip())
    return "\n\n".join(parts)

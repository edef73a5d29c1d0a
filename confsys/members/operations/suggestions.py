"""From a member's suggestion to the answer and what the member thinks of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.mail.models import MailMessage
from confsys.core.operation import expect_version, lock, operation
from confsys.members import mails
from confsys.members.days import society_day
from confsys.members.models import Body, Suggestion
from confsys.members.queries.suggestions import asked_to_answer, waiting_for_answer
from confsys.members.states import SUGGESTION_TRANSITIONS, SuggestionState, SuggestionTopic

S = SuggestionState
#: Its words are between the member and who answers: no audit that others read repeats them.
SCOPE = "suggestion"
#: The body is reminded so many days before its answer is due.
REMIND = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a member suggests, and what of it may be published."""

    topic: SuggestionTopic
    title: str
    text: str
    shares: bool = False
    named: bool = False


def _move(row: Suggestion, to: SuggestionState) -> None:
    if to not in SUGGESTION_TRANSITIONS[row.state]:
        raise Invalid(_l("This suggestion has been answered or withdrawn in the meantime."))
    row.state = to


@operation
def file(proposal: Proposal, *, actor: Actor, at: datetime) -> Suggestion:
    row = Suggestion(
        code=new_code(10), person_id=actor.person_id, topic=proposal.topic, state=S.FILED, title=proposal.title,
        text=proposal.text, shares=proposal.shares, named=proposal.shares and proposal.named, filed_at=at,
    )  # fmt: skip
    record("member.suggested", row, actor=actor, at=at, changes={}, scope=SCOPE, topic=proposal.topic)
    return row


@operation
def route(row: Suggestion, body: Body, due_on: date | None, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Hand it to the body that answers, until a day: by default as many days on as the body is given."""
    lock(row)
    expect_version(row, version)
    day = society_day(at)
    due = due_on or day + timedelta(days=body.answer_days)
    if due < day:
        raise Invalid(due_on=_l("The answer cannot be due in the past."))
    if not body.stands(day):
        raise Invalid(body=_l("This body is dissolved."))
    with db.session.no_autoflush:  # state, body and day are one change
        _move(row, S.ROUTED)
        row.body, row.routed_at, row.due_on = body, at, due
    record("member.suggestion_routed", row, actor=actor, at=at, changes={}, scope=SCOPE, body=body.key)
    for person in asked_to_answer(row, day):
        mails.suggestion_mail("suggestion_routed", row, person, f"{due}:{body.id}", at=at)


@operation
def answer(row: Suggestion, text: str, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Given once: the member reads it at once, everybody does if the member agreed."""
    lock(row)
    expect_version(row, version)
    if not text.strip():
        raise Invalid(answer=_l("Please write the answer."))
    with db.session.no_autoflush:
        _move(row, S.ANSWERED)
        row.answer, row.answered_at, row.answered_by_id = text, at, actor.person_id
        row.in_time = row.due_on is not None and society_day(at) <= row.due_on
    record("member.suggestion_answered", row, actor=actor, at=at, changes={}, scope=SCOPE)
    mails.suggestion_mail("suggestion_answered", row, row.person, "answered", at=at)


@operation
def withdraw_suggestion(row: Suggestion, *, actor: Actor, at: datetime) -> None:
    lock(row)
    _move(row, S.WITHDRAWN)
    record("member.suggestion_withdrawn", row, actor=actor, at=at, changes={}, scope=SCOPE)


@operation
def rate(row: Suggestion, stars: int, note: str, *, actor: Actor, at: datetime) -> None:
    """What the filer thinks of the answer, once."""
    lock(row)
    if row.state is not S.ANSWERED or row.rating is not None:
        raise Invalid(_l("This answer has been rated."))
    if not 1 <= stars <= 5:
        raise Invalid(stars=_l("Please choose."))
    row.rating, row.rating_note = stars, note
    record("member.answer_rated", row, actor=actor, at=at, changes={}, scope=SCOPE)


@operation
def keep_back(row: Suggestion, *, kept: bool, actor: Actor, at: datetime) -> None:
    """Off the public page, or on it again; what the filer did not agree to never gets there."""
    lock(row)
    row.kept_back = kept
    record("member.suggestion_kept_back" if kept else "member.suggestion_shown", row, actor=actor, at=at, changes={},
           scope=SCOPE)  # fmt: skip


@operation
def remind_bodies(*, at: datetime) -> int:
    """The daily round: a week before the day and once it is over. Run twice, it writes once."""
    day = society_day(at)
    written = 0
    for row in waiting_for_answer(day + REMIND):
        step = "late" if row.due_on is not None and row.due_on < day else "soon"
        for person in asked_to_answer(row, day, office_too=step == "late"):
            about = f"{row.due_on}:{row.body_id}"
            key = mails.suggestion_key(f"suggestion_{step}", row, person, about)
            if db.session.scalar(select(MailMessage.id).where(MailMessage.key == key)) is None:
                mails.suggestion_mail(f"suggestion_{step}", row, person, about, at=at)
                written += 1
    return written

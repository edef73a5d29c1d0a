"""Asking, voting, moderating, answering."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import Deny, Refused, demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.exchange.models import Floor, Question, QuestionVote
from confsys.exchange.operations.floors import ensure_floor, touch
from confsys.exchange.rules import may_answer, may_ask, may_moderate, may_take_part
from confsys.exchange.standing import FloorStanding
from confsys.exchange.states import PUBLIC, QUESTION_TRANSITIONS, Anonymity, QuestionState
from confsys.exchange.voices import voice_of

LENGTH_MAX = 1000
#: One person's questions in one session that nobody has answered yet: enough to be curious, not to flood.
OPEN_MAX = 10
NOT_YOURS = Deny(hidden=True)


@operation
def ask(
    event: Event, session_id: int, text: str, *, talk_id: int | None = None, named: bool = True,
    standing: FloorStanding, actor: Actor, at: datetime,
) -> Question:  # fmt: skip
    """Ask the room a question. Raises Invalid on an empty, overlong or repeated one.

    Without a name and where nobody may know, neither row nor audit names the asker.
    """
    demand(may_ask(standing))
    text = text.strip()
    if not text:
        raise Invalid(text=_l("Please write your question."))
    if len(text) > LENGTH_MAX:
        raise Invalid(text=_l("A question has at most %(limit)s characters.", limit=LENGTH_MAX))
    anonymity = standing.options.anonymous
    named = named or anonymity is Anonymity.NONE
    secret = not named and anonymity is Anonymity.NOBODY_KNOWS
    floor = ensure_floor(event, session_id)
    voice = voice_of(event.id, actor.person_id)
    _refuse_flood(floor, voice, text)
    question = Question(
        floor_id=floor.id, talk_id=talk_id, person_id=None if secret else actor.person_id, voice=voice, named=named,
        text=text, asked_at=at,
        state=QuestionState.WAITING if standing.options.moderated and not standing.keeps_order
        else QuestionState.SHOWN,
    )  # fmt: skip
    # An entry that named somebody who asked without a name would tell the organisers who it was.
    record("question.ask", question, actor=actor if named else SYSTEM, at=at, event_id=event.id, changes={})
    touch(floor)
    return question


def _refuse_flood(floor: Floor, voice: str, text: str) -> None:
    open_states = {QuestionState.WAITING, QuestionState.SHOWN}
    own = select(Question.text).where(
        Question.floor_id == floor.id, Question.voice == voice, Question.state.in_(open_states)
    )
    asked = list(db.session.scalars(own))
    if text in asked:
        raise Invalid(text=_l("You have asked this already."))
    if len(asked) >= OPEN_MAX:
        raise Invalid(text=_l("You have %(count)s open questions here; wait until one is answered.", count=OPEN_MAX))


@operation
def vote(question: Question, wanted: bool, *, standing: FloorStanding, actor: Actor, at: datetime) -> None:
    """Give one's vote or take it back. Doing it twice changes nothing. Votes are nobody's business: no audit."""
    demand(may_take_part(standing))
    lock(question)
    if question.state not in PUBLIC:
        raise Invalid(_l("This question is no longer there."))
    if question.voice == voice_of(standing.event.event_id, actor.person_id):
        raise Invalid(_l("You cannot vote for your own question."))
    mine = (QuestionVote.question_id == question.id) & (QuestionVote.person_id == actor.person_id)
    there = db.session.scalar(select(QuestionVote.id).where(mine)) is not None
    if wanted == there:
        return
    if wanted:
        db.session.add(QuestionVote(question_id=question.id, person_id=actor.person_id))
    else:
        db.session.execute(delete(QuestionVote).where(mine))
    db.session.flush()
    counted = select(func.count()).where(QuestionVote.question_id == question.id)
    question.votes = db.session.scalar(counted) or 0
    touch(question.floor)


def _move(question: Question, state: QuestionState, at: datetime) -> None:
    if state not in QUESTION_TRANSITIONS[question.state]:
        raise Invalid(_l("This question has moved on. Look at the page again."))
    question.state = state
    question.answered_at = at if state is QuestionState.ANSWERED else None


@operation
def moderate(
    question: Question, state: QuestionState, *, version: int | None, standing: FloorStanding, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Let a question through, take it off the page, mark it answered, or open it again."""
    demand(may_moderate(standing))
    if state is QuestionState.WITHDRAWN:
        raise Invalid(_l("Only who asked can withdraw a question."))
    expect_version(question, version)
    _move(question, state, at)
    if state is not QuestionState.SHOWN and question.floor.current_id == question.id:
        question.floor.current_id = None
    record(f"question.{state.value}", question, actor=actor, at=at, event_id=standing.event.event_id, changes={})
    touch(question.floor)


@operation
def put_on_screen(question: Question, *, standing: FloorStanding, actor: Actor, at: datetime) -> None:
    """Show one question large, the one that is being answered; once more: take it off."""
    demand(may_moderate(standing))
    if question.state not in PUBLIC:
        raise Invalid(_l("Let the question through first."))
    floor = question.floor
    floor.current_id = None if floor.current_id == question.id else question.id
    record("question.screen", question, actor=actor, at=at, event_id=standing.event.event_id, changes={})
    touch(floor)


@operation
def answer(
    question: Question, text: str, *, version: int | None, standing: FloorStanding, actor: Actor, at: datetime
) -> None:
    """Write an answer under a question."""
    demand(may_answer(standing, question.talk_id))
    expect_version(question, version)
    text = text.strip()
    if not text:
        raise Invalid(answer=_l("Please write an answer."))
    if question.state is not QuestionState.ANSWERED:
        _move(question, QuestionState.ANSWERED, at)
    question.answer, question.answered_by_id = text[:4000], actor.person_id
    record("question.answered", question, actor=actor, at=at, event_id=standing.event.event_id, changes={})
    touch(question.floor)


@operation
def withdraw(question: Question, *, standing: FloorStanding, actor: Actor, at: datetime) -> None:
    """Take one's own question back, as long as it is open."""
    if not actor.person_id or question.voice != voice_of(standing.event.event_id, actor.person_id):
        raise Refused(NOT_YOURS)
    _move(question, QuestionState.WITHDRAWN, at)
    record(
        "question.withdraw", question, actor=actor if question.named else SYSTEM, at=at,
        event_id=standing.event.event_id, changes={},
    )  # fmt: skip
    touch(question.floor)

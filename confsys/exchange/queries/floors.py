"""One session's discussion as a reader may see it. The number of queries does not grow with what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.core.viewer import ANONYMOUS, Viewer
from confsys.exchange.models import (
    Attendance,
    Feedback,
    Floor,
    Material,
    Poll,
    PollAnswer,
    Question,
    QuestionVote,
    Remark,
)
from confsys.exchange.standing import FloorStanding
from confsys.exchange.states import PUBLIC, Consent, MaterialKind, PollState, QuestionState
from confsys.exchange.voices import voice_of


@dataclass(frozen=True, slots=True)
class QuestionView:
    """``who``: None where the reader may not know. ``unnamed``: the room does not see the name."""

    id: int
    version: int
    talk_id: int | None
    text: str
    state: QuestionState
    votes: int
    asked_at: datetime
    who: PersonName | None
    unnamed: bool
    answer: str
    mine: bool
    voted: bool


@dataclass(frozen=True, slots=True)
class PollView:
    id: int
    version: int
    text: str
    state: PollState
    #: (answer, how many chose it)
    choices: tuple[tuple[str, int], ...]
    total: int
    #: The reader's own choice.
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """What the page of a session shows and changes while people look at it."""

    channel: str = ""
    revision: int = 0
    current: QuestionView | None = None
    open: tuple[QuestionView, ...] = ()
    answered: tuple[QuestionView, ...] = ()
    #: For moderators, and a reader's own.
    waiting: tuple[QuestionView, ...] = ()
    polls: tuple[PollView, ...] = ()
    remarks: int = 0

    @property
    def mine(self) -> list[int]:
        """Questions the reader has voted for."""
        return [q.id for q in (*self.open, *self.answered) if q.voted]

    @property
    def asked(self) -> int:
        return len(self.open) + len(self.answered)


def floor_of(event_id: int, session_id: int) -> Floor | None:
    return db.session.scalar(select(Floor).where(Floor.event_id == event_id, Floor.session_id == session_id))


def visible_questions(floor: Floor, viewer: Viewer, *, moderator: bool) -> Select[Question, Person]:
    """Questions a reader may know of: those let through, their own, and for a moderator all but withdrawn ones."""
    query = select(Question, Person).outerjoin(Person, Person.id == Question.person_id)
    query = query.where(Question.floor_id == floor.id)
    if moderator:
        return query.where(Question.state != QuestionState.WITHDRAWN)
    if not viewer.signed_in:
        return query.where(Question.state.in_(PUBLIC))
    own = Question.voice == voice_of(floor.event_id, viewer.person_id)
    return query.where(Question.state.in_(PUBLIC) | (own & (Question.state == QuestionState.WAITING)))


def questions(floor: Floor, viewer: Viewer = ANONYMOUS, *, moderator: bool = False) -> list[QuestionView]:
    """Two queries: the questions, and which of them the reader voted for."""
    query = visible_questions(floor, viewer, moderator=moderator)
    rows = db.session.execute(query.order_by(Question.votes.desc(), Question.asked_at, Question.id)).all()
    voted: set[int] = set()
    own = voice_of(floor.event_id, viewer.person_id)
    if viewer.signed_in and rows:
        votes = select(QuestionVote.question_id).where(
            QuestionVote.person_id == viewer.person_id, QuestionVote.question_id.in_([row[0].id for row in rows])
        )
        voted = set(db.session.scalars(votes))
    return [
        QuestionView(
            id=q.id, version=q.version, talk_id=q.talk_id, text=q.text, state=q.state, votes=q.votes,
            asked_at=q.asked_at, who=_name(person, q.named or moderator), unnamed=not q.named, answer=q.answer,
            mine=bool(own) and q.voice == own, voted=q.id in voted,
        )
        for q, person in rows
    ]  # fmt: skip


def _name(person: Person | None, known: bool) -> PersonName | None:
    return person.name if person is not None and known else None


def polls(floor: Floor, viewer: Viewer = ANONYMOUS, *, moderator: bool = False) -> list[PollView]:
    """Three queries at most: polls, counts, the reader's answers."""
    query = select(Poll).where(Poll.floor_id == floor.id).order_by(Poll.id.desc())
    if not moderator:
        query = query.where(Poll.state != PollState.DRAFT)
    found = list(db.session.scalars(query))
    if not found:
        return []
    ids = [poll.id for poll in found]
    tally = (
        select(PollAnswer.poll_id, PollAnswer.choice, func.count())
        .where(PollAnswer.poll_id.in_(ids))
        .group_by(PollAnswer.poll_id, PollAnswer.choice)
    )
    counts = {(poll_id, choice): n for poll_id, choice, n in db.session.execute(tally)}
    chosen: dict[int, int] = {}
    if viewer.signed_in:
        own = select(PollAnswer.poll_id, PollAnswer.choice).where(
            PollAnswer.poll_id.in_(ids), PollAnswer.person_id == viewer.person_id
        )
        chosen.update((row[0], row[1]) for row in db.session.execute(own))
    return [
        PollView(
            poll.id, poll.version, poll.text, poll.state,
            tuple((text, counts.get((poll.id, n), 0)) for n, text in enumerate(poll.choices)),
            sum(n for (poll_id, _), n in counts.items() if poll_id == poll.id), chosen.get(poll.id),
        )
        for poll in found
    ]  # fmt: skip


def board(floor: Floor | None, viewer: Viewer = ANONYMOUS, *, moderator: bool = False) -> Board:
    """Without a viewer: what everybody in the room sees, the same for all."""
    if floor is None:
        return Board()
    all_of_them = questions(floor, viewer, moderator=moderator)
    remarks = select(func.count()).where(Remark.floor_id == floor.id, Remark.hidden_at.is_(None))
    shown = [q for q in all_of_them if q.state is QuestionState.SHOWN]
    return Board(
        channel=floor.channel,
        revision=floor.revision,
        current=next((q for q in all_of_them if q.id == floor.current_id and q.state in PUBLIC), None),
        open=tuple(shown),
        answered=tuple(q for q in all_of_them if q.state is QuestionState.ANSWERED),
        waiting=tuple(q for q in all_of_them if q.state is QuestionState.WAITING),
        polls=tuple(polls(floor, viewer, moderator=moderator)),
        remarks=db.session.scalar(remarks) or 0,
    )


@dataclass(frozen=True, slots=True)
class RemarkView:
    """``depth``: how deep in the thread. A hidden one with answers keeps its place without its words."""

    id: int
    depth: int
    talk_id: int | None
    who: PersonName | None
    text: str
    at: datetime
    hidden: bool
    mine: bool


def debate(floor: Floor | None, viewer: Viewer) -> list[RemarkView]:
    """The threads, each answer below what it answers. One query."""
    if floor is None:
        return []
    query = select(Remark).where(Remark.floor_id == floor.id).options(joinedload(Remark.person)).order_by(Remark.id)
    rows = list(db.session.scalars(query))
    children: dict[int | None, list[Remark]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    found: list[RemarkView] = []
    stack = [(row, 0) for row in reversed(children.get(None, []))]
    while stack:
        row, depth = stack.pop()
        below = children.get(row.id, [])
        hidden = row.hidden_at is not None
        if not hidden or below:
            found.append(
                RemarkView(
                    row.id, depth, row.talk_id, None if hidden else row.person.name, "" if hidden else row.text,
                    row.at, hidden, viewer.signed_in and row.person_id == viewer.person_id,
                )
            )  # fmt: skip
        stack += [(answer, depth + 1) for answer in reversed(below)]
    return found


@dataclass(frozen=True, slots=True)
class MaterialView:
    id: int
    version: int
    talk_id: int
    kind: MaterialKind
    title: str
    #: Empty for a file, which has an address of ours.
    url: str
    size: int | None
    consent: Consent


def materials(floor: Floor | None, standing: FloorStanding) -> list[MaterialView]:
    """What a reader may open: with consent everybody; without it the speakers of the talk and moderators."""
    if floor is None:
        return []
    query = select(Material).where(Material.floor_id == floor.id).options(joinedload(Material.file))
    return [
        MaterialView(
            row.id, row.version, row.talk_id, row.kind, row.title, row.url, row.file.size if row.file else None,
            row.consent,
        )
        for row in db.session.scalars(query.order_by(Material.talk_id, Material.id))
        if row.consent is Consent.GIVEN or standing.keeps_order or row.talk_id in standing.speaks
    ]  # fmt: skip


def attendance_of(floor: Floor | None) -> int:
    if floor is None:
        return 0
    return db.session.scalar(select(func.count()).where(Attendance.floor_id == floor.id)) or 0


def is_here(floor: Floor | None, viewer: Viewer) -> bool:
    if floor is None or not viewer.signed_in:
        return False
    query = select(Attendance.id).where(Attendance.floor_id == floor.id, Attendance.person_id == viewer.person_id)
    return db.session.scalar(query) is not None


@dataclass(frozen=True, slots=True)
class FeedbackFigures:
    count: int
    mean: float | None
    comments: Sequence[str]


def feedback_of(floor: Floor | None) -> FeedbackFigures:
    """Stars and comments without names, comments in an order that does not tell who came when."""
    if floor is None:
        return FeedbackFigures(0, None, ())
    rows = db.session.execute(select(Feedback.stars, Feedback.comment).where(Feedback.floor_id == floor.id)).all()
    stars = [row[0] for row in rows]
    mean = sum(stars) / len(stars) if stars else None
    return FeedbackFigures(len(stars), mean, sorted(row[1] for row in rows if row[1]))


def own_feedback(floor: Floor | None, viewer: Viewer) -> Feedback | None:
    if floor is None or not viewer.signed_in:
        return None
    return db.session.scalar(
        select(Feedback).where(Feedback.floor_id == floor.id, Feedback.person_id == viewer.person_id)
    )

"""Was there an exchange? Counts of an event and of each of its sessions, for organisers and for the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Float, Select, cast, distinct, func, literal, select, union_all

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.exchange.models import Attendance, Feedback, Floor, Poll, PollAnswer, Question, QuestionVote, Remark
from confsys.exchange.states import PUBLIC, QuestionState
from confsys.programme.queries.released import latest_programme
from confsys.programme.states import WITH_TALKS

#: Where a figure belongs.
_WHERE = (Floor.event_id, Floor.session_id)


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """``voices``: different people who asked or debated. Questions that were not let through do not count."""

    session_id: int
    title: LocalizedText
    code: str
    starts_at: datetime
    ends_at: datetime
    asked: int = 0
    answered: int = 0
    waiting: int = 0
    voices: int = 0
    votes: int = 0
    remarks: int = 0
    polled: int = 0
    attendance: int = 0
    feedback: int = 0
    stars: float | None = None

    @property
    def silent(self) -> bool:
        """A session in which nothing was asked and nothing debated."""
        return self.asked + self.remarks == 0


@dataclass(frozen=True, slots=True)
class ExchangeFigures:
    """An event as a whole. ``attendance`` counts people once, however many sessions they were in."""

    sessions: Sequence[SessionFigures]
    voices: int
    attendance: int

    @property
    def asked(self) -> int:
        return sum(s.asked for s in self.sessions)

    @property
    def answered(self) -> int:
        return sum(s.answered for s in self.sessions)

    @property
    def remarks(self) -> int:
        return sum(s.remarks for s in self.sessions)

    @property
    def waiting(self) -> int:
        return sum(s.waiting for s in self.sessions)

    @property
    def feedback(self) -> int:
        return sum(s.feedback for s in self.sessions)

    @property
    def stars(self) -> float | None:
        given = [(s.stars, s.feedback) for s in self.sessions if s.stars is not None]
        total = sum(n for _, n in given)
        return sum(mean * n for mean, n in given) / total if total else None

    def without_exchange(self, at: datetime) -> list[SessionFigures]:
        """Sessions that are over and were silent."""
        return [s for s in self.sessions if s.silent and s.ends_at < at]


def figures_of(event_id: int) -> ExchangeFigures:
    """A fixed number of queries, whatever was said."""
    return figures_of_all([event_id])[event_id]


def figures_of_all(event_ids: Collection[int]) -> Mapping[int, ExchangeFigures]:
    """The same for several events: their programmes are read one by one, what was said all at once."""
    found, voices, there = _counts(event_ids), _voices(event_ids), _people_there(event_ids)
    figures = {}
    for event_id in event_ids:
        programme = latest_programme(event_id)
        sessions = [s for s in (programme.sessions if programme else ()) if s.kind in WITH_TALKS]
        lines = [
            SessionFigures(s.id, s.title, s.code, s.starts_at, s.ends_at, **found[event_id].get(s.id, {}))  # type: ignore[arg-type]  # counts by name of the field
            for s in sessions
        ]
        figures[event_id] = ExchangeFigures(lines, voices.get(event_id, 0), there.get(event_id, 0))
    return figures


def _counts(event_ids: Collection[int]) -> dict[int, dict[int, dict[str, float]]]:
    """Event -> session -> name of the figure -> value."""
    found: dict[int, dict[int, dict[str, float]]] = defaultdict(dict)

    def put(name: str, query: Select[*tuple[Any, ...]]) -> None:
        for event_id, session_id, value in db.session.execute(query.group_by(*_WHERE)):
            found[event_id].setdefault(session_id, {})[name] = value

    of_events = Floor.event_id.in_(event_ids)
    asked = select(*_WHERE, func.count(Question.id)).join(Question).where(of_events)
    put("asked", asked.where(Question.state.in_(PUBLIC)))
    put("answered", asked.where(Question.state == QuestionState.ANSWERED))
    put("waiting", asked.where(Question.state == QuestionState.WAITING))
    votes = select(*_WHERE, func.count(QuestionVote.id)).join(Question, Question.floor_id == Floor.id)
    put("votes", votes.join(QuestionVote).where(of_events))
    put("remarks", select(*_WHERE, func.count(Remark.id)).join(Remark).where(of_events, Remark.hidden_at.is_(None)))
    polled = select(*_WHERE, func.count(PollAnswer.id)).join(Poll, Poll.floor_id == Floor.id)
    put("polled", polled.join(PollAnswer).where(of_events))
    put("attendance", select(*_WHERE, func.count(Attendance.id)).join(Attendance).where(of_events))
    put("feedback", select(*_WHERE, func.count(Feedback.id)).join(Feedback).where(of_events))
    put("stars", select(*_WHERE, cast(func.avg(Feedback.stars), Float)).join(Feedback).where(of_events))
    spoken = _spoken(event_ids).subquery()
    said = select(spoken.c.event_id, spoken.c.session_id, func.count(distinct(spoken.c.voice)))
    for event_id, session_id, count in db.session.execute(said.group_by(spoken.c.event_id, spoken.c.session_id)):
        found[event_id].setdefault(session_id, {})["voices"] = count
    return found


def _spoken(event_ids: Collection[int]) -> CompoundSelect[*tuple[Any, ...]]:
    """(event, session, voice, is a question) for everything that was asked or debated."""
    asked = select(*_WHERE, Question.voice, literal(1).label("asked")).join(Question, Question.floor_id == Floor.id)
    debated = select(*_WHERE, Remark.voice, literal(0).label("asked")).join(Remark, Remark.floor_id == Floor.id)
    return union_all(
        asked.where(Floor.event_id.in_(event_ids), Question.state.in_(PUBLIC)),
        debated.where(Floor.event_id.in_(event_ids), Remark.hidden_at.is_(None)),
    )


def _voices(event_ids: Collection[int]) -> dict[int, int]:
    spoken = _spoken(event_ids).subquery()
    query = select(spoken.c.event_id, func.count(distinct(spoken.c.voice))).group_by(spoken.c.event_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _people_there(event_ids: Collection[int]) -> dict[int, int]:
    query = select(Floor.event_id, func.count(distinct(Attendance.person_id))).join(Attendance)
    query = query.where(Floor.event_id.in_(event_ids)).group_by(Floor.event_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who spoke up in an event, without their name."""

    event_id: int
    sessions: int
    questions: int
    remarks: int


def voices_of(event_ids: Collection[int]) -> list[Voice]:
    spoken = _spoken(event_ids).subquery()
    asked = func.sum(spoken.c.asked)
    query = select(spoken.c.event_id, func.count(distinct(spoken.c.session_id)), asked, func.count() - asked)
    query = query.group_by(spoken.c.event_id, spoken.c.voice).order_by(asked.desc(), spoken.c.voice)
    return [Voice(*map(int, row)) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who was recorded in sessions of an event, without their name."""

    event_id: int
    sessions: int


def recorded(event_ids: Collection[int]) -> list[Heard]:
    count = func.count(Attendance.id)
    query = select(Floor.event_id, count).join(Attendance).where(Floor.event_id.in_(event_ids))
    query = query.group_by(Floor.event_id, Attendance.person_id).order_by(count.desc(), Attendance.person_id)
    return [Heard(*row) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Stars that somebody gave to a session, without their name and their words."""

    event_id: int
    session_id: int
    stars: int


def opinions(event_ids: Collection[int]) -> list[Opinion]:
    query = select(*_WHERE, Feedback.stars).join(Feedback).where(Floor.event_id.in_(event_ids))
    return [Opinion(*row) for row in db.session.execute(query.order_by(Feedback.stars.desc(), Feedback.id))]

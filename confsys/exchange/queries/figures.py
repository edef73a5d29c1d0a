"""Was there an exchange? Counts of an event and of each of its sessions, for organisers and for the reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, union

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.exchange.models import Attendance, Feedback, Floor, Poll, PollAnswer, Question, QuestionVote, Remark
from confsys.exchange.states import PUBLIC, QuestionState
from confsys.programme.queries.released import latest_programme
from confsys.programme.states import WITH_TALKS


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
    programme = latest_programme(event_id)
    found = _counts(event_id)
    sessions = [s for s in (programme.sessions if programme else ()) if s.kind in WITH_TALKS]
    lines = []
    for session in sessions:
        counts = found.get(session.id, {})
        lines.append(
            SessionFigures(session.id, session.title, session.code, session.starts_at, session.ends_at, **counts)  # type: ignore[arg-type]  # counts by name of the field
        )
    return ExchangeFigures(lines, _voices(event_id), _people_there(event_id))


def _counts(event_id: int) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}

    def put(name: str, rows: Sequence[tuple[int, float]]) -> None:
        for session_id, value in rows:
            found.setdefault(session_id, {})[name] = value

    of_event = Floor.event_id == event_id
    by_session = select(Floor.session_id, func.count(Question.id)).join(Question).where(of_event)
    by_session = by_session.group_by(Floor.session_id)
    put("asked", _rows(by_session.where(Question.state.in_(PUBLIC))))
    put("answered", _rows(by_session.where(Question.state == QuestionState.ANSWERED)))
    put("waiting", _rows(by_session.where(Question.state == QuestionState.WAITING)))
    votes = select(Floor.session_id, func.count(QuestionVote.id)).join(Question, Question.floor_id == Floor.id)
    put("votes", _rows(votes.join(QuestionVote).where(of_event).group_by(Floor.session_id)))
    remarks = select(Floor.session_id, func.count(Remark.id)).join(Remark).where(of_event, Remark.hidden_at.is_(None))
    put("remarks", _rows(remarks.group_by(Floor.session_id)))
    polled = select(Floor.session_id, func.count(PollAnswer.id)).join(Poll, Poll.floor_id == Floor.id)
    put("polled", _rows(polled.join(PollAnswer).where(of_event).group_by(Floor.session_id)))
    there = select(Floor.session_id, func.count(Attendance.id)).join(Attendance).where(of_event)
    put("attendance", _rows(there.group_by(Floor.session_id)))
    given = select(Floor.session_id, func.count(Feedback.id), func.avg(Feedback.stars)).join(Feedback).where(of_event)
    for session_id, count, mean in db.session.execute(given.group_by(Floor.session_id)):
        found.setdefault(session_id, {}).update(feedback=count, stars=float(mean))
    spoken = _spoken(event_id).subquery()
    voices = select(spoken.c.session_id, func.count()).group_by(spoken.c.session_id)
    put("voices", _rows(voices))
    return found


def _rows(query: object) -> Sequence[tuple[int, float]]:
    return [(row[0], row[1]) for row in db.session.execute(query)]  # type: ignore[call-overload]  # any two columns


def _spoken(event_id: int):  # type: ignore[no-untyped-def]  # a union of two selects
    """(session, voice) of everybody who asked or debated, each once."""
    asked = select(Floor.session_id, Question.voice).join(Question, Question.floor_id == Floor.id)
    debated = select(Floor.session_id, Remark.voice).join(Remark, Remark.floor_id == Floor.id)
    return union(
        asked.where(Floor.event_id == event_id, Question.state.in_(PUBLIC)),
        debated.where(Floor.event_id == event_id, Remark.hidden_at.is_(None)),
    )


def _voices(event_id: int) -> int:
    spoken = _spoken(event_id).subquery()
    return db.session.scalar(select(func.count(func.distinct(spoken.c.voice)))) or 0


def _people_there(event_id: int) -> int:
    query = select(func.count(func.distinct(Attendance.person_id))).join(Floor, Floor.id == Attendance.floor_id)
    return db.session.scalar(query.where(Floor.event_id == event_id)) or 0

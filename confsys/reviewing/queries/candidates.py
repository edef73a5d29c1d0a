"""Who could review a paper, and which papers a reviewer could take: with load, conflicts and scores as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.listing import AnySelect
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.reviewing.matching.material import Paper, Reviewer
from confsys.reviewing.matching.scores import Voices, Weights, common_topics
from confsys.reviewing.models import Affinity, Assignment, AssignmentRun, Bid
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries.material import reviewers
from confsys.reviewing.queries.people import people
from confsys.reviewing.queries.scope import LIVE, chaired, chaired_ids
from confsys.reviewing.states import AssignmentState, RunState
from confsys.submissions.models import Author, Conflict, Submission, submission_topic
from confsys.submissions.states import ConflictKind, ConflictState

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer beside a paper. ``bars``: kinds of conflict; ``state``: an assignment that exists already."""

    person_id: int
    name: PersonName
    organisation: LocalizedText
    is_senior: bool
    assigned: int
    load: int
    voices: Voices
    score: float
    bars: tuple[ConflictKind, ...]
    state: AssignmentState | None
    other_track: bool
    away: tuple[date, date] | None = None

    @property
    def is_free(self) -> bool:
        return not self.bars and self.state not in LIVE

    @property
    def is_full(self) -> bool:
        return self.assigned >= self.load


@dataclass(frozen=True, slots=True)
class Found:
    """The best candidates and how many there are in all."""

    rows: list[Candidate]
    total: int


def candidates_for(
    paper: Submission, event: Event, standing: EventStanding, text: str = "", *, shown: int | None = SHOWN
) -> Found:
    """Everybody who serves, best score first, those who must keep away or are assigned already last.

    Loads count the papers the viewer chairs. ``text`` narrows by name or organisation.
    """
    committee = reviewers(event.id, free_at=standing.at)
    who = people(reviewer.id for reviewer in committee)
    loads = _loads(standing)
    near = dict(_pairs(select(Affinity.person_id, Affinity.value).where(Affinity.submission_id == paper.id)))
    bids = dict(_pairs(select(Bid.person_id, Bid.value).where(Bid.submission_id == paper.id)))
    given = select(Assignment.person_id, Assignment.state).where(Assignment.submission_id == paper.id)
    states, bars, options = dict(_pairs(given)), _bars(paper), ReviewOptions.of(event)
    here = Paper(paper.id, paper.number, paper.track_id, frozenset(topic.id for topic in paper.topics))
    found = []
    for reviewer in committee:
        person = who[reviewer.id]
        if not _fits(text, person.name, person.organisation):
            continue
        voices = Voices(
            near.get(reviewer.id, 0.0), common_topics(here.topics, reviewer.topics), bids.get(reviewer.id)
        )  # fmt: skip
        found.append(
            Candidate(
                person_id=reviewer.id, name=person.name, organisation=person.organisation, is_senior=reviewer.is_senior,
                assigned=loads[reviewer.id], load=options.load if reviewer.load is None else reviewer.load,
                voices=voices, score=voices.score(Weights()), bars=bars.get(reviewer.id, ()),
                state=states.get(reviewer.id), other_track=_other_track(reviewer, here),
                away=reviewer.away,
            )
        )  # fmt: skip
    found.sort(key=lambda c: (not c.is_free, c.is_full, -c.score, c.name.sort_key))
    return Found(found[:shown], len(found))


def stand_ins(paper: Submission, event: Event, standing: EventStanding, count: int = 3) -> list[Candidate]:
    """Who could take over at once: free of conflicts, of the paper's track, with room left, never asked.

    First those whom the engine ranked for it in the run that was applied last, by all its rules; then by score.
    """
    found = candidates_for(paper, event, standing, shown=None).rows
    able = [row for row in found if row.is_free and not row.is_full and not row.other_track and row.state is None]
    ranked = {person: place for place, person in enumerate(_ranked(paper))}
    return sorted(able, key=lambda row: ranked.get(row.person_id, len(ranked)))[:count]


def _ranked(paper: Submission) -> tuple[int, ...]:
    """The alternates of a paper in the run that was applied last."""
    query = select(AssignmentRun.result).where(
        AssignmentRun.event_id == paper.event_id, AssignmentRun.state == RunState.APPLIED
    )
    result = db.session.scalar(query.order_by(AssignmentRun.applied_at.desc(), AssignmentRun.id.desc()).limit(1))
    return tuple(next((who for number, who in (result or {}).get("alternates", ()) if number == paper.id), ()))


def _pairs(query: AnySelect) -> list[tuple[int, Any]]:
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _other_track(reviewer: Reviewer, paper: Paper) -> bool:
    return bool(reviewer.tracks) and paper.track_id not in reviewer.tracks


def _fits(text: str, name: PersonName, organisation: LocalizedText) -> bool:
    known = folded(f"{name.both} {name.sort_key} {organisation.en} {organisation.zh}")
    return all(word in known for word in folded(text).split())


def _loads(standing: EventStanding) -> Counter[int]:
    """Live assignments by reviewer, of papers the viewer chairs."""
    query = select(Assignment.person_id).where(
        Assignment.submission_id.in_(chaired_ids(standing)), Assignment.state.in_(LIVE)
    )
    return Counter(person_id for person_id in db.session.scalars(query) if person_id is not None)


def _bars(paper: Submission) -> dict[int, tuple[ConflictKind, ...]]:
    """Kinds of conflict by person; authors of the paper are among them even without a row."""
    found: dict[int, list[ConflictKind]] = {
        author.person_id: [ConflictKind.AUTHOR] for author in paper.authors if author.person_id is not None
    }
    active = Conflict.state == ConflictState.ACTIVE
    query = select(Conflict.person_id, Conflict.kind).where(Conflict.submission_id == paper.id, active)
    for person_id, kind in db.session.execute(query):
        kinds = found.setdefault(person_id, [])
        if kind not in kinds:
            kinds.append(kind)
    return {person_id: tuple(kinds) for person_id, kinds in found.items()}


@dataclass(frozen=True, slots=True)
class Possible:
    """A paper beside a reviewer."""

    number: int
    title: LocalizedText
    assigned: int
    voices: Voices
    score: float


def papers_for(person_id: int, event: Event, standing: EventStanding, text: str = "") -> list[Possible]:
    """Papers a reviewer could still take, best score first; without those they must keep away from."""
    reviewer = next((each for each in reviewers(event.id, free_at=standing.at) if each.id == person_id), None)
    if reviewer is None:
        return []
    taken = select(Assignment.submission_id).where(Assignment.person_id == person_id, Assignment.state.in_(LIVE))
    bars = select(Conflict.submission_id).where(Conflict.person_id == person_id, Conflict.state == ConflictState.ACTIVE)
    wrote = select(Author.submission_id).where(Author.person_id == person_id)
    query = chaired(standing).where(Submission.id.not_in(taken.union(bars, wrote)))
    for word in text.split():
        query = query.where(Submission.blind_search_text.contains(folded(word), autoescape=True))
    rows = db.session.execute(query.with_only_columns(Submission.id, Submission.number, Submission.title)).all()
    near = dict(_pairs(select(Affinity.submission_id, Affinity.value).where(Affinity.person_id == person_id)))
    bids = dict(_pairs(select(Bid.submission_id, Bid.value).where(Bid.person_id == person_id)))
    topics, crowd = _topics(event.id), _crowd(standing)
    found = []
    for row in rows:
        voices = Voices(
            near.get(row.id, 0.0), common_topics(topics.get(row.id, frozenset()), reviewer.topics), bids.get(row.id)
        )  # fmt: skip
        found.append(Possible(row.number, row.title, crowd[row.id], voices, voices.score(Weights())))
    return sorted(found, key=lambda p: (-p.score, p.assigned, p.number))[:SHOWN]


def _topics(event_id: int) -> dict[int, frozenset[int]]:
    query = select(submission_topic).join(Submission, Submission.id == submission_topic.c.submission_id)
    found: dict[int, set[int]] = {}
    for row in db.session.execute(query.where(Submission.event_id == event_id)):
        found.setdefault(row.submission_id, set()).add(row.topic_id)
    return {paper: frozenset(topics) for paper, topics in found.items()}


def _crowd(standing: EventStanding) -> Counter[int]:
    query = select(Assignment.submission_id).where(
        Assignment.submission_id.in_(chaired_ids(standing)), Assignment.state.in_(LIVE)
    )
    return Counter(db.session.scalars(query))


def work_of(person_id: int, standing: EventStanding) -> Iterable[Assignment]:
    """Assignments of one reviewer, of papers the viewer chairs, by number."""
    query = (
        select(Assignment)
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(Assignment.person_id == person_id, Submission.id.in_(chaired_ids(standing)))
        .order_by(Submission.number)
    )
    return list(db.session.scalars(query))

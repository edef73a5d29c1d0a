"""All that an assignment run needs to know, read in a handful of queries whatever the size of the event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from confsys.accounts.models import Affiliation
from confsys.core.db import db
from confsys.core.listing import AnySelect
from confsys.events.models import RoleGrant, Stage
from confsys.events.states import GrantState, Role, StageKind
from confsys.members.days import society_day
from confsys.members.queries import kept_from_reviewing
from confsys.reviewing.matching.material import Material, Pair, Paper, Reviewer
from confsys.reviewing.models import Affinity, Assignment, Bid, ReviewerProfile
from confsys.reviewing.queries.scope import LIVE, serving
from confsys.reviewing.states import AssignmentState
from confsys.submissions.models import Author, Conflict, Submission, submission_topic
from confsys.submissions.states import ConflictState, SubmissionState

Days = tuple[date, date]
UNDECIDED = frozenset({SubmissionState.SUBMITTED})


def material(event_id: int, at: datetime, *, states: Collection[SubmissionState] = UNDECIDED) -> Material:
    """Of the whole event, whoever asks: what a chair may see of the outcome is decided when it is shown.

    ``states``: of papers; a run assigns those under review, and is asked about those decided since as well.
    """
    here = (Submission.event_id == event_id, Submission.state.in_(states))
    of_event = select(Submission.id).where(*here)
    given = select(Assignment.submission_id, Assignment.person_id, Assignment.state).where(
        Assignment.submission_id.in_(of_event), Assignment.person_id.is_not(None)
    )
    known: dict[Pair, AssignmentState] = _values(given)
    bids = select(Bid.submission_id, Bid.person_id, Bid.value).where(Bid.submission_id.in_(of_event))
    text = select(Affinity.submission_id, Affinity.person_id, Affinity.value)
    return Material(
        papers=tuple(_papers(here)),
        reviewers=tuple(reviewers(event_id, free_at=at)),
        barred=frozenset(_barred(of_event)),
        wrote=frozenset(_wrote(of_event)),
        refused=frozenset(pair for pair, state in known.items() if state is AssignmentState.DECLINED),
        bids=_values(bids),
        text=_values(text.where(Affinity.submission_id.in_(of_event))),
        present={pair: state for pair, state in known.items() if state in LIVE},
        outside=_outside(of_event),
    )


def _values(query: AnySelect) -> dict[Pair, Any]:
    """(paper, person, value) rows as a mapping."""
    return {(paper, person): value for paper, person, value in db.session.execute(query)}


def _papers(here: tuple[ColumnElement[bool], ...]) -> list[Paper]:
    topics: dict[int, set[int]] = defaultdict(set)
    chosen = select(submission_topic).join(Submission, Submission.id == submission_topic.c.submission_id)
    for row in db.session.execute(chosen.where(*here)):
        topics[row.submission_id].add(row.topic_id)
    query = select(Submission.id, Submission.number, Submission.track_id).where(*here)
    return [
        Paper(row.id, row.number, row.track_id, frozenset(topics[row.id]))
        for row in db.session.execute(query.order_by(Submission.number))
    ]


def reviewers(event_id: int, *, free_at: datetime | None = None) -> list[Reviewer]:
    """Who serves, each once: somebody invited for two tracks serves both; invited for all, all.

    ``free_at``: without those whom a sanction of the society keeps from reviewing at that moment.
    """
    tracks: dict[int, set[int | None]] = defaultdict(set)
    grants = select(RoleGrant.person_id, RoleGrant.track_id).where(
        RoleGrant.event_id == event_id, RoleGrant.role == Role.REVIEWER, RoleGrant.state == GrantState.ACTIVE
    )
    if free_at is not None:
        grants = grants.where(~kept_from_reviewing(RoleGrant.person_id, society_day(free_at)))
    for person_id, track_id in db.session.execute(grants):
        tracks[person_id or 0].add(track_id)
    known = select(ReviewerProfile).where(ReviewerProfile.event_id == event_id)
    profiles = {row.person_id: row for row in db.session.scalars(known)}
    works, writing = _works(event_id), _writing_days(event_id)
    return [
        _reviewer(person_id, served, profiles.get(person_id), frozenset(works[person_id]), writing)
        for person_id, served in sorted(tracks.items())
    ]


def _works(event_id: int) -> dict[int, set[int]]:
    """Where everybody who serves works now."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(Affiliation.person_id, Affiliation.organisation_id).where(
        Affiliation.person_id.in_(serving(event_id)), Affiliation.ends_on.is_(None)
    )
    for person_id, organisation_id in db.session.execute(query):
        found[person_id].add(organisation_id)
    return found


def _writing_days(event_id: int) -> Days | None:
    """The first and the last day on which reviews are written."""
    query = select(Stage.opens, Stage.due).where(Stage.event_id == event_id, Stage.kind == StageKind.REVIEW)
    row = db.session.execute(query).first()
    return (row.opens.date(), row.due.date()) if row is not None and row.opens and row.due else None


def _reviewer(
    person_id: int,
    served: set[int | None],
    profile: ReviewerProfile | None,
    works: frozenset[int],
    writing: Days | None,
) -> Reviewer:
    """Who is away for all the days of writing can take nothing, whatever number they named."""
    tracks = frozenset[int]() if None in served else frozenset(track for track in served if track is not None)
    if profile is None:
        return Reviewer(person_id, tracks=tracks, organisations=works)
    away = (profile.away_from, profile.away_until) if profile.away_from and profile.away_until else None
    gone = bool(away and writing and away[0] <= writing[0] and away[1] >= writing[1])
    load = 0 if gone else profile.load_max
    return Reviewer(person_id, load, profile.is_senior, frozenset(profile.topic_ids), tracks, works, away)


def _outside(papers: Select[int]) -> dict[int, int]:
    """How many reviews of each paper were passed on to people outside."""
    query = select(Assignment.submission_id, func.count(Assignment.id)).where(
        Assignment.submission_id.in_(papers), Assignment.delegated_from_id.is_not(None), Assignment.state.in_(LIVE)
    )
    return {paper: count for paper, count in db.session.execute(query.group_by(Assignment.submission_id))}  # noqa: C416


def _wrote(papers: Select[int]) -> set[Pair]:
    query = select(Author.submission_id, Author.person_id).where(
        Author.submission_id.in_(papers), Author.person_id.is_not(None)
    )
    return {(paper, person or 0) for paper, person in db.session.execute(query)}


def _barred(papers: Select[int]) -> set[Pair]:
    active = select(Conflict.submission_id, Conflict.person_id).where(
        Conflict.submission_id.in_(papers), Conflict.state == ConflictState.ACTIVE
    )
    return _wrote(papers) | {(paper, person) for paper, person in db.session.execute(active)}

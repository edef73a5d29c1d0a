"""A reviewer's own work: what was given, what is left, what they may bid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing
from confsys.core.localized import LocalizedText
from confsys.core.viewer import Viewer
from confsys.events.models import Event, Topic
from confsys.events.standing import EventStanding
from confsys.events.states import Feature, StageKind
from confsys.reviewing.models import Affinity, Assignment, Bid, Decision
from confsys.reviewing.queries.board import search_titles
from confsys.reviewing.queries.scope import biddable, given_to
from confsys.reviewing.states import BidValue, ReviewState
from confsys.reviewing.wording import BID_WORDS
from confsys.submissions.models import Conflict, PaperFile, Submission, submission_topic
from confsys.submissions.states import ConflictSource, ConflictState, FileKind


@dataclass(frozen=True, slots=True)
class Task:
    """One paper to review: never who wrote it. ``pages`` tells how much there is to read."""

    event: Event
    number: int
    title: LocalizedText
    pages: int | None
    review: ReviewState | None
    due: datetime | None
    saved_at: datetime | None

    @property
    def is_done(self) -> bool:
        return self.review is ReviewState.SUBMITTED


def tasks(viewer: Viewer, event_id: int | None = None) -> list[Task]:
    """What a reviewer was given, in one event or all: open ones first, by due date, then the shortest."""
    query = given_to(viewer.person_id).options(
        joinedload(Assignment.submission).joinedload(Submission.event).selectinload(Event.stages),
        joinedload(Assignment.submission).selectinload(Submission.files),
        joinedload(Assignment.review),
    )
    if event_id is not None:
        query = query.where(Submission.event_id == event_id)
    found = [_task(row) for row in db.session.scalars(query)]
    reviewing = [task for task in found if Feature.REVIEWING.value in task.event.features]
    return sorted(reviewing, key=lambda t: (t.is_done, t.due is None, t.due, t.pages or 0, t.number))


def _task(row: Assignment) -> Task:
    paper = row.submission
    due = next((stage.due for stage in paper.event.stages if stage.kind is StageKind.REVIEW), None)
    file = manuscript(paper)
    return Task(
        event=paper.event, number=paper.number, title=paper.title, pages=file.pages if file else None,
        review=row.review.state if row.review else None, due=due, saved_at=row.review.saved_at if row.review else None,
    )  # fmt: skip


def manuscript(paper: Submission) -> PaperFile | None:
    """The version of the paper that is reviewed: the newest manuscript that was not withdrawn."""
    rows = [row for row in paper.files if row.kind is FileKind.MANUSCRIPT and not row.withdrawn]
    return max(rows, key=lambda row: row.number, default=None)


@dataclass(frozen=True, slots=True)
class Biddable:
    """A paper to bid for. ``nearness`` is the affinity to the reader's own papers, None where unknown."""

    number: int
    title: LocalizedText
    abstract: LocalizedText
    topics: tuple[LocalizedText, ...]
    bid: BidValue | None
    nearness: float | None


def bidding(standing: EventStanding) -> tuple[Listing[Biddable], AnySelect]:
    """Papers to bid for: nearest first, so that the first page is the one worth reading."""
    me = standing.viewer.person_id
    query = (
        biddable(standing)
        .with_only_columns(
            Submission.id, Submission.number, Submission.title, Submission.abstract, Bid.value.label("bid"),
            Affinity.value.label("nearness"),
        )
        .outerjoin(Bid, and_(Bid.submission_id == Submission.id, Bid.person_id == me))
        .outerjoin(Affinity, and_(Affinity.submission_id == Submission.id, Affinity.person_id == me))
    )  # fmt: skip
    listing = Listing(
        name="bids",
        columns=[
            Column("number", _l("No."), lambda r: r.number, Submission.number, "number"),
            Column("title", _l("Paper"), lambda r: r.title, cast(Submission.title, String)),
            Column("topics", _l("Topics"), lambda r: "; ".join(str(topic) for topic in r.topics), export_only=True),
            Column("nearness", _l("Near to you"), lambda r: r.nearness, func.coalesce(Affinity.value, 0), "number"),
            Column("bid", _l("Your bid"), lambda r: BID_WORDS[r.bid] if r.bid else "", cast(Bid.value, String)),
        ],
        view=_view,
        search=search_titles,
        filters=[
            Filter("bid", _l("Your bid"), lambda: _BIDS, _by_bid),
            Filter("topic", _l("Topic"), lambda: _topics(standing.event_id), _by_topic),
        ],
        default_sort="-nearness",
        tie_break=(Submission.number,),
    )
    return listing, query


_BIDS: list[tuple[str, Lazy | str]] = [
    ("none", _l("none yet")),
    *((bid.value, word) for bid, word in BID_WORDS.items()),
]


def _by_bid(query: AnySelect, value: str) -> AnySelect:
    return query.where(Bid.id.is_(None)) if value == "none" else query.where(cast(Bid.value, String) == value)


def _topics(event_id: int) -> list[tuple[str, str]]:
    rows = db.session.execute(select(Topic.id, Topic.name).where(Topic.event_id == event_id).order_by(Topic.position))
    return [(str(row.id), str(row.name)) for row in rows]


def _by_topic(query: AnySelect, value: str) -> AnySelect:
    if not value.isdigit():
        return query
    with_topic = select(submission_topic.c.submission_id).where(submission_topic.c.topic_id == int(value))
    return query.where(Submission.id.in_(with_topic))


def _view(rows: Sequence[Any]) -> list[Biddable]:
    topics: dict[int, list[LocalizedText]] = {}
    chosen = (
        select(submission_topic.c.submission_id, Topic.name)
        .join(Topic, Topic.id == submission_topic.c.topic_id)
        .where(submission_topic.c.submission_id.in_([row.id for row in rows]))
        .order_by(Topic.position)
    )
    for paper, name in db.session.execute(chosen):
        topics.setdefault(paper, []).append(name)
    return [
        Biddable(row.number, row.title, row.abstract, tuple(topics.get(row.id, ())), row.bid, row.nearness)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Declared:
    """A conflict the reader declared: the paper's number is all that is left of it for them."""

    id: int
    number: int
    at: datetime


def declared(standing: EventStanding) -> list[Declared]:
    """Conflicts a reviewer declared themselves and may take back."""
    query = (
        select(Conflict.id, Submission.number, Conflict.created_at)
        .join(Submission, Submission.id == Conflict.submission_id)
        .where(
            Submission.event_id == standing.event_id,
            Conflict.person_id == standing.viewer.person_id,
            Conflict.source == ConflictSource.DECLARED_BY_REVIEWER,
            Conflict.state == ConflictState.ACTIVE,
            Conflict.pinned.is_(False),
        )
        .order_by(Submission.number)
    )
    return [Declared(*row) for row in db.session.execute(query)]


def bids_left(standing: EventStanding) -> tuple[int, int]:
    """(papers to bid for, bids made) of a reviewer."""
    query = biddable(standing).with_only_columns(func.count(Submission.id), func.count(Bid.id))
    own = and_(Bid.submission_id == Submission.id, Bid.person_id == standing.viewer.person_id)
    total, made = db.session.execute(query.outerjoin(Bid, own)).one()
    return int(total), int(made)


def told_of(papers: Sequence[int]) -> set[int]:
    """Ids of those papers whose authors were told a decision."""
    released = Decision.released_at.is_not(None)
    return set(db.session.scalars(select(Decision.submission_id).where(Decision.submission_id.in_(papers), released)))

"""The chair's board: every paper with its reviews in figures, sorted and filtered in the database."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, case, cast, exists, func, or_, select

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import folded
from confsys.events.models import Track
from confsys.events.standing import EventStanding
from confsys.reviewing.models import Assignment, Decision, Review
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries.scope import LIVE, chaired_ids
from confsys.reviewing.states import AssignmentState, Outcome, ReviewState
from confsys.reviewing.wording import OUTCOME_WORDS, PRESENTATIONS
from confsys.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One paper. ``expected`` reviews were asked for, ``done`` are in; ``scores`` are single, ``mean`` is theirs."""

    id: int
    number: int
    title: LocalizedText
    track: LocalizedText
    expected: int
    done: int
    scores: tuple[float, ...]
    mean: float | None
    spread: float | None
    confidence: float | None
    outcome: Outcome | None
    presentation: str
    is_waiting: bool

    @property
    def word(self) -> Lazy | str:
        return OUTCOME_WORDS[self.outcome] if self.outcome else ""

    @property
    def row_label(self) -> str:
        return f"#{self.number} {self.title}"


def figures_by_paper(standing: EventStanding) -> Any:
    """Subquery: submission_id, expected, done, mean, spread, confidence; aggregated over live assignments."""
    return (
        select(
            Assignment.submission_id, func.count(Assignment.id).label("expected"), func.count(Review.id).label("done"),
            func.avg(Review.overall).label("mean"), func.avg(Review.confidence).label("confidence"),
            (func.max(Review.overall) - func.min(Review.overall)).label("spread"),
        )
        .join(Submission, Submission.id == Assignment.submission_id)
        .outerjoin(Review, (Review.assignment_id == Assignment.id) & (Review.state == ReviewState.SUBMITTED))
        .where(Assignment.state.in_(LIVE), Submission.event_id == standing.event_id)
        .group_by(Assignment.submission_id)
        .subquery()
    )  # fmt: skip


def board(standing: EventStanding, options: ReviewOptions) -> tuple[Listing[BoardRow], AnySelect]:
    """The list of papers under review and the query behind it."""
    sums = figures_by_paper(standing)
    query = (
        select(
            Submission.id, Submission.number, Submission.title, Track.name.label("track"),
            func.coalesce(sums.c.expected, 0).label("expected"), func.coalesce(sums.c.done, 0).label("done"),
            sums.c.mean, sums.c.spread, sums.c.confidence,
            Decision.outcome, Decision.presentation, Decision.comment, Decision.told,
        )
        .outerjoin(Track, Track.id == Submission.track_id)
        .outerjoin(sums, sums.c.submission_id == Submission.id)
        .outerjoin(Decision, Decision.submission_id == Submission.id)
        .where(Submission.id.in_(chaired_ids(standing)))
    )  # fmt: skip
    listing = Listing(
        name="reviews",
        columns=_columns(sums),
        view=_view,
        search=search_titles,
        filters=[
            Filter("reviews", _l("Reviews"), lambda: _REVIEWS, lambda q, v: _by_reviews(q, v, sums, options)),
            Filter(
                "spread",
                _l("Spread"),
                lambda: [(">=5", _l("5 and more"))],
                lambda q, v: _by_number(q, v, sums.c.spread),
            ),
            Filter("mean", _l("Mean"), list, lambda q, v: _by_number(q, v, sums.c.mean)),
            Filter("decision", _l("Decision"), lambda: _DECISIONS, _by_decision),
            Filter("track", _l("Track"), lambda: _tracks(standing), _by_track),
        ],
        default_sort="number",
        tie_break=(Submission.number,),
    )
    return listing, query


def found_by(standing: EventStanding, options: ReviewOptions, text: str) -> list[int]:
    """Ids of all papers of the board that a typed query finds, on every page of it."""
    listing, query = board(standing, options)
    return [row.id for row in db.session.execute(listing.selected(query, text))]


def _columns(sums: Any) -> list[Column[BoardRow]]:
    return [
        Column("number", _("No."), lambda r: r.number, Submission.number, "number"),
        Column("title", _("Paper"), lambda r: r.title, cast(Submission.title, String)),
        Column("track", _("Track"), lambda r: r.track, export_only=True),
        Column("done", _("Reviews"), lambda r: f"{r.done}/{r.expected}", func.coalesce(sums.c.done, 0), "number"),
        Column("mean", _("Mean"), lambda r: r.mean, sums.c.mean, "number"),
        Column("spread", _("Spread"), lambda r: r.spread, sums.c.spread),
        Column("scores", _("Scores"), lambda r: " ".join(f"{s:g}" for s in r.scores), export_only=True),
        Column("confidence", _("Confidence"), lambda r: r.confidence, sums.c.confidence, "number"),
        Column("decision", _("Decision"), lambda r: r.word, cast(Decision.outcome, String), "state"),
        Column("presentation", _("Presentation"), lambda r: PRESENTATIONS.get(r.presentation, ""), export_only=True),
    ]


_REVIEWS: list[tuple[str, Lazy]] = [
    ("missing", _l("missing")), ("complete", _l("complete")), ("unassigned", _l("too few reviewers")),
    ("declined", _l("somebody declined")),
]  # fmt: skip
_DECISIONS: list[tuple[str, Lazy]] = [
    ("none", _l("none yet")), ("accept", _l("accept")), ("reject", _l("reject")), ("waiting", _l("not released")),
]  # fmt: skip
_NUMBER = re.compile(r"(>=|<=|>|<|=)?\s*(\d+(?:\.\d+)?)")


def _by_reviews(query: AnySelect, value: str, sums: Any, options: ReviewOptions) -> AnySelect:
    if value == "missing":
        return query.where(sums.c.done < sums.c.expected)
    if value == "complete":
        return query.where(sums.c.done >= sums.c.expected)
    if value == "unassigned":
        return query.where(func.coalesce(sums.c.expected, 0) < options.coverage)
    if value == "declined":
        declined = Assignment.state == AssignmentState.DECLINED
        return query.where(exists().where(Assignment.submission_id == Submission.id, declined))
    return query


def _by_number(query: AnySelect, value: str, column: Any) -> AnySelect:
    """``>=5``, ``<3.5``, ``4``: a paper without the figure never fits."""
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        return query
    sign, number = match.group(1) or "=", float(match.group(2))
    compare = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}[sign]
    return query.where(compare(column, number))


def _by_decision(query: AnySelect, value: str) -> AnySelect:
    if value == "none":
        return query.where(Decision.id.is_(None))
    if value == "waiting":
        return query.where(Decision.released_at.is_(None), Decision.id.is_not(None))
    return query.where(cast(Decision.outcome, String) == value)


def _tracks(standing: EventStanding) -> list[tuple[str, str]]:
    query = select(Track.code, Track.name).where(Track.event_id == standing.event_id).order_by(Track.position)
    return [(row.code, str(row.name)) for row in db.session.execute(query)]


def _by_track(query: AnySelect, value: str) -> AnySelect:
    return query.where(Track.code == value)


def search_titles(query: AnySelect, text: str) -> AnySelect:
    """Each word in title, keywords or abstract, or the number. Authors are not searched here, whoever asks."""
    for word in text.split():
        found = Submission.blind_search_text.like(like(folded(word)), escape="\\")
        number = word.removeprefix("#")
        query = query.where(
            or_(found, Submission.number == int(number)) if number.isdigit() and len(number) < 9 else found
        )
    return query


def _view(rows: Sequence[Any]) -> list[BoardRow]:
    scores = _scores([row.id for row in rows])
    return [
        BoardRow(
            id=row.id, number=row.number, title=row.title, track=row.track or LocalizedText(), expected=row.expected,
            done=row.done, scores=tuple(scores.get(row.id, ())), mean=_rounded(row.mean), spread=_rounded(row.spread),
            confidence=_rounded(row.confidence), outcome=row.outcome, presentation=row.presentation or "",
            is_waiting=row.outcome is not None and row.told != _content(row),
        )
        for row in rows
    ]  # fmt: skip


def _content(row: Any) -> dict[str, Any]:
    return {"outcome": row.outcome.value, "presentation": row.presentation, "comment": row.comment}


def _rounded(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)


def _scores(papers: list[int]) -> dict[int, list[float]]:
    query = (
        select(Assignment.submission_id, Review.overall)
        .join(Review, Review.assignment_id == Assignment.id)
        .where(
            Assignment.submission_id.in_(papers), Assignment.state.in_(LIVE), Review.state == ReviewState.SUBMITTED,
            Review.overall.is_not(None),
        )
        .order_by(Review.overall)
    )  # fmt: skip
    found: dict[int, list[float]] = defaultdict(list)
    for paper, score in db.session.execute(query):
        found[paper].append(score or 0.0)
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """The event's reviewing in numbers, over the papers the viewer chairs."""

    papers: int
    expected: int
    done: int
    proposed: int
    late: int
    short: int
    undecided: int
    waiting: int


def counts(standing: EventStanding, options: ReviewOptions, *, due_passed: bool) -> Counts:
    """One query. ``late``: asked for, not in, and the due date is past."""
    sums = figures_by_paper(standing)
    is_proposed = case((Assignment.state == AssignmentState.PROPOSED, 1), else_=0)
    proposals = (
        select(func.coalesce(func.sum(is_proposed), 0))
        .join(Submission, Submission.id == Assignment.submission_id)
        .where(Submission.id.in_(chaired_ids(standing)))
        .scalar_subquery()
    )
    total = func.coalesce
    row = db.session.execute(
        select(
            func.count(Submission.id), total(func.sum(sums.c.expected), 0), total(func.sum(sums.c.done), 0), proposals,
            total(func.sum(case((total(sums.c.expected, 0) < options.coverage, 1), else_=0)), 0),
            total(func.sum(case((Decision.id.is_(None), 1), else_=0)), 0),
            total(func.sum(case((and_(Decision.id.is_not(None), Decision.released_at.is_(None)), 1), else_=0)), 0),
        )
        .outerjoin(sums, sums.c.submission_id == Submission.id)
        .outerjoin(Decision, Decision.submission_id == Submission.id)
        .where(Submission.id.in_(chaired_ids(standing)))
    ).one()  # fmt: skip
    papers, expected, done, proposed, short, undecided, waiting = (int(value) for value in row)
    late = expected - proposed - done if due_passed else 0
    return Counts(papers, expected, done, proposed, late, short, undecided, waiting)

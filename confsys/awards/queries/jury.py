"""The jury: who is on it, who is too near to whom, each juror's own ballot, and the count after the close."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Affiliation, Relation
from confsys.awards.models import Award, Juror, JurorConflict, Nomination, Vote
from confsys.awards.queries.awards import Candidate, candidates
from confsys.awards.states import Scheme
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.submissions.queries.conflicts import barred as papers_barred


class Bar(enum.StrEnum):
    """Why a juror does not vote about a candidate."""

    WROTE = "wrote"
    CONFLICT = "conflict"  # known from the review of the paper
    RELATION = "relation"
    ORGANISATION = "organisation"
    NOMINATED = "nominated"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class JurorView:
    id: int
    person_id: int
    name: PersonName
    voted_at: datetime | None


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A candidate on one juror's ballot, with this juror's own score."""

    candidate: Candidate
    score: int | None
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the jury said of a candidate. ``mean`` of those who might and did vote; None: nobody."""

    candidate: Candidate
    scores: tuple[int, ...] = ()
    barred: int = 0

    @property
    def votes(self) -> int:
        return len(self.scores)

    @property
    def mean(self) -> float | None:
        return fmean(self.scores) if self.scores else None


@dataclass(frozen=True, slots=True)
class _People:
    """What is known of everybody concerned; read once for the whole jury."""

    organisations: dict[int, set[int]] = field(default_factory=dict)
    related: set[frozenset[int]] = field(default_factory=set)
    papers: set[tuple[int, int]] = field(default_factory=set)
    declared: set[tuple[int, int]] = field(default_factory=set)


def jurors(award_id: int) -> list[JurorView]:
    query = select(Juror).where(Juror.award_id == award_id).options(joinedload(Juror.person)).order_by(Juror.id)
    return [JurorView(row.id, row.person_id, row.person.name, row.voted_at) for row in db.session.scalars(query)]


def juror_of(award_id: int, person_id: int | None) -> Juror | None:
    return db.session.scalar(select(Juror).where(Juror.award_id == award_id, Juror.person_id == person_id))


def bars(jury: Sequence[JurorView | Juror], found: Sequence[Candidate]) -> dict[tuple[int, int], Bar]:
    """(juror id, nomination id) -> why this juror does not vote about it. Four queries, whatever the numbers."""
    known = _known(jury, found)
    made = {}
    for juror in jury:
        for candidate in found:
            bar = _bar(juror, candidate, known)
            if bar is not None:
                made[juror.id, candidate.id] = bar
    return made


def _known(jury: Sequence[JurorView | Juror], found: Sequence[Candidate]) -> _People:
    ours = {juror.person_id for juror in jury}
    theirs = {person for candidate in found for person in candidate.people}
    places: dict[int, set[int]] = {}
    working = select(Affiliation.person_id, Affiliation.organisation_id).where(
        Affiliation.person_id.in_(ours | theirs), Affiliation.ends_on.is_(None)
    )
    for person_id, organisation_id in db.session.execute(working):
        places.setdefault(person_id, set()).add(organisation_id)
    tied = select(Relation.person_id, Relation.other_person_id).where(
        or_(
            Relation.person_id.in_(ours) & Relation.other_person_id.in_(theirs),
            Relation.person_id.in_(theirs) & Relation.other_person_id.in_(ours),
        )
    )
    said = select(JurorConflict.juror_id, JurorConflict.nomination_id).where(
        JurorConflict.juror_id.in_([juror.id for juror in jury])
    )
    return _People(
        places, {frozenset({row[0], row[1] or 0}) for row in db.session.execute(tied)},
        papers_barred([c.submission_id for c in found if c.submission_id]),
        {(row[0], row[1]) for row in db.session.execute(said)},
    )  # fmt: skip


def _bar(juror: JurorView | Juror, candidate: Candidate, known: _People) -> Bar | None:
    me = juror.person_id
    mine = known.organisations.get(me, set())
    reasons: Iterable[tuple[bool, Bar]] = (
        (me in candidate.people, Bar.WROTE),
        ((candidate.submission_id or 0, me) in known.papers, Bar.CONFLICT),
        (any(frozenset({me, other}) in known.related for other in candidate.people), Bar.RELATION),
        (any(mine & known.organisations.get(other, set()) for other in candidate.people), Bar.ORGANISATION),
        (candidate.nominated_by_id == me and candidate.submission_id is None, Bar.NOMINATED),
        ((juror.id, candidate.id) in known.declared, Bar.DECLARED),
    )
    return next((bar for applies, bar in reasons if applies), None)


def ballot(award: Award, juror: Juror) -> list[BallotLine]:
    """Of one juror: every candidate with the own score, and why there is none to give."""
    found = [candidate for candidate in candidates(award.id) if candidate.may_win]
    near = bars([juror], found)
    query = select(Vote.nomination_id, Vote.score).where(Vote.juror_id == juror.id)
    own = {row[0]: row[1] for row in db.session.execute(query)}
    return [BallotLine(one, own.get(one.id), near.get((juror.id, one.id))) for one in found]


def tally(award: Award) -> list[Tally]:
    """The count, the best first. Only asked for after the close (``rules.may_see_votes``); names no juror."""
    found = [candidate for candidate in candidates(award.id) if candidate.may_win]
    jury = jurors(award.id)
    near = bars(jury, found)
    query = select(Vote.nomination_id, Vote.score, Vote.juror_id).join(
        Nomination, Nomination.id == Vote.nomination_id
    )  # fmt: skip
    scores: dict[int, list[int]] = {}
    for nomination_id, score, juror_id in db.session.execute(query.where(Nomination.award_id == award.id)):
        if (juror_id, nomination_id) not in near:  # a conflict that came to light after the vote takes it away
            scores.setdefault(nomination_id, []).append(score)
    lines = [
        Tally(one, tuple(sorted(scores.get(one.id, []), reverse=True)), sum((j.id, one.id) in near for j in jury))
        for one in found
    ]
    by_count = award.scheme is Scheme.PICK
    return sorted(lines, key=lambda line: (-line.votes if by_count else -(line.mean or 0), line.candidate.id))

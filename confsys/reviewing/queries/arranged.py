"""Bids that look arranged, for the chair who steers: something to look at, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.standing import EventStanding
from confsys.reviewing.models import Affinity, Bid
from confsys.reviewing.queries.people import Who, people
from confsys.reviewing.queries.scope import chaired
from confsys.reviewing.states import BidValue
from confsys.submissions.models import Author, Submission


@dataclass(frozen=True, slots=True)
class Named:
    number: int
    title: LocalizedText


@dataclass(frozen=True, slots=True)
class Suspicion:
    """``kind``: see ``reviewers.collusion``; ``one_in``: chance brings the like about once in so many cases."""

    kind: str
    people: tuple[Who, ...]
    papers: tuple[Named, ...]
    one_in: int


def suspicions(standing: EventStanding) -> list[Suspicion]:
    """Over the papers the viewer chairs; a paper they may not see takes no part, nor do bids on it."""
    # The engine's package brings NumPy and OR-Tools: kept out of the web's start.
    from reviewers.collusion import suspicious  # noqa: PLC0415

    rows = db.session.execute(chaired(standing).with_only_columns(Submission.id, Submission.number, Submission.title))
    papers: dict[str | int, Named] = {row.id: Named(row.number, row.title) for row in rows}
    here = chaired(standing).with_only_columns(Submission.id)
    wants = select(Bid.submission_id, Bid.person_id).where(Bid.submission_id.in_(here), Bid.value == BidValue.WANT)
    wrote = select(Author.submission_id, Author.person_id).where(
        Author.submission_id.in_(here), Author.person_id.is_not(None)
    )
    near = select(Affinity.submission_id, Affinity.person_id, Affinity.value).where(Affinity.submission_id.in_(here))
    found = suspicious(
        [(p, r) for p, r in db.session.execute(wants)], [(p, a or 0) for p, a in db.session.execute(wrote)],
        len(papers), _reach({(p, r): value for p, r, value in db.session.execute(near)}, papers),
    )  # fmt: skip
    who = people(_numbers(person for finding in found for person in finding.people))
    return [
        Suspicion(
            finding.kind, tuple(who[each] for each in _numbers(finding.people) if each in who),
            tuple(papers[paper] for paper in finding.papers), round(min(1e9, 1 / max(1e-9, finding.chance))),
        )
        for finding in found
    ]  # fmt: skip


def _reach(
    known: dict[tuple[str | int, str | int], float], papers: Iterable[str | int]
) -> dict[tuple[str | int, str | int], float]:
    """Nearness of every paper to whoever has any: what was not kept is far."""
    readers = {reader for _, reader in known}
    return {(paper, reader): known.get((paper, reader), 0.0) for reader in readers for paper in papers}


def _numbers(ids: Iterable[str | int]) -> list[int]:
    return [int(each) for each in ids]

"""What peer review takes from an import file of papers: reviews, decisions, and reviewers made from the authors.

Registered with the submissions room, whose import runs them inside its one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from confsys.accounts.models import Affiliation, EmailAddress, Person
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName, folded
from confsys.events.models import Event, RoleGrant
from confsys.events.states import GrantState, Role
from confsys.reviewing.operations.importing import (
    ImportedDecision,
    ImportedReview,
    ensure_form,
    import_decisions,
    import_reviews,
)
from confsys.reviewing.states import Outcome
from confsys.submissions.importing.extras import Extra, register
from confsys.submissions.importing.rows import ImportFile, RowProblem, Taken
from confsys.submissions.models import Author

#: Words of a decision that mean a rejection; every other word accepts, as that presentation.
REJECTIONS = {"reject", "rejected", "no", "false", "0", "withdrawn", "desk reject", "拒稿", "拒绝", "不录用", "未录用"}
PLAIN_ACCEPTANCES = {"accept", "accepted", "yes", "true", "1", "录用", "接收"}
#: Nobody reads mail there (RFC 2606): the address of a reviewer of whom only the name is known.
NOWHERE = "imported.invalid"


def _reviews_of(more: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = more.get("reviews") or ()
    return found if isinstance(found, list) else ()


def check_reviews(_event: Event, file: ImportFile) -> list[RowProblem]:
    """Scores must be numbers of their scale; a missing confidence is allowed."""
    problems = []
    for paper in file.papers:
        for n, review in enumerate(_reviews_of(paper.more), start=1):
            problems += [
                RowProblem(
                    paper.row,
                    _l("Review %(n)s: “%(name)s” must be a whole number from %(low)s to %(high)s.", n=n, name=name,
                       low=file.scales[name][0], high=file.scales[name][1]),
                )
                for name in ("rating", "confidence") if not _on_scale(review.get(name), file.scales[name])
            ]  # fmt: skip
            if not str(review.get("text") or "").strip():
                problems.append(RowProblem(paper.row, _l("Review %(n)s has no text.", n=n), warning=True))
    return problems


def _on_scale(value: Any, scale: tuple[int, int]) -> bool:
    return value is None or (isinstance(value, int) and scale[0] <= value <= scale[1])


def apply_reviews(event: Event, file: ImportFile, taken: Sequence[Taken], actor: Actor, at: datetime) -> int:
    ensure_form(event, rating=file.scales["rating"], confidence=file.scales["confidence"], actor=actor, at=at)
    reviews = {
        row.submission_id: [
            ImportedReview(
                text=str(review.get("text") or ""), title=str(review.get("title") or ""), rating=review.get("rating"),
                confidence=review.get("confidence"), reviewer=str(review.get("reviewer") or ""),
            )
            for review in _reviews_of(row.paper.more)
        ]
        for row in taken
    }  # fmt: skip
    return import_reviews(event, reviews, actor=actor, at=at)


def decision_in(more: Mapping[str, Any]) -> ImportedDecision | None:
    """What the file says of a paper: ``accepted`` decides where it is given, the word then is the presentation."""
    word = str(more.get("decision") or "").strip()
    accepted = more.get("accepted")
    if not word and accepted is None:
        return None
    if accepted is None:
        yes = word.casefold() not in REJECTIONS
    else:
        yes = accepted is True or str(accepted).strip().casefold() in PLAIN_ACCEPTANCES
    presentation = word.casefold()[:40] if yes and word.casefold() not in PLAIN_ACCEPTANCES else ""
    return ImportedDecision(Outcome.ACCEPT if yes else Outcome.REJECT, presentation)


def check_decisions(_event: Event, file: ImportFile) -> list[RowProblem]:
    return [
        RowProblem(paper.row, _l("This paper has no decision; it stays undecided."), warning=True)
        for paper in file.papers
        if decision_in(paper.more) is None
    ]


def apply_decisions(event: Event, _file: ImportFile, taken: Sequence[Taken], actor: Actor, at: datetime) -> int:
    decisions = {row.submission_id: found for row in taken if (found := decision_in(row.paper.more)) is not None}
    return import_decisions(event, decisions, released=True, actor=actor, at=at)


@dataclass
class _Scholar:
    """A person behind one or more author lines of the file. ``places``: organisations, oldest line first."""

    name: PersonName
    email: str
    places: dict[int, None] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    person_id: int | None = None


def apply_reviewers(event: Event, _file: ImportFile, taken: Sequence[Taken], actor: Actor, at: datetime) -> int:
    """Make a reviewer of every author of the file. People without an account are entered without one.

    Lines of one name are one person unless their addresses differ: taking two namesakes for one only keeps a
    reviewer from too many papers, never lets one review their own.
    """
    papers = [row.submission_id for row in taken]
    scholars = list(_scholars(papers))
    fresh = [scholar for scholar in scholars if scholar.person_id is None]
    ids = _enter(fresh, at)
    for scholar, person_id in zip(fresh, ids, strict=True):
        scholar.person_id = person_id
    links = [{"id": line, "person_id": scholar.person_id} for scholar in fresh for line in scholar.lines]
    if links:
        db.session.execute(update(Author), links)
    return _grant(event, scholars, actor=actor, at=at)


def _scholars(papers: Sequence[int]) -> Iterator[_Scholar]:
    rows = db.session.scalars(select(Author).where(Author.submission_id.in_(papers)).order_by(Author.id))
    by_name: dict[str, list[_Scholar]] = defaultdict(list)
    for row in rows:
        known = by_name[folded(row.name.both)]
        match = next((scholar for scholar in known if _same(scholar, row)), None)
        if match is None:
            match = _Scholar(row.name, row.email, person_id=row.person_id)
            known.append(match)
        match.email = match.email or row.email
        match.person_id = match.person_id or row.person_id
        match.lines.append(row.id)
        if row.organisation_id is not None:
            match.places[row.organisation_id] = None
    for scholars in by_name.values():
        yield from scholars


def _same(scholar: _Scholar, row: Author) -> bool:
    if scholar.person_id is not None and row.person_id is not None:
        return scholar.person_id == row.person_id
    return not scholar.email or not row.email or scholar.email == row.email


def _enter(scholars: Sequence[_Scholar], at: datetime) -> Sequence[int]:
    """People without an account, with what the file knows of them. An address is kept, but proves nothing yet."""
    if not scholars:
        return []
    rows = [
        {
            "given": scholar.name.given, "family": scholar.name.family, "native": scholar.name.native,
            "sort_key": scholar.name.sort_key, "created_at": at, "expertise": [], "version": 1,
        }
        for scholar in scholars
    ]  # fmt: skip
    returning = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    ids = db.session.scalars(returning, rows).all()
    addresses = [
        {"person_id": person_id, "address": scholar.email}
        for scholar, person_id in zip(scholars, ids, strict=True)
        if scholar.email
    ]
    if addresses:
        db.session.execute(insert(EmailAddress), addresses)
    places = [
        {"person_id": person_id, "organisation_id": place, "position": ""}
        for scholar, person_id in zip(scholars, ids, strict=True)
        for place in scholar.places
    ]
    if places:
        db.session.execute(insert(Affiliation), places)
    return ids


def _grant(event: Event, scholars: Sequence[_Scholar], *, actor: Actor, at: datetime) -> int:
    serving = select(RoleGrant.person_id).where(RoleGrant.event_id == event.id, RoleGrant.role == Role.REVIEWER)
    known = set(db.session.scalars(serving))
    people = dict.fromkeys(scholar.person_id for scholar in scholars if scholar.person_id not in known)
    names = {scholar.person_id: scholar for scholar in scholars}
    rows = [
        {
            "event_id": event.id, "person_id": person_id, "role": Role.REVIEWER, "state": GrantState.ACTIVE,
            "address": names[person_id].email or f"person-{person_id}@{NOWHERE}", "name": names[person_id].name.both,
            "invited_at": at, "answered_at": at, "invited_by_id": actor.person_id, "shown": False, "version": 1,
        }
        for person_id in people
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(RoleGrant), rows)
    return len(rows)


def register_extras() -> None:
    """Offer them to the import of papers."""
    nothing: list[RowProblem] = []
    register(Extra("reviews", "--with-reviews", _l("the reviews in the file"), check_reviews, apply_reviews))
    register(
        Extra("decisions", "--with-decisions", _l("the decisions in the file, as released"), check_decisions,
              apply_decisions)
    )  # fmt: skip
    register(
        Extra(
            "reviewers", "--make-reviewers", _l("every author as a reviewer"), lambda _e, _f: nothing, apply_reviewers
        )
    )

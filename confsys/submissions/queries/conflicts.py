"""Conflicts of interest, as staff of a paper may read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import load_only

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.submissions.models import Conflict
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState


@dataclass(frozen=True, slots=True)
class ConflictView:
    id: int
    version: int
    submission_id: int
    person_id: int
    name: PersonName
    kind: ConflictKind
    source: ConflictSource
    active: bool
    note: str


def conflicts_of(paper_id: int) -> list[ConflictView]:
    """Of one paper, active ones first, by name."""
    query = (
        select(Conflict, Person)
        .join(Person, Person.id == Conflict.person_id)
        .where(Conflict.submission_id == paper_id)
        .options(load_only(Person.given, Person.family, Person.native))
        .order_by(Conflict.state, Person.sort_key, Conflict.id)
    )
    return [
        ConflictView(
            id=row.id, version=row.version, submission_id=row.submission_id, person_id=row.person_id, name=person.name,
            kind=row.kind, source=row.source, active=row.state is ConflictState.ACTIVE, note=row.note,
        )
        for row, person in db.session.execute(query)
    ]  # fmt: skip


def barred(paper_ids: Collection[int]) -> set[tuple[int, int]]:
    """(submission id, person id) of every active conflict of these papers."""
    query = select(Conflict.submission_id, Conflict.person_id).where(
        Conflict.submission_id.in_(paper_ids), Conflict.state == ConflictState.ACTIVE
    )
    return {(row.submission_id, row.person_id) for row in db.session.execute(query)}

"""Conflicts of interest as the chairs look after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, cast, exists, func, or_, select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.events.standing import EventStanding
from confsys.reviewing.models import Assignment
from confsys.reviewing.queries.scope import LIVE, chaired_ids
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState
from confsys.submissions.wording import CONFLICT_WORDS, SOURCE_WORDS

_WORK: list[tuple[str, Lazy]] = [("assigned", _l("assigned all the same")), ("disputed", _l("disputed"))]
_WAITS = Conflict.dispute != ""
STATE_WORDS = {ConflictState.ACTIVE: _l("in force"), ConflictState.DISMISSED: _l("dismissed")}


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """``is_assigned``: the person reviews the paper all the same, since before the conflict was known."""

    id: int
    version: int
    number: int
    title: LocalizedText
    person_id: int
    name: PersonName
    kind: ConflictKind
    source: ConflictSource
    state: ConflictState
    pinned: bool
    note: str
    dispute: str
    is_assigned: bool

    @property
    def row_label(self) -> str:
        return f"#{self.number} {self.name}"


def conflicts(standing: EventStanding) -> tuple[Listing[ConflictRow], AnySelect]:
    """Conflicts of the papers the viewer chairs. Authors' own papers need no row and are not listed."""
    assigned = exists().where(
        Assignment.submission_id == Conflict.submission_id,
        Assignment.person_id == Conflict.person_id,
        Assignment.state.in_(LIVE),
    )
    query = (
        select(
            Conflict.id, Conflict.version, Conflict.kind, Conflict.source, Conflict.state, Conflict.pinned,
            Conflict.note, Conflict.dispute, Submission.number, Submission.title, Person.id.label("person_id"),
            Person.given, Person.family, Person.native, assigned.label("is_assigned"),
        )
        .join(Submission, Submission.id == Conflict.submission_id)
        .join(Person, Person.id == Conflict.person_id)
        .where(Submission.id.in_(chaired_ids(standing)))
    )  # fmt: skip
    listing = Listing(
        name="conflicts",
        columns=[
            Column("paper", _l("Paper"), lambda r: f"#{r.number} {r.title}", Submission.number),
            Column("person", _l("Person"), lambda r: r.name, Person.sort_key),
            Column("kind", _l("Kind"), lambda r: CONFLICT_WORDS[r.kind], cast(Conflict.kind, String)),
            Column("source", _l("Known from"), lambda r: SOURCE_WORDS[r.source], cast(Conflict.source, String)),
            Column("note", _l("Note"), lambda r: r.note, export_only=True),
            Column("dispute", _l("Objection"), lambda r: r.dispute, export_only=True),
            Column("state", _l("State"), lambda r: STATE_WORDS[r.state], cast(Conflict.state, String), "state"),
        ],
        view=_view,
        search=_search,
        filters=[
            Filter(
                "state", _l("State"), lambda: [(s.value, word) for s, word in STATE_WORDS.items()], _by(Conflict.state)
            ),
            Filter(
                "source",
                _l("Known from"),
                lambda: [(s.value, w) for s, w in SOURCE_WORDS.items()],
                _by(Conflict.source),
            ),
            Filter("kind", _l("Kind"), lambda: [(k.value, w) for k, w in CONFLICT_WORDS.items()], _by(Conflict.kind)),
            Filter("work", _l("Work"), lambda: _WORK, lambda q, v: q.where(_WAITS if v == "disputed" else assigned)),
        ],
        default_sort="paper",
        tie_break=(Conflict.id,),
    )
    return listing, query


def _by(column: Any) -> Any:
    return lambda query, value: query.where(cast(column, String) == value)


def _search(query: AnySelect, text: str) -> AnySelect:
    for word in text.split():
        pattern = like(folded(word))
        found = [func.lower(c).like(pattern, escape="\\") for c in (Person.given, Person.family, Person.sort_key)]
        by_paper = Submission.blind_search_text.like(pattern, escape="\\")
        query = query.where(or_(*found, Person.native.like(like(word), escape="\\"), by_paper))
    return query


def _view(rows: Sequence[Any]) -> list[ConflictRow]:
    return [
        ConflictRow(
            id=row.id, version=row.version, number=row.number, title=row.title, person_id=row.person_id,
            name=PersonName(row.given, row.family, row.native), kind=row.kind, source=row.source, state=row.state,
            pinned=row.pinned, note=row.note, dispute=row.dispute, is_assigned=bool(row.is_assigned),
        )
        for row in rows
    ]  # fmt: skip


def flagged(standing: EventStanding) -> int:
    """How many live assignments have a conflict that came to light afterwards, among papers the viewer chairs."""
    conflict = exists().where(
        and_(Conflict.submission_id == Assignment.submission_id, Conflict.person_id == Assignment.person_id),
        Conflict.state == ConflictState.ACTIVE,
    )
    query = select(func.count(Assignment.id)).where(
        Assignment.submission_id.in_(chaired_ids(standing)), Assignment.state.in_(LIVE), conflict
    )
    return db.session.scalar(query) or 0


def disputed(standing: EventStanding) -> int:
    """How many objections wait for a chair, among papers the viewer chairs."""
    query = select(func.count(Conflict.id)).where(Conflict.submission_id.in_(chaired_ids(standing)), _WAITS)
    return db.session.scalar(query) or 0

"""Many assignments at once, from a table: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.reviewing import rules
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import notes
from confsys.reviewing.operations.assignments import SCOPE, A, move, propose
from confsys.reviewing.queries.assigned import Line, wanted


@dataclass(frozen=True, slots=True)
class Taken:
    proposed: int
    taken_back: int


@operation
def take(event: Event, rows: Sequence[Line], *, standing: EventStanding, actor: Actor, at: datetime) -> Taken:
    """Propose and take back what the rows say. Nobody but chairs learns of a proposal before it is released.

    Raises Invalid when a single row cannot be done, and then does none.
    """
    demand(rules.may_chair_reviews(standing))
    asked = wanted(rows, standing)
    if asked.problems:
        raise Invalid(_l("Nothing was done: the table has errors."))
    pairs = [pair for pair, _line in asked.propose]
    known = _rows(pairs)
    for pair in pairs:
        row = propose(*pair, known.get(pair), run_id=None, score=None, actor=actor, at=at)
        db.session.add(row)
    for assignment in _by_id([number for number, _line in asked.take_back]):
        was_known = assignment.state is A.RELEASED
        move(assignment, A.CANCELLED)
        if was_known:
            notes.taken_back(assignment, at=at)
    done = Taken(len(pairs), len(asked.take_back))
    record(
        "reviewing.table", event, actor=actor, at=at, event_id=event.id, scope=SCOPE, changes={},
        proposed=done.proposed, taken_back=done.taken_back,
    )  # fmt: skip
    return done


def _rows(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Assignment]:
    query = select(Assignment).where(Assignment.submission_id.in_({paper for paper, _ in pairs}))
    return {(row.submission_id, row.person_id or 0): row for row in db.session.scalars(query)}


def _by_id(ids: Sequence[int]) -> Sequence[Assignment]:
    query = select(Assignment).where(Assignment.id.in_(ids)).options(
        joinedload(Assignment.submission), joinedload(Assignment.person).selectinload(Person.emails)
    )  # fmt: skip
    return db.session.scalars(query).all()

"""Plans as organisers see them: what each would move, and what it would be worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.programme.arranging.scene import Place, Scene, Thing
from confsys.programme.models import Plan, Unavailability
from confsys.programme.people import public_key
from confsys.programme.queries.scene import Places, places_of, scene
from confsys.programme.states import PlanKind, PlanState


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the list of plans."""

    id: int
    kind: PlanKind
    state: PlanState
    name: str
    created_at: datetime
    by: PersonName | None
    moved: int
    cost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a plan puts elsewhere."""

    key: str
    title: LocalizedText
    before: Place | None
    after: Place | None
    people: int

    @property
    def shift(self) -> int | None:
        """Minutes later (or, below zero, earlier); None where it comes from or goes into the tray."""
        if self.before is None or self.after is None:
            return None
        return int((self.after.start - self.before.start).total_seconds()) // 60


@dataclass(frozen=True)
class PlanView:
    plan: Plan
    moves: tuple[Move, ...]
    rooms: Mapping[int, LocalizedText]
    beside: tuple[PlanRow, ...]
    """the alternatives of the same mending, itself among them"""
    people: int
    """who would have to be told that something of theirs moves"""


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that cannot be used, or somebody who cannot be there."""

    id: int
    name: LocalizedText
    is_room: bool
    since: datetime
    until: datetime


_COLUMNS = (
    Plan.id, Plan.kind, Plan.state, Plan.name, Plan.created_at, Plan.places, Plan.report, Person.given, Person.family,
    Person.native,
)  # fmt: skip


def _row(row: Any) -> PlanRow:
    by = PersonName(row.given, row.family, row.native) if row.family or row.given or row.native else None
    cost = tuple(row.report.get("cost", ()))
    return PlanRow(row.id, row.kind, row.state, row.name, row.created_at, by, len(row.places), cost)


def plans_of(event_id: int, limit: int = 60) -> list[PlanRow]:
    """The newest first; one query."""
    query = select(*_COLUMNS).outerjoin(Person, Person.id == Plan.by_id).where(Plan.event_id == event_id)
    return [_row(row) for row in db.session.execute(query.order_by(Plan.id.desc()).limit(limit))]


def places_in(plan: Plan) -> dict[str, Place | None]:
    """Where everything is in a plan: as the timetable was when it began, but for what the plan moves."""
    return places_of({**plan.base, **plan.places})


def plan_view(event: Event, plan: Plan) -> PlanView:
    now = scene(event)
    moves = moves_of(now, places_of(plan.base), places_of(plan.places))
    query = select(*_COLUMNS).outerjoin(Person, Person.id == Plan.by_id).where(Plan.batch == plan.batch)
    beside = tuple(_row(row) for row in db.session.execute(query.order_by(Plan.id)))
    things = {thing.key: thing for thing in now.things}
    told = {bound.who for move in moves if move.before is not None for bound in things[move.key].people}
    return PlanView(plan, tuple(moves), {hall.id: hall.name for hall in now.halls}, beside, len(told))


def moves_of(now: Scene, before: Places, after: Places) -> list[Move]:
    """In order of the time things move to."""
    found = [
        Move(thing.key, thing.title, before.get(thing.key), after[thing.key], len(_people(thing)))
        for thing in now.things
        if thing.key in after and after[thing.key] != before.get(thing.key)
    ]
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda move: (move.after.start if move.after else last, move.key))


def _people(thing: Thing) -> set[str]:
    return {bound.who for bound in thing.people}


def lost_of(event: Event) -> list[Lost]:
    query = select(Unavailability).where(Unavailability.event_id == event.id).order_by(Unavailability.since)
    return [
        Lost(
            row.id, row.room.name if row.room else LocalizedText(row.name, row.name), row.room_id is not None,
            row.since, row.until,
        )
        for row in db.session.scalars(query.options(joinedload(Unavailability.room)))
    ]  # fmt: skip


def people_of(event: Event) -> list[tuple[str, PersonName]]:
    """Everybody on the programme under their public key, for choosing who cannot be there."""
    people = scene(event).people
    keyed = ((public_key(event.id, who), human.name) for who, human in people.items())
    return sorted(keyed, key=lambda pair: pair[1].sort_key)

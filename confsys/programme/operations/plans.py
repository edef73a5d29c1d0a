"""Plans: copies to try things on, arrangements and mendings of the engine; accepted in one step or thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.i18n import ngettext
from confsys.core.jobs import enqueue
from confsys.core.localized import NO_TEXT
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.arranging.scene import Place, Scene
from confsys.programme.arranging.wishes import SECONDS, Wishes
from confsys.programme.models import Plan, Room, Session, Talk, new_guid
from confsys.programme.operations.journal import Journal, journal
from confsys.programme.operations.sessions import LONGEST, refuse_blocked
from confsys.programme.queries.scene import Places, place_data, places_of, scene
from confsys.programme.rules import may_arrange
from confsys.programme.states import PLAN_TRANSITIONS, PlanKind, PlanState, SessionKind

ARRANGE = "programme.arrange"
MEND = "programme.mend"
#: Plans that wait for a decision, at most: more than anybody can compare.
OPEN_PLANS = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One timetable the engine proposes."""

    places: Mapping[str, Place | None]
    report: dict[str, Any]


@operation
def copy_timetable(event: Event, name: str, *, standing: EventStanding, actor: Actor, at: datetime) -> Plan:
    """A copy of the timetable to try things on; the timetable itself stays as it is."""
    demand(may_arrange(standing))
    return _open(event, PlanKind.COPY, PlanState.READY, name, Wishes(), actor, at)


@operation
def ask_arrangement(
    event: Event, wishes: Wishes, name: str = "", *, standing: EventStanding, actor: Actor, at: datetime
) -> Plan:
    """Ask the engine for a timetable; a job looks for it. Nothing changes until it is accepted."""
    demand(may_arrange(standing))
    if wishes.seconds not in SECONDS:
        raise Invalid(seconds=_l("Choose one of the times offered."))
    if not 0 <= wishes.opens < wishes.closes <= LONGEST:
        raise Invalid(closes=_l("The day must end after it begins."))
    if not _rooms(event):
        raise Invalid(_l("Add the rooms first."))
    plan = _open(event, PlanKind.SOLVE, PlanState.WORKING, name, wishes, actor, at)
    plan.job_id = enqueue(
        ARRANGE, key=f"{ARRANGE}:{plan.id}", actor=actor, at=at, event_id=event.id, plan_id=plan.id
    ).id
    return plan


@operation
def ask_mending(event: Event, wishes: Wishes, *, standing: EventStanding, actor: Actor, at: datetime) -> Plan:
    """Ask the engine to mend the timetable with the fewest moves."""
    demand(may_arrange(standing))
    plan = _open(event, PlanKind.REPAIR, PlanState.WORKING, "", wishes, actor, at)
    _enqueue(plan, MEND, actor, at)
    return plan


def _open(
    event: Event, kind: PlanKind, state: PlanState, name: str, wishes: Wishes, actor: Actor, at: datetime
) -> Plan:
    waiting = select(Plan.id).where(Plan.event_id == event.id, Plan.state.in_((PlanState.WORKING, PlanState.READY)))
    if len(db.session.scalars(waiting).all()) >= OPEN_PLANS:
        raise Invalid(_l("There are many open plans. Accept or discard some of them first."))
    plan = Plan(
        event_id=event.id, kind=kind, state=state, name=name.strip()[:120], created_at=at, by_id=actor.person_id,
        wishes=wishes.as_dict(), base=_base(scene(event)), places={}, report={},
    )  # fmt: skip
    record("plan.open", plan, actor=actor, at=at, event_id=event.id, changes={}, name=plan.name, kind=kind)
    return plan


def _enqueue(plan: Plan, name: str, actor: Actor, at: datetime) -> None:
    asked = enqueue(name, key=f"{name}:{plan.id}", actor=actor, at=at, event_id=plan.event_id, plan_id=plan.id)
    plan.job_id = asked.id


def _base(now: Scene) -> dict[str, Any]:
    return {thing.key: place_data(thing.place) for thing in now.things}


def _rooms(event: Event) -> dict[int, Room]:
    return {room.id: room for room in db.session.scalars(select(Room).where(Room.event_id == event.id))}


@operation
def keep_progress(plan_id: int, places: Places, report: Mapping[str, Any]) -> None:
    """Write down the best so far. A plan that was decided on meanwhile stays as it is."""
    db.session.execute(
        update(Plan)
        .where(Plan.id == plan_id, Plan.state == PlanState.WORKING)
        .values(places={key: place_data(place) for key, place in places.items()}, report=dict(report)),
        execution_options={"synchronize_session": False},
    )


@operation
def finish(plan_id: int, found: Sequence[Found], *, at: datetime) -> None:
    """The engine is done: what it found first is the plan, the others stand beside it."""
    plan = db.session.get(Plan, plan_id)
    if plan is None:
        return
    lock(plan)
    if plan.state is not PlanState.WORKING:
        return
    first, *others = found
    _keep(plan, first)
    for number, other in enumerate(others, start=2):
        beside = Plan(
            event_id=plan.event_id, kind=plan.kind, state=PlanState.READY, name=plan.name, batch=plan.batch,
            created_at=at, by_id=plan.by_id, wishes=plan.wishes, base=plan.base, places={}, report={},
        )  # fmt: skip
        db.session.add(beside)
        _keep(beside, other)
        beside.report = {**beside.report, "number": number}


def _keep(plan: Plan, found: Found) -> None:
    plan.state, plan.report = PlanState.READY, found.report
    plan.places = {
        key: data for key, place in found.places.items() if (data := place_data(place)) != plan.base.get(key)
    }


@operation
def fail(plan_id: int, state: PlanState, report: Mapping[str, Any], *, at: datetime) -> None:
    """The engine found nothing; ``report`` says why."""
    plan = db.session.get(Plan, plan_id)
    if plan is not None and plan.state is PlanState.WORKING:
        plan.state, plan.report, plan.settled_at = state, dict(report), at


def is_stopped(plan_id: int) -> bool:
    """Whether an organiser wants the search to end."""
    row = db.session.execute(select(Plan.stop_asked, Plan.state).where(Plan.id == plan_id)).first()
    db.session.rollback()
    return row is None or row.stop_asked or row.state is not PlanState.WORKING


@operation
def stop(plan: Plan, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """End the search; the best so far is kept."""
    demand(may_arrange(standing))
    if plan.state is PlanState.WORKING:
        plan.stop_asked = True
        record("plan.stop", plan, actor=actor, at=at, event_id=plan.event_id, changes={})


@operation
def move_in_plan(
    event: Event, plan: Plan, key: str, place: Place | None, *, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Try another place in a plan. The timetable and everybody else's plans stay as they are."""
    demand(may_arrange(standing))
    lock(plan)
    if plan.state is not PlanState.READY:
        raise Invalid(_l("This plan was decided on. Make a new copy to go on trying."))
    if key not in plan.base:
        raise Invalid(_l("This session came after the plan was made. Make a new copy to move it."))
    if place is not None and place.room is not None and place.room not in _rooms(event):
        raise Invalid(_l("This room does not exist any more."))
    wanted = place_data(place)
    places = dict(plan.places)
    if wanted == plan.base[key]:
        places.pop(key, None)
    else:
        places[key] = wanted
    plan.places = places
    record("plan.move", plan, actor=actor, at=at, event_id=event.id, changes={})


@operation
def discard(plan: Plan, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """Throw a plan away; a search that still runs ends."""
    demand(may_arrange(standing))
    expect_version(plan, version)
    _settle(plan, PlanState.DISCARDED, at)
    record("plan.discard", plan, actor=actor, at=at, event_id=plan.event_id, changes={}, name=plan.name)


@operation
def accept(
    event: Event, plan: Plan, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> int:
    """Make the plan the timetable, as one step that can be taken back; returns how many items it moved.

    What somebody has moved by hand since the plan was made is not overrun: the plan is refused then.
    """
    demand(may_arrange(standing))
    lock(plan)
    expect_version(plan, version)
    wanted = places_of(plan.places)
    now = {thing.key: thing for thing in scene(event).things}
    lost = [key for key in wanted if key not in now or place_data(now[key].place) != plan.base[key]]
    if lost:
        raise Invalid(
            ngettext(
                "%(num)s item of this plan was moved or removed by hand since the plan was made. Make a new one.",
                "%(num)s items of this plan were moved or removed by hand since the plan was made. Make a new one.",
                len(lost),
            )
        )
    rooms = _rooms(event)
    if any(place is not None and place.room is not None and place.room not in rooms for place in wanted.values()):
        raise Invalid(_l("The plan uses a room that does not exist any more. Make a new one."))
    _settle(plan, PlanState.ACCEPTED, at)
    touched = []
    with journal(event.id, actor=actor, at=at) as kept:
        for key, place in wanted.items():
            touched.append(_put(event, key, place, kept))
        record("plan.accept", plan, actor=actor, at=at, event_id=event.id, changes={}, count=len(wanted))
    for session in touched:
        if session is not None:
            refuse_blocked(event, session)
    return len(wanted)


def _put(event: Event, key: str, place: Place | None, kept: Journal) -> Session | None:
    number = int(key[1:])
    if key.startswith("s"):
        session = db.session.get_one(Session, number)
        kept.watch(session)
        session.starts_at = place.start if place else None
        session.room_id = place.room if place else None
        if place is not None:
            session.minutes = place.minutes
        return session
    if place is None:
        return None
    talk = db.session.get_one(Talk, number)
    poster = talk.submission is not None and talk.submission.presentation == SessionKind.POSTER.value
    session = Session(
        event_id=event.id, guid=new_guid(), kind=SessionKind.POSTER if poster else SessionKind.ORAL,
        track_id=talk.submission.track_id if talk.submission else None, room_id=place.room, starts_at=place.start,
        minutes=place.minutes, title=NO_TEXT, extras={},
    )  # fmt: skip
    kept.created(session)
    kept.watch(talk)
    talk.session_id, talk.position = session.id, 0
    return session


def _settle(plan: Plan, state: PlanState, at: datetime) -> None:
    """Decide on a plan; the alternatives beside an accepted one are discarded with it."""
    if state not in PLAN_TRANSITIONS[plan.state]:
        raise Invalid(_l("This plan was decided on already. Reload the page."))
    plan.state, plan.settled_at = state, at
    if state is PlanState.ACCEPTED:
        beside = select(Plan).where(Plan.batch == plan.batch, Plan.id != plan.id, Plan.state == PlanState.READY)
        for other in db.session.scalars(beside):
            other.state, other.settled_at = PlanState.DISCARDED, at

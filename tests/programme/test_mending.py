"""Mending: what a loss has broken is put right with the fewest moves, and nothing else gets worse by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from confsys.core.jobs.running import perform
from confsys.events.models import Event
from confsys.programme.arranging.problem import Problem
from confsys.programme.arranging.wishes import Wishes
from confsys.programme.models import Plan
from confsys.programme.operations import plans, unavailability
from confsys.programme.people import public_key
from confsys.programme.queries.placing import judge
from confsys.programme.queries.plans import plan_view
from confsys.programme.queries.scene import scene
from confsys.programme.states import ClashKind, PlanState, SessionKind
from tests import factories
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


@pytest.fixture
def desk(event: Event) -> Desk:
    return Desk(event)


def mended(event: Event, desk: Desk) -> Plan:
    """The mending the engine proposes first, accepted."""
    plan = plans.ask_mending(event, Wishes(), **desk.who)
    assert plan.job_id is not None
    assert perform(plan.job_id)
    plan = again(plan)
    assert plan.state is PlanState.READY
    plans.accept(event, plan, version=None, **desk.who)
    return plan


def moved(event: Event, plan: Plan) -> dict[str, Any]:
    return {move.key: move.after for move in plan_view(event, again(plan)).moves}


def lose_room(event: Event, desk: Desk, room: Any, minutes: int = 600) -> None:
    unavailability.lose_room(event, room.id, NINE, later(minutes), **desk.who)


def test_what_runs_beside_a_plenary_leaves_a_lost_room_too(event: Event, desk: Desk) -> None:
    """Left beside a keynote it was, wanted so; in a room that is gone it cannot stay."""
    great, lost, _other = (making.room(event) for _ in range(3))
    making.session(event, NINE, great, kind=SessionKind.KEYNOTE, minutes=60)
    beside = making.session(event, NINE, lost, minutes=60)
    assert [clash.kind for clash in judge(event).clashes] == [ClashKind.PLENARY]
    lose_room(event, desk, lost)
    plan = mended(event, desk)
    assert set(moved(event, plan)) == {f"s{beside.id}"}
    assert judge(event).clashes == [], "and it is put where it is beside nothing for everybody"


def test_what_moves_keeps_clear_of_keynotes_though_that_is_only_told(event: Event, desk: Desk) -> None:
    great, lost, other = (making.room(event) for _ in range(3))
    making.session(event, NINE, great, kind=SessionKind.KEYNOTE, minutes=60)
    making.session(event, later(60), lost, minutes=60)
    for start in range(60, 540, 60):
        making.session(event, later(start), other, minutes=60)
    lose_room(event, desk, lost)
    mended(event, desk)
    assert judge(event).clashes == []


def test_nothing_is_left_out_to_please_the_rules(event: Event, desk: Desk) -> None:
    """A keynote with a dozen sessions beside it costs points; taking it off the programme is no way to save them."""
    great, lost, _other = (making.room(event) for _ in range(3))
    keynote = making.session(event, NINE, great, kind=SessionKind.KEYNOTE, minutes=60)
    yard = making.room(event, holds_several=True)
    for _ in range(6):
        making.session(event, NINE, yard, minutes=60)
    making.session(event, later(120), lost, minutes=60)
    lose_room(event, desk, lost)
    plan = mended(event, desk)
    assert all(place is not None for place in moved(event, plan).values())
    assert again(keynote).starts_at == NINE
    for beside in plan_view(event, again(plan)).beside:
        assert beside.moved >= 1


def test_a_pause_in_a_lost_room_goes_when_it_is_held_elsewhere(event: Event, desk: Desk) -> None:
    here, lost = making.room(event), making.room(event)
    pauses = [making.session(event, later(90), room, kind=SessionKind.BREAK, minutes=30) for room in (here, lost)]
    alone = making.session(event, later(240), lost, kind=SessionKind.BREAK, minutes=30)
    lose_room(event, desk, lost)
    plan = mended(event, desk)
    found = moved(event, plan)
    assert found[f"s{pauses[1].id}"] is None
    assert f"s{pauses[0].id}" not in found
    assert found[f"s{alone.id}"].start == later(240), "the only one of its hour changes rooms"
    assert judge(event).clashes == []


def test_somebody_away_only_while_others_speak_is_no_reason_to_move(event: Event, desk: Desk) -> None:
    person = factories.person()
    session = making.session(event, NINE, making.room(event), minutes=60)
    making.invited_talk(event, in_=session, minutes=30, position=0)
    making.invited_talk(event, person, in_=session, minutes=30, position=1)
    key = public_key(event.id, f"person:{person.id}")
    unavailability.lose_person(event, key, NINE - timedelta(hours=1), later(20), **desk.who)
    problem = Problem(scene(event), Wishes(), mending=True)
    assert [item["presenters"] for item in problem.instance("en")["submissions"]] == [[]]


def test_a_dinner_in_a_lost_room_changes_rooms_and_not_hours(event: Event, desk: Desk) -> None:
    lost, other = making.room(event), making.room(event)
    dinner = making.session(event, later(600), lost, kind=SessionKind.SOCIAL, minutes=120)
    lose_room(event, desk, lost, 900)
    mended(event, desk)
    assert (again(dinner).starts_at, again(dinner).room_id) == (later(600), other.id)

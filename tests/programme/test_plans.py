"""Plans: arranged and mended by the engine, tried by hand, accepted in one step that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.jobs.running import perform
from confsys.events.models import Event
from confsys.programme.arranging.problem import Problem
from confsys.programme.arranging.scene import Place
from confsys.programme.arranging.wishes import Wishes
from confsys.programme.models import Plan
from confsys.programme.operations import confirming, journal, plans, unavailability
from confsys.programme.operations import sessions as operations
from confsys.programme.operations.sessions import Place as ByHand
from confsys.programme.people import public_key
from confsys.programme.queries.placing import judge
from confsys.programme.queries.plans import plan_view
from confsys.programme.queries.scene import scene
from confsys.programme.queries.working import programme_of
from confsys.programme.states import ClashKind, PlanState, SessionKind, TalkState
from tests import factories
from tests.conftest import NOW
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later

QUICK = Wishes(seconds=10)


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


@pytest.fixture
def desk(event: Event) -> Desk:
    return Desk(event)


def worked(plan: Plan) -> Plan:
    """The plan after its job."""
    assert plan.job_id is not None
    assert perform(plan.job_id)
    found: Plan = again(plan)
    return found


def test_the_engine_places_what_waits_without_clashes(event: Event, desk: Desk) -> None:
    person = factories.person()
    making.room(event, capacity=50), making.room(event)
    waiting = [making.session(event, None, minutes=60) for _ in range(3)]
    for session in waiting[:2]:
        making.duty(session, person)
    loose = making.invited_talk(event, person)
    plan = worked(plans.ask_arrangement(event, QUICK, **desk.who))
    assert plan.state is PlanState.READY
    assert plan.report["status"] == "optimal"
    assert again(waiting[0]).starts_at is None, "nothing moves before it is accepted"
    assert plans.accept(event, plan, version=plan.version, **desk.who) == 4
    assert all(again(session).starts_at is not None for session in waiting)
    talk = again(loose)
    assert talk.session is not None
    assert talk.session.minutes == 30
    assert [clash.kind for clash in judge(event).clashes] == []


def test_accepting_is_one_step_that_can_be_taken_back(event: Event, desk: Desk) -> None:
    making.room(event)
    session = making.session(event, None)
    loose = making.invited_talk(event)
    plan = worked(plans.ask_arrangement(event, QUICK, **desk.who))
    plans.accept(event, plan, version=None, **desk.who)
    journal.undo(event.id, **desk.who)
    assert again(session).starts_at is None
    assert again(loose).session_id is None


def test_what_is_kept_and_what_is_left_out_does_not_move(event: Event, desk: Desk) -> None:
    hall = making.room(event)
    pinned = making.session(event, later(60), hall, pinned=True)
    lunch = making.session(event, later(180), None, kind=SessionKind.BREAK, minutes=60)
    making.session(event, None, minutes=60)
    plan = worked(plans.ask_arrangement(event, QUICK, **desk.who))
    view = plan_view(event, plan)
    assert {move.key for move in view.moves}.isdisjoint({f"s{pinned.id}", f"s{lunch.id}"})
    place = view.moves[-1].after
    assert place is not None
    for other in (again(pinned), again(lunch)):
        assert place.end <= other.starts_at or other.ends_at <= place.start


def test_somebody_who_moved_meanwhile_is_not_overrun(event: Event, desk: Desk) -> None:
    hall = making.room(event)
    session = making.session(event, None)
    plan = worked(plans.ask_arrangement(event, QUICK, **desk.who))
    operations.place_session(event, session, ByHand(later(300), hall.id, 90), version=None, **desk.who)
    with pytest.raises(Invalid):
        plans.accept(event, again(plan), version=None, **desk.who)
    assert again(plan).state is PlanState.READY


def test_the_impossible_is_explained_in_both_languages(event: Event, desk: Desk) -> None:
    person = factories.person()
    making.room(event), making.room(event)
    for _ in range(2):
        making.duty(making.session(event, None, minutes=60), person)
    tight = replace(QUICK, opens=9 * 60, closes=10 * 60, days=(scene(event).days[0],))
    plan = worked(plans.ask_arrangement(event, tight, **desk.who))
    assert plan.state is PlanState.IMPOSSIBLE
    assert person.name.shown("en") in plan.report["explanation"]["en"]
    assert plan.report["explanation"]["zh"].startswith("以下")


def test_what_finds_no_place_may_stay_in_the_tray(event: Event, desk: Desk) -> None:
    making.room(event)
    first, second = (making.session(event, None, minutes=60) for _ in range(2))
    tight = replace(QUICK, opens=540, closes=600, days=(scene(event).days[0],), leave_out=True)
    plan = worked(plans.ask_arrangement(event, tight, **desk.who))
    assert plan.state is PlanState.READY
    assert len(plan.places) == 1
    assert set(plan.places) < {f"s{first.id}", f"s{second.id}"}


def test_a_lost_room_is_mended_with_the_fewest_moves(event: Event, desk: Desk) -> None:
    hall, _other = making.room(event), making.room(event)
    hit = making.session(event, NINE, hall)
    making.session(event, later(120), hall)
    unavailability.lose_room(event, hall.id, NINE, later(100), **desk.who)
    assert [clash.kind for clash in judge(event).clashes] == [ClashKind.ROOM_CLOSED]
    plan = worked(plans.ask_mending(event, Wishes(), **desk.who))
    view = plan_view(event, plan)
    assert [move.key for move in view.moves] == [f"s{hit.id}"]
    assert plan.report["least"]
    assert 2 <= len(view.beside) <= 3, "alternatives stand beside it"
    plans.accept(event, plan, version=None, **desk.who)
    assert judge(event).clashes == []
    states = {row.id: row.state for row in plan_view(event, again(plan)).beside}
    assert states.pop(plan.id) is PlanState.ACCEPTED
    assert set(states.values()) == {PlanState.DISCARDED}


def test_somebody_who_cannot_come_is_moved_and_nobody_else(event: Event, desk: Desk) -> None:
    person = factories.person()
    hall = making.room(event)
    hit = making.session(event, NINE, hall)
    making.duty(hit, person)
    making.session(event, later(120), hall)
    key = public_key(event.id, f"person:{person.id}")
    unavailability.lose_person(event, key, NINE - timedelta(hours=1), later(60), **desk.who)
    plan = worked(plans.ask_mending(event, Wishes(), **desk.who))
    assert [move.key for move in plan_view(event, plan).moves] == [f"s{hit.id}"]


def test_two_at_once_that_never_meet_are_no_reason_to_move(event: Event, desk: Desk) -> None:
    """Somebody may speak at the beginning of one session and at the end of another beside it."""
    person = factories.person()
    one, other = making.session(event, NINE, making.room(event)), making.session(event, NINE, making.room(event))
    making.invited_talk(event, person, in_=one, minutes=20)
    making.invited_talk(event, person, in_=other, minutes=20, gap_minutes=40)
    problem = Problem(scene(event), Wishes(), mending=True)
    assert all(not item["presenters"] for item in problem.instance("en")["submissions"])


def test_a_copy_is_tried_by_hand_and_changes_nothing(event: Event, desk: Desk, client: FlaskClient) -> None:
    hall = making.room(event)
    session = making.session(event, NINE, hall)
    plan = plans.copy_timetable(event, "later", **desk.who)
    factories.sign_in(client, desk.person)
    day = f"/events/{event.slug}/timetable/plans/{plan.id}/days/2026-06-10"
    where = {"item": f"s{session.id}", "room": str(hall.id), "start": "660", "minutes": "90"}
    answer = client.post(f"{day}/move", data=where).json
    assert f"s{session.id}" in answer["items"]
    assert again(session).starts_at == NINE
    assert plan_view(event, again(plan)).moves[0].shift == 120
    assert client.get(day).status_code == 200
    assert client.get(f"{day}/check", query_string=where).json == {"sentences": [], "mild": True}
    back = {**where, "start": "540"}
    client.post(f"{day}/move", data=back)
    assert again(plan).places == {}


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_pages_of_plans(event: Event, desk: Desk, client: FlaskClient, locale: str) -> None:
    making.room(event)
    making.session(event, None)
    plan = worked(plans.ask_arrangement(event, QUICK, "Try", **desk.who))
    factories.sign_in(client, desk.person)
    root = f"/events/{event.slug}/timetable"
    for address in ("plans", "plans/new", f"plans/{plan.id}", "mend", "quality"):
        assert client.get(f"{root}/{address}", headers={"Accept-Language": locale}).status_code == 200
    assert "Try" in client.get(f"{root}/plans").text
    lost = {"day": "2026-06-10", "room": str(making.room(event).id)}
    assert client.post(f"{root}/mend/lost", data=lost).status_code == 303
    asked = {"kinds": ["oral"], "opens": "09:00", "closes": "18:00", "seconds": "10", "seats": "strong",
             "track_parallel": "strong", "track_rooms": "nice", "remote_hours": "off"}  # fmt: skip
    answer = client.post(f"{root}/plans/new", data=asked)
    assert answer.status_code == 303
    assert "hx-get" in client.get(answer.location).text
    assert client.post(f"{answer.location}/stop").status_code == 303
    assert client.post(f"{answer.location}/discard").status_code == 303


def test_a_stopped_search_ends(event: Event, desk: Desk) -> None:
    plan = plans.ask_arrangement(event, Wishes(), **desk.who) if making.room(event) else None
    assert plan is not None
    plans.stop(plan, **desk.who)
    assert plans.is_stopped(plan.id)


def test_only_confirmed_talks_and_accepted_chairs_are_published(event: Event, desk: Desk) -> None:
    person = factories.person()
    session = making.session(event, NINE, making.room(event))
    paper = making.paper_talk(event, person, in_=session, state=TalkState.OPEN)
    first = making.paper_talk(event, factories.person(), in_=session, position=1)
    assert [talk.id for _, talk in programme_of(event, NOW).talks()] == [first.id]
    [(_, shown)] = programme_of(event, NOW).talks()
    assert shown.starts_at == later(20), "the unconfirmed talk keeps its minutes"
    assert confirming.ask_presenters(event, **desk.who) == 1
    assert again(paper).state is TalkState.ASKED
    viewer = factories.viewer(person)
    confirming.answer_for_talk(event, paper, coming=True, viewer=viewer, actor=viewer.actor, at=NOW)
    assert len(list(programme_of(event, NOW).talks())) == 2


def test_a_stranger_cannot_confirm(event: Event, desk: Desk, client: FlaskClient) -> None:
    talk = making.paper_talk(event, factories.person(), state=TalkState.OPEN)
    factories.sign_in(client, factories.person())
    answer = client.post(f"/events/{event.slug}/programme/talks/{talk.id}/answer", data={"coming": "yes"})
    assert answer.status_code == 404
    assert again(talk).state is TalkState.OPEN


def test_presenters_answer_on_their_page(event: Event, client: FlaskClient) -> None:
    person = factories.person()
    talk = making.paper_talk(event, person, state=TalkState.ASKED)
    factories.sign_in(client, person)
    page = client.get(f"/events/{event.slug}/programme/mine")
    assert f"/talks/{talk.id}/answer" in page.text
    client.post(f"/events/{event.slug}/programme/talks/{talk.id}/answer", data={"coming": "no"})
    assert again(talk).state is TalkState.DECLINED


def test_reading_the_scene_takes_the_same_queries_at_one_and_at_three(event: Event, queries: Any) -> None:
    hall = making.room(event)

    def count() -> int:
        db.session.expire_all()
        with queries:
            scene(event)
        return int(queries.count)

    making.paper_talk(event, factories.person(), in_=making.session(event, NINE, hall))
    one = count()
    for number in (1, 2):
        making.paper_talk(event, factories.person(), in_=making.session(event, later(100 * number), hall))
        making.invited_talk(event, factories.person())
    assert count() == one


def test_a_place_of_a_plan_is_read_back_as_written(event: Event, desk: Desk) -> None:
    hall = making.room(event)
    session = making.session(event, NINE, hall)
    plan = plans.copy_timetable(event, "", **desk.who)
    plans.move_in_plan(event, plan, f"s{session.id}", Place(later(30), hall.id, 45), **desk.who)
    plans.move_in_plan(event, plan, f"s{session.id}", None, **desk.who)
    assert plan_view(event, again(plan)).moves[0].after is None
    with pytest.raises(Invalid):
        plans.move_in_plan(event, plan, "s99999", None, **desk.who)

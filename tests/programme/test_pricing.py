"""Where something could go: every price is what the timetable would be judged by there."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core.db import db
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.arranging.scene import Place as Planned
from confsys.programme.clashes import Block, Frame, Hall
from confsys.programme.models import Session
from confsys.programme.operations import plans, sessions, unavailability
from confsys.programme.operations.sessions import Place
from confsys.programme.pricing import FREE, GRAVE, bands, gravity
from confsys.programme.queries.placing import judge
from confsys.programme.queries.pricing import prices
from confsys.programme.states import SessionKind
from tests import factories
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later

DAY = date(2026, 6, 10)


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event(slug="am")


@pytest.fixture
def desk(event: Event) -> Desk:
    return Desk(event)


def crowded(event: Event, desk: Desk) -> Session:
    """A day on which most places cost something: people, a keynote, a closed and a small room, equipment."""
    speaker, author = factories.person(), factories.person()
    great = making.room(event, capacity=300, equipment=["Piano"])
    small = making.room(event, capacity=20)
    making.session(event, NINE, great, kind=SessionKind.KEYNOTE, minutes=60)
    busy = making.session(event, later(90), great, minutes=60)
    making.invited_talk(event, speaker, in_=busy, minutes=30)
    making.session(event, later(240), None, kind=SessionKind.BREAK, minutes=60)
    unavailability.lose_room(event, small.id, later(300), later(400), **desk.who)
    moved = making.session(event, later(500), small, minutes=45, audience=50)
    making.paper_talk(event, author, in_=moved, minutes=10)
    making.invited_talk(event, speaker, in_=moved, position=1, minutes=20)
    return moved


def test_a_price_is_what_the_timetable_is_judged_by_at_that_place(event: Event, desk: Desk) -> None:
    moved = crowded(event, desk)
    found = prices(event, f"s{moved.id}", DAY)
    assert found is not None
    assert {gravity(band.price) for band in found.bands} >= {FREE, GRAVE}
    for band in found.bands:
        for start in {band.first, band.last}:
            place = Place(days.moment_at(DAY, start, event.zone), band.room, 45)
            sessions.place_session(event, moved, place, version=None, **desk.who)
            judged = judge(event, touching=moved.id).clashes
            assert {(c.kind, c.sessions, c.person) for c in judged} == {
                (c.kind, c.sessions, c.person) for c in band.price
            }, (band, start)


def test_the_bands_of_a_room_cover_the_day_without_gaps(event: Event, desk: Desk) -> None:
    moved = crowded(event, desk)
    found = prices(event, f"s{moved.id}", DAY)
    assert found is not None
    for room in {band.room for band in found.bands}:
        held = sorted((band.first, band.last) for band in found.bands if band.room == room)
        assert held[0][0] == 8 * 60
        assert held[-1][1] == 19 * 60 - 45
        assert all(later_[0] == before[1] + 5 for before, later_ in pairwise(held))


def test_a_talk_let_fall_on_a_session_joins_it_and_may_overfill_it() -> None:
    session = Block(1, SessionKind.ORAL, 600, 660, room=7, talk_minutes=50)
    talk = Block(-1, SessionKind.ORAL, 0, 20)
    found = bands(talk, [session], Frame({7: Hall()}), range(560, 700, 5), joining=True)
    joined = [band for band in found if band.joins == 1]
    assert [(band.first, band.last, [c.kind.value for c in band.price]) for band in joined] == [
        (600, 655, ["overfull"])
    ]
    assert [c.kind.value for band in found if band.first == 585 for c in band.price] == ["room"]


def test_a_drag_asks_once_and_hears_all(event: Event, desk: Desk, client: FlaskClient) -> None:
    moved = crowded(event, desk)
    factories.sign_in(client, desk.person)
    answer = client.get(f"/events/am/timetable/{DAY}/prices", query_string={"item": f"s{moved.id}", "minutes": 45}).json
    assert answer["minutes"] == 45
    assert len(answer["rooms"]) == 2
    for rows in answer["rooms"].values():
        for first, last, level, *numbers in rows:
            assert first <= last
            assert (level == FREE) == (not numbers)
            assert all(answer["sentences"][number] for number in numbers)
    assert client.get(f"/events/am/timetable/{DAY}/prices", query_string={"item": "s99999"}).status_code == 404
    assert client.get(f"/events/am/timetable/{DAY}/prices", query_string={"item": "x"}).status_code == 400


def test_a_plan_has_prices_of_its_own(event: Event, desk: Desk, client: FlaskClient) -> None:
    hall = making.room(event)
    session, other = making.session(event, NINE, hall), making.session(event, later(300), hall)
    plan = plans.copy_timetable(event, "", **desk.who)
    plans.move_in_plan(event, plan, f"s{other.id}", Planned(later(120), hall.id, 90), **desk.who)
    factories.sign_in(client, desk.person)
    address = f"/events/am/timetable/plans/{plan.id}/days/{DAY}/prices"
    rows = client.get(address, query_string={"item": f"s{session.id}"}).json["rooms"][str(hall.id)]
    assert next(row for row in rows if row[0] <= 660 <= row[1])[2] == GRAVE
    assert next(row for row in rows if row[0] <= 840 <= row[1])[2] == FREE


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_page_works_without_scripts(event: Event, desk: Desk, client: FlaskClient, locale: str) -> None:
    moved = crowded(event, desk)
    talk = making.invited_talk(event, factories.person())
    factories.sign_in(client, desk.person)
    page = client.get(f"/events/am/timetable/sessions/{moved.id}/places", headers={"Accept-Language": locale})
    assert page.status_code == 200
    assert 'name="start"' in page.text
    place = {"day": str(DAY), "room": moved.room_id, "start": "12:00", "minutes": 45, "version": moved.version}
    assert client.post(f"/events/am/timetable/sessions/{moved.id}/place", data=place).status_code == 303
    assert again(moved).starts_at == later(180)
    assert client.get(f"/events/am/timetable/talks/{talk.id}/places").status_code == 200
    answer = client.post(
        f"/events/am/timetable/talks/{talk.id}/places", data={"day": str(DAY), "room": moved.room_id, "start": 900}
    )  # fmt: skip
    assert answer.status_code == 303
    assert again(talk).session.starts_at == later(360)
    assert client.get(f"/events/am/timetable/talks/{talk.id}/places").status_code == 404


def test_prices_take_the_same_queries_at_one_and_at_three(event: Event, queries: Any) -> None:
    hall = making.room(event)
    session = making.session(event, NINE, hall)

    def count() -> int:
        db.session.expire_all()
        with queries:
            prices(event, f"s{session.id}", DAY)
        return int(queries.count)

    one = count()
    for number in (1, 2):
        making.paper_talk(event, factories.person(), in_=making.session(event, later(100 * number), hall))
    assert count() == one


def test_swap_and_copy_from_the_grid(event: Event, desk: Desk, client: FlaskClient) -> None:
    hall, other_hall = making.room(event), making.room(event)
    one, other = making.session(event, NINE, hall), making.session(event, later(120), other_hall)
    pause = making.session(event, later(240), hall, kind=SessionKind.BREAK, minutes=30)
    factories.sign_in(client, desk.person)
    day = f"/events/am/timetable/{DAY}"
    both = {"item": f"s{one.id}", "other": f"s{other.id}", "version": one.version, "other_version": other.version}
    answer = client.post(f"{day}/swap", data=both)
    assert set(answer.json["items"]) == {f"s{one.id}", f"s{other.id}"}
    assert (again(one).starts_at, again(one).room_id) == (NINE + timedelta(minutes=120), other_hall.id)
    assert client.post(f"{day}/swap", data=both).status_code == 409, "somebody was faster"
    copied = client.post(f"{day}/copy", data={"item": f"s{pause.id}"})
    assert copied.status_code == 200
    assert len(copied.json["items"]) == 1
    assert copied.json["message"]
    assert client.post(f"{day}/copy", data={"item": f"t{making.invited_talk(event).id}"}).status_code == 422

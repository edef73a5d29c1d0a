"""Several buildings, and parts in order: set by organisers, minded on the grid and by the engine."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.events.models import Event
from confsys.programme.arranging.problem import Problem
from confsys.programme.arranging.wishes import Wishes
from confsys.programme.operations import sessions
from confsys.programme.operations.sessions import SessionContent
from confsys.programme.options import ProgrammeOptions
from confsys.programme.queries.placing import judge
from confsys.programme.queries.pricing import prices
from confsys.programme.queries.scene import scene
from confsys.programme.states import ClashKind, SessionKind
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


def walked(client: FlaskClient, event: Event, minutes: str) -> None:
    page = client.get("/events/am/timetable/rules")
    assert 'name="walk-0"' in page.text
    fields = {"version": str(again(event).version), "walk-0": minutes}
    assert client.post("/events/am/timetable/rules", data=fields).status_code == 303


def test_the_way_between_buildings_counts(client: FlaskClient, event: Event, desk: Desk) -> None:
    person = factories.person()
    main, annex = making.room(event, venue="Main"), making.room(event, venue="Annex")
    one, other = making.session(event, NINE, main, minutes=60), making.session(event, later(65), annex, minutes=60)
    making.duty(one, person), making.duty(other, person)
    assert judge(event).clashes == []
    factories.sign_in(client, desk.person)
    walked(client, event, "15")
    assert ProgrammeOptions.of(again(event)).walk("Main", "Annex") == 15
    [clash] = judge(event).clashes
    assert (clash.kind, clash.need, clash.have) == (ClashKind.WALK, 15, 5)
    page = client.get(f"/events/am/timetable/sessions/{other.id}").text
    assert "the way takes 15" in page
    found = prices(event, f"s{other.id}", DAY)
    assert found is not None
    priced = {
        (band.room, start): [c.kind for c in band.price]
        for band in found.bands
        for start in range(band.first, band.last + 1, 5)
    }
    assert priced[annex.id, 10 * 60 + 5] == [ClashKind.WALK]
    assert priced[annex.id, 10 * 60 + 15] == []
    assert priced[main.id, 10 * 60] == []
    instance = Problem(scene(event), Wishes()).instance("en")
    assert [row[2] for row in instance["walking"]] == [15]
    walked(client, event, "")
    assert judge(again(event)).clashes == []


def test_parts_in_order_are_set_judged_and_told_the_engine(client: FlaskClient, event: Event, desk: Desk) -> None:
    hall = making.room(event)
    first, second = making.session(event, later(120), hall), making.session(event, NINE, hall)
    factories.sign_in(client, desk.person)
    address = f"/events/am/timetable/sessions/{second.id}"
    fields = {"version": second.version, "kind": "oral", "title_en": "Part two", "after": first.id}
    assert client.post(address, data=fields).status_code == 303
    assert again(second).after_id == first.id
    assert [clash.kind for clash in judge(event).clashes] == [ClashKind.ORDER]
    page = client.get(f"/events/am/timetable/sessions/{second.id}").text
    assert "which it follows, has ended" in page
    assert f"#{first.id}" not in page, "the part of another hour is called by its name"
    [_one, item] = Problem(scene(event), Wishes()).instance("en")["submissions"]
    assert item["after"] == [f"s{first.id}"]
    found = prices(event, f"s{second.id}", date(2026, 6, 11))
    assert found is not None
    assert all(ClashKind.ORDER not in {c.kind for c in band.price} for band in found.bands), "the day after is after"
    content = SessionContent(SessionKind.ORAL, first.title, after_id=second.id)
    with pytest.raises(Invalid):
        sessions.change_session(event, first, content, version=None, **desk.who)
    sessions.remove_session(event, again(first), version=None, **desk.who)
    assert again(second).after_id is None
    assert db.session.get(type(second), first.id) is None

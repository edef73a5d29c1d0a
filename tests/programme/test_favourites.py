"""A programme of one's own: in the account, on every device, in a calendar whose address can be closed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from confsys.core.db import db
from confsys.events.models import Event
from confsys.programme.models import Favourite, OwnCalendar, Session
from confsys.programme.operations.releases import release
from confsys.programme.operations.sessions import Place, place_session
from tests import factories
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later

ROOT = "/events/am/programme"


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event(slug="am")


@pytest.fixture
def desk(event: Event) -> Desk:
    return Desk(event)


@pytest.fixture
def sessions(event: Event, desk: Desk) -> list[Session]:
    hall, other = making.room(event), making.room(event)
    made = [making.session(event, NINE, hall), making.session(event, later(60), other)]
    making.invited_talk(event, factories.person(), in_=made[0])
    release(event, **desk.who)
    return made


def kept(client: FlaskClient, what: str, keys: str) -> Any:
    return client.post(f"{ROOT}/my/{what}", data={"keys": keys}, headers={"Accept": "application/json"}).json


def test_the_list_of_a_browser_joins_that_of_the_account(client: FlaskClient, sessions: list[Session]) -> None:
    talk = sessions[0].talks[0]
    person = factories.person()
    factories.sign_in(client, person)
    assert kept(client, "keep", f"s{sessions[0].id}") == {"keys": [f"s{sessions[0].id}"]}
    both = kept(client, "keep", f"t{talk.id},s{sessions[0].id},s99999,rubbish")
    assert both == {"keys": [f"s{sessions[0].id}", f"t{talk.id}"]}
    assert db.session.query(Favourite).count() == 2
    assert kept(client, "drop", f"s{sessions[0].id}") == {"keys": [f"t{talk.id}"]}
    page = client.get(f"{ROOT}/").text
    assert f'data-keys="t{talk.id}"' in page


def test_nobody_sees_what_another_keeps(client: FlaskClient, sessions: list[Session]) -> None:
    factories.sign_in(client, factories.person())
    kept(client, "keep", f"s{sessions[0].id}")
    factories.sign_in(client, factories.person())
    assert kept(client, "keep", "") == {"keys": []}
    assert kept(client, "drop", f"s{sessions[0].id}") == {"keys": []}
    assert db.session.query(Favourite).count() == 1


def test_a_visitor_keeps_nothing_here_and_reads_how_to(client: FlaskClient, sessions: list[Session]) -> None:
    assert client.post(f"{ROOT}/my/keep", data={"keys": f"s{sessions[0].id}"}).status_code != 200
    assert db.session.query(Favourite).count() == 0
    page = client.get(f"{ROOT}/my")
    assert page.status_code == 200
    assert "sign-in" in page.text


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_my_programme_in_order_with_what_overlaps(
    client: FlaskClient, event: Event, sessions: list[Session], locale: str
) -> None:
    factories.sign_in(client, factories.person(locale=locale))
    kept(client, "keep", ",".join(f"s{session.id}" for session in sessions))
    page = client.get(f"{ROOT}/my", headers={"Accept-Language": locale}).text
    assert page.index(sessions[0].title.in_(locale)) < page.index(sessions[1].title.in_(locale))
    assert page.count({"en": "at the same time as another one", "zh": "与另一项时间重叠"}[locale]) == 2


def address_of(client: FlaskClient) -> str:
    found = re.search(r"/events/am/programme/my/[^\"<]+\.ics", client.get(f"{ROOT}/my").text)
    assert found
    return found.group()


def test_the_calendar_has_a_secret_address_that_can_be_closed(
    app: Flask, client: FlaskClient, event: Event, desk: Desk, sessions: list[Session]
) -> None:
    person = factories.person()
    making.duty(sessions[1], person)
    release(event, **desk.who)
    factories.sign_in(client, person)
    kept(client, "keep", f"s{sessions[0].id}")
    assert client.post(f"{ROOT}/my/calendar").status_code == 303
    address = address_of(client)
    stranger = app.test_client()
    answer = stranger.get(address)
    titles = {str(item["summary"]) for item in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert titles == {sessions[0].title.en, sessions[1].title.en}, "what they keep and what they do"
    assert stranger.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert stranger.get(address.replace("~", "~x")).status_code == 404
    client.post(f"{ROOT}/my/calendar")
    assert stranger.get(address).status_code == 404, "a new address ends the old one"
    newer = address_of(client)
    assert stranger.get(newer).status_code == 200
    client.post(f"{ROOT}/my/calendar/close")
    assert stranger.get(newer).status_code == 404
    assert db.session.query(OwnCalendar).count() == 0


def test_what_is_kept_follows_a_move(
    app: Flask, client: FlaskClient, event: Event, desk: Desk, sessions: list[Session]
) -> None:
    factories.sign_in(client, factories.person())
    kept(client, "keep", f"s{sessions[0].id}")
    client.post(f"{ROOT}/my/calendar")
    address = address_of(client)
    place_session(event, again(sessions[0]), Place(later(300), sessions[0].room_id, 90), version=None, **desk.who)
    release(event, **desk.who)
    [item] = Calendar.from_ical(app.test_client().get(address).data).walk("VEVENT")
    assert item["dtstart"].dt == later(300)
    assert item["sequence"] >= 1

"""The pages of a session's discussion, and what they listen to."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core import clock
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.states import EventState, Role
from confsys.exchange import codes
from confsys.exchange.operations import debate, questions
from confsys.exchange.queries import floors
from confsys.exchange.queries.figures import figures_of
from confsys.programme.operations import releases
from tests import factories
from tests.conftest import QueryCounter
from tests.exchange.room import DURING, Room
from tests.programme import making
from tests.programme.making import NINE

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room()


def test_reading_is_open_and_speaking_asks_to_sign_in(room: Room, client: FlaskClient) -> None:
    room.ask(room.ada, "Why so slow?")
    page = client.get(room.address)
    assert page.status_code == 200
    assert "Why so slow?" in page.text
    assert client.post(f"{room.address}/questions", data={"text": "x"}).status_code == 403


def test_a_question_from_ask_to_answer_without_scripts(room: Room, client: FlaskClient) -> None:
    factories.sign_in(client, room.ada)
    asked = client.post(f"{room.address}/questions", data={"text": "Why?", "talk": str(room.talk.id)})
    assert asked.status_code == 303
    (question,) = floors.board(room.floor).open
    assert question.talk_id == room.talk.id
    factories.sign_in(client, room.bo)
    assert client.post(f"/events/am/exchange/questions/{question.id}/vote", data={"wanted": "1"}).status_code == 303
    factories.sign_in(client, room.speaker)
    page = client.get(f"/events/am/exchange/talks/{room.talk.id}/speaker")
    assert "Why?" in page.text
    said = {"answer": "Because.", "version": str(floors.board(room.floor).open[0].version)}
    client.post(f"/events/am/exchange/questions/{question.id}/answer", data=said)
    shown = floors.board(room.floor).answered[0]
    assert (shown.votes, shown.answer) == (1, "Because.")


def test_an_empty_question_gives_the_page_back(room: Room, client: FlaskClient) -> None:
    factories.sign_in(client, room.ada)
    page = client.post(f"{room.address}/questions", data={"text": " ", "unnamed": "y"})
    assert page.status_code == 422
    assert "Please write your question." in page.text


def test_listening_costs_little_and_shows_only_what_is_public(
    room: Room, client: FlaskClient, queries: QueryCounter
) -> None:
    question = room.ask(room.ada, "Why?", named=False)
    address = f"/live/{room.floor.channel}?locale=zh"
    first = client.get(address).get_json()
    assert "Why?" in first["html"]
    assert "Lovelace" not in first["html"]
    assert "csrf" not in first["html"]
    with queries:
        assert client.get(f"{address}&have={first['revision']}").status_code == 204
    assert queries.count == 1
    questions.vote(question, True, **room.who(room.bo))
    assert client.get(f"{address}&have={first['revision']}").get_json()["revision"] == first["revision"] + 1


def test_of_a_draft_nobody_hears(room: Room, client: FlaskClient) -> None:
    channel = room.floor.channel
    room.event.state = EventState.DRAFT
    db.session.commit()
    assert client.get(f"/live/{channel}").status_code == 404
    factories.sign_in(client, room.ada)
    assert client.get(room.address).status_code == 404


def test_the_queries_of_a_board_do_not_grow(room: Room, client: FlaskClient, queries: QueryCounter) -> None:
    counts = []
    for number in range(3):
        room.ask(room.ada, f"Why {number}?")
        debate.say(room.event, room.session.id, f"No {number}", **room.who(room.bo))
        if number != 1:
            with queries:
                floors.board(room.floor, factories.viewer(room.bo))
                floors.debate(room.floor, factories.viewer(room.bo))
                figures_of(room.event.id)
            counts.append(queries.count)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["ada", "speaker"])
def test_the_moderators_page_is_for_moderators(room: Room, client: FlaskClient, who: str) -> None:
    factories.sign_in(client, getattr(room, who))
    for path in ("moderate", "code"):
        assert client.get(f"{room.address}/{path}").status_code == 404
    factories.sign_in(client, room.chair)
    for path in ("moderate", "code"):
        assert client.get(f"{room.address}/{path}").status_code == 200


def test_the_table_of_sessions_is_for_organisers(room: Room, client: FlaskClient) -> None:
    factories.sign_in(client, room.ada)
    assert client.get("/events/am/exchange/desk").status_code == 404
    factories.sign_in(client, factories.grant(room.event, Role.ORGANISER))
    assert "Storage" in client.get("/events/am/exchange/desk").text
    assert "Storage" in client.get("/events/am/exchange/desk?format=csv").text
    assert client.get("/events/am/exchange/rules").status_code == 200


def test_following_the_code_records_nobody_before_the_button(room: Room, client: FlaskClient) -> None:
    factories.sign_in(client, room.ada)
    with clock.frozen(DURING):
        code = codes.code_for(room.event.id, room.session.id, DURING)
        assert client.get(f"{room.address}/here?code={code}").status_code == 200
        assert floors.attendance_of(room.floor) == 0
        assert client.post(f"{room.address}/here", data={"code": "forged"}).status_code == 422
        assert client.post(f"{room.address}/here", data={"code": code}).status_code == 303
    assert floors.attendance_of(room.floor) == 1


def test_a_file_is_judged_by_its_content(room: Room, client: FlaskClient) -> None:
    factories.sign_in(client, room.speaker)
    address = f"/events/am/exchange/talks/{room.talk.id}/materials"
    wrong = {"kind": "slides", "title": "Slides", "file": (io.BytesIO(b"#!/bin/sh\n"), "slides.pdf")}
    assert client.post(address, data=wrong).status_code == 422
    right = {"kind": "slides", "title": "Slides", "agreed": "y", "file": (io.BytesIO(PDF), "slides.pdf")}
    assert client.post(address, data=right).status_code == 303
    (material,) = floors.materials(room.floor, room.standing(room.bo))
    got = client.get(f"/events/am/exchange/materials/{material.id}")
    assert got.data == PDF


def test_without_the_feature_nothing_is_there(room: Room, client: FlaskClient) -> None:
    room.event.features = [name for name in room.event.features if name != "exchange"]
    db.session.commit()
    factories.sign_in(client, room.chair)
    for address in (room.address, "/events/am/exchange/", f"{room.address}/moderate"):
        assert client.get(address).status_code == 404
    assert "/am/exchange" not in client.get("/events/am/programme/").text


def test_the_table_sorts_and_finds_in_programme_and_counts(room: Room, client: FlaskClient) -> None:
    quiet = making.session(room.event, NINE + timedelta(hours=2), title=LocalizedText("Networks", "网络"))
    making.invited_talk(room.event, room.speaker, in_=quiet)
    releases.release(room.event, **room.desk.who)
    room.ask(room.ada)
    factories.sign_in(client, factories.grant(room.event, Role.ORGANISER))
    desk = "/events/am/exchange/desk"

    def order(query: str) -> list[str]:
        text = client.get(f"{desk}?{query}&format=csv").text
        return sorted((name for name in ("Storage", "Networks") if name in text), key=text.index)

    assert order("") == ["Storage", "Networks"]
    assert order("sort=title") == ["Networks", "Storage"]
    assert order("sort=-asked") == ["Storage", "Networks"]
    assert order("sort=asked") == ["Networks", "Storage"]
    assert order("q=网络") == ["Networks"]
    assert order("q=exchange:some") == ["Storage"]
    assert order("q=exchange:none") == ["Networks"]
    assert order("q=exchange:waiting") == []


def test_the_table_is_empty_before_a_programme_is_released(client: FlaskClient, app: Flask) -> None:
    event = factories.event("early")
    factories.sign_in(client, factories.grant(event, Role.ORGANISER))
    assert "No session to discuss yet" in client.get("/events/early/exchange/desk").text
    assert client.get("/events/early/exchange/desk?sort=-asked&q=x&format=csv").status_code == 200


def test_the_programme_leads_to_the_discussion_of_each_session(room: Room, client: FlaskClient) -> None:
    for page in (f"sessions/{room.session.id}", f"talks/{room.talk.id}"):
        text = client.get(f"/events/am/programme/{page}", follow_redirects=True).text
        assert f'href="{room.address}"' in text, page
    room.event.features = [name for name in room.event.features if name != "exchange"]
    db.session.commit()
    assert room.address not in client.get(f"/events/am/programme/talks/{room.talk.id}").text

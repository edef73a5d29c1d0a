"""Waiting talks put together: near ones beside each other, within their length, seen before it is done."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.programme.arranging.grouping import Waiting, grouped
from confsys.programme.models import Session, Talk
from confsys.programme.operations import journal
from tests import factories
from tests.programme import making
from tests.programme.making import Desk, again

GRAPHS = "graph sampling of large sparse graph networks by random walks"
SPEECH = "语音识别中的声学模型与语言模型的联合训练"
TEXTS = (GRAPHS, SPEECH, "random walks and sparse graph networks", "端到端语音识别的声学模型", "sampling a graph")


def test_what_is_near_comes_together_in_either_language() -> None:
    talks = [Waiting(n, 20, None, title=text, text=text) for n, text in enumerate(TEXTS)]
    groups = grouped(talks, 60)
    assert sorted(sorted(group.talks) for group in groups) == [[0, 2, 4], [1, 3]]


def test_tracks_stay_apart_unless_topics_alone_count() -> None:
    talks = [Waiting(n, 20, n % 2, title=GRAPHS, text=GRAPHS) for n in range(4)]
    assert sorted(sorted(group.talks) for group in grouped(talks, 90)) == [[0, 2], [1, 3]]
    [group] = grouped(talks, 90, across=True)
    assert (len(group.talks), group.track) == (4, None)


def test_posters_hang_together_whatever_their_minutes() -> None:
    talks = [Waiting(n, 5, 1, poster=True, title=f"poster {n}") for n in range(30)]
    [group] = grouped(talks, 60)
    assert (group.poster, len(group.talks)) == (True, 30)


lengths = st.lists(st.tuples(st.integers(5, 120), st.sampled_from(TEXTS)), min_size=1, max_size=14)


@given(lengths)
def test_every_talk_is_in_one_group_and_no_group_is_too_long(rows: list[tuple[int, str]]) -> None:
    talks = [Waiting(n, minutes, None, title=text) for n, (minutes, text) in enumerate(rows)]
    groups = grouped(talks, 60)
    assert sorted(number for group in groups for number in group.talks) == list(range(len(talks)))
    assert all(group.minutes <= 60 or len(group.talks) == 1 for group in groups)
    assert groups == grouped(talks, 60), "the same talks, the same groups"


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event(slug="am")


@pytest.fixture
def desk(event: Event) -> Desk:
    return Desk(event)


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_looked_at_then_made_in_one_step(client: FlaskClient, event: Event, desk: Desk, locale: str) -> None:
    for text in TEXTS:
        making.invited_talk(event, title=LocalizedText(text, text), minutes=20)
    factories.sign_in(client, desk.person)
    page = client.get("/events/am/timetable/grouping?minutes=60", headers={"Accept-Language": locale}).text
    fields = dict(re.findall(r'name="([a-z_]+-\d+)"[^>]*value="([^"]*)"', page))
    numbers = re.findall(r'name="group" value="(\d+)"', page)
    assert len(numbers) == 2
    assert db.session.query(Session).count() == 0
    answer = client.post("/events/am/timetable/grouping", data={**fields, "group": numbers, "chosen": numbers[:1]})
    assert answer.status_code == 303
    [session] = db.session.query(Session).all()
    assert session.starts_at is None
    assert session.minutes == 60
    placed = [talk.title.en for talk in session.talks]
    assert len(placed) in (2, 3)
    refused = client.post("/events/am/timetable/grouping", data={**fields, "group": numbers, "chosen": numbers[:1]})
    assert refused.status_code == 422, "they wait no more"
    journal.undo(event.id, **desk.who)
    db.session.expire_all()
    assert db.session.query(Session).count() == 0
    assert {again(talk).session_id for talk in db.session.query(Talk)} == {None}

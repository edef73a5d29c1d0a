"""A programme brought in from a table: tried first, all of it or nothing, and what is wrong told by row."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.core.db import db
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.programme.interchange import table
from confsys.programme.interchange.forms import Unreadable
from confsys.programme.models import Room, Session, Talk
from confsys.programme.reading import InvalidRows, read_schedule
from confsys.programme.states import SessionKind
from tests import factories
from tests.programme.making import NINE, later

ZONE = "Asia/Shanghai"
GOOD = """id,title,title_zh,kind,track,room,date,start,end,minutes,speakers,abstract
k1,Opening words,开幕致辞,keynote,,Great Hall,2026-06-10,09:00,10:00,,Ada Byron; 张伟,
c1,Coffee,茶歇,break,,,2026/6/10,10:00,,30,,
t1,Small worlds,,,Networks,Room B,2026-06-10,10：30,,0:20,Grace Hopper,'=not a formula
"""
BAD = """title,date,start,minutes
,2026-06-10,09:00,30
Late,2026-06-10,25:00,30
Long,2026-06-10,09:00,9000
Odd,tomorrow,09:00,30
Twice,2026-06-10,09:00,30
Twice,2026-06-11,09:00,30
Open,2026-06-10,09:00,
"""


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event(slug="am")


@pytest.fixture
def signed_in(client: FlaskClient, event: Event) -> FlaskClient:
    return factories.sign_in(client, factories.grant(event, Role.ORGANISER))


def post(client: FlaskClient, text: str | bytes, **fields: str) -> object:
    data = text.encode() if isinstance(text, str) else text
    return client.post("/events/am/timetable/import", data={"file": (io.BytesIO(data), "p.csv"), **fields})


def test_rows_are_read_in_either_language_and_encoding() -> None:
    schedule = read_schedule(GOOD.encode(), ZONE)
    opening, coffee, talk = schedule.slots()
    assert (opening.starts_at, opening.minutes, opening.title_zh) == (NINE, 60, "开幕致辞")
    assert [human.name for human in opening.people] == ["Ada Byron", "张伟"]
    assert (coffee.starts_at, coffee.minutes) == (later(60), 30)
    assert (talk.starts_at, talk.minutes, talk.abstract) == (later(90), 20, "=not a formula")
    chinese = "标题;日期;开始;分钟;会场\n开幕式;2026年6月10日;9:00;30;大礼堂\n"
    [slot] = read_schedule(chinese.encode("gb18030"), ZONE).slots()
    assert (slot.title, slot.room, slot.starts_at) == ("开幕式", "大礼堂", NINE)


def test_everything_wrong_is_told_by_row() -> None:
    with pytest.raises(InvalidRows) as wrong:
        read_schedule(BAD.encode(), ZONE)
    assert [row for row, _ in wrong.value.rows] == [2, 3, 4, 5, 7, 8]
    assert "25:00" in wrong.value.rows[1][1]


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2", "title,date\nx,2026-06-10", "\x00\x01", "{", "<x/>"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        table.read(text.encode(), ZONE)


def test_all_or_nothing_with_a_trial_before(signed_in: FlaskClient, event: Event) -> None:
    tried = post(signed_in, GOOD, **{"try": "1"})
    assert tried.status_code == 200
    assert "3 items would come in" in tried.text
    assert db.session.scalar(select(func.count(Session.id))) == 0
    refused = post(signed_in, BAD)
    assert refused.status_code == 422
    assert "Row 3" in refused.text
    assert db.session.scalar(select(func.count(Session.id))) == 0
    assert post(signed_in, GOOD).status_code == 303
    rows = db.session.scalars(select(Session).order_by(Session.starts_at)).all()
    assert [row.kind for row in rows] == [SessionKind.KEYNOTE, SessionKind.BREAK, SessionKind.ORAL]
    assert db.session.scalar(select(Talk.title).order_by(Talk.id).limit(1)).zh == "开幕致辞"
    assert {room.name.en for room in db.session.scalars(select(Room))} == {"Great Hall", "Room B"}
    moved = GOOD.replace("2026-06-10,09:00", "2026-06-10,08:30")
    assert post(signed_in, moved).status_code == 303
    assert db.session.scalar(select(func.count(Session.id))) == 3, "the same items, known by their id"


def test_the_example_is_itself_a_table(signed_in: FlaskClient) -> None:
    for locale in ("en", "zh"):
        answer = signed_in.get("/events/am/timetable/import/table.csv", headers={"Accept-Language": locale})
        [slot] = read_schedule(answer.data, ZONE).slots()
        assert slot.title == "Opening"

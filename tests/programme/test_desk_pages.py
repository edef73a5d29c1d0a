"""The organisers' pages: what they show, what they do without scripts, what a move answers, to whom they stay shut."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage, MailState
from confsys.events.states import Feature, Role
from confsys.programme.models import Duty, Release, Room, Session, Talk
from confsys.programme.states import ClashKind, DutyState, SessionKind, Severity
from tests import factories
from tests.conftest import QueryCounter
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later
from tests.shared import shared

DAY = "2026-06-10"


@pytest.fixture
def desk(client: FlaskClient) -> Desk:
    found = Desk(factories.event("am"))
    factories.sign_in(client, found.person)
    return found


def move(
    client: FlaskClient,
    item: str,
    *,
    room: Room | None = None,
    start: int | str = "",
    minutes: int = 90,
    version: int = 1,
):
    fields = {"item": item, "room": room.id if room else "", "start": start, "minutes": minutes, "version": version}
    return client.post(f"/events/am/timetable/{DAY}/move", data=fields, headers={"Accept": "application/json"})


PAGES = [
    DAY, "sessions/new", "talks", "talks/new", "rooms", "rooms/new", "clashes", "release", "import", "rules",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_in_both_languages(client: FlaskClient, desk: Desk, page: str, language: str) -> None:
    session = making.session(desk.event, NINE, making.room(desk.event))
    making.paper_talk(desk.event, in_=session)
    making.paper_talk(desk.event)
    client.post("/language", data={"code": language})
    answer = client.get(f"/events/am/timetable/{page}")
    assert answer.status_code == 200
    assert ("时间表" in answer.get_data(as_text=True)) == (language == "zh")


@pytest.mark.parametrize("page", [*PAGES, f"{DAY}/state"])
def test_the_desk_does_not_exist_for_others(client: FlaskClient, desk: Desk, page: str) -> None:
    making.session(desk.event)
    factories.sign_in(client, factories.person())
    assert client.get(f"/events/am/timetable/{page}").status_code == 404
    factories.sign_in(client, Desk(factories.event(), Role.ORGANISER).person)
    assert client.get(f"/events/am/timetable/{page}").status_code == 404


@pytest.mark.parametrize("role", [Role.TRACK_CHAIR, Role.TREASURER])
def test_other_staff_look_but_do_not_touch(client: FlaskClient, desk: Desk, role: Role) -> None:
    session = making.session(desk.event, NINE, making.room(desk.event))
    factories.sign_in(client, factories.grant(desk.event, role))
    page = client.get(f"/events/am/timetable/{DAY}").get_data(as_text=True)
    assert session.title.en in page
    assert "data-movable" not in page
    assert move(client, f"s{session.id}", start=600).status_code == 403
    assert client.get("/events/am/timetable/rules").status_code == 403
    assert again(session).starts_at == NINE


def test_an_event_without_a_programme_has_no_desk(client: FlaskClient) -> None:
    desk = Desk(factories.event("am", features=[Feature.SUBMISSIONS.value]))
    factories.sign_in(client, desk.person)
    assert client.get(f"/events/am/timetable/{DAY}").status_code == 404
    assert client.get("/events/am/programme/").status_code == 404


@pytest.mark.parametrize("page", [DAY, "talks", "clashes", "release", "rooms"])
def test_pages_ask_as_often_for_three_items_as_for_one(
    client: FlaskClient, desk: Desk, queries: QueryCounter, page: str
) -> None:
    def fill(n: int) -> int:
        for _ in range(n):
            room = making.room(desk.event)
            for starts in (NINE, NINE, None):
                session = making.session(desk.event, starts, room if starts else None)
                making.paper_talk(desk.event, factories.person(), in_=session)
                making.duty(session, factories.person())
            making.paper_talk(desk.event)
            making.invited_talk(desk.event, factories.person())
        db.session.expire_all()
        with queries:
            assert client.get(f"/events/am/timetable/{page}").status_code == 200
        return queries.count

    assert fill(1) == fill(2)


def test_a_move_answers_with_the_item_and_the_marks_of_the_day(client: FlaskClient, desk: Desk) -> None:
    hall = making.room(desk.event, "Hall")
    moved, other = making.session(desk.event, later(300), hall), making.session(desk.event, NINE, hall)
    answer = move(client, f"s{moved.id}", room=hall, start=10 * 60, minutes=60)
    assert answer.status_code == 200
    assert (again(moved).starts_at, moved.minutes, answer.json["version"]) == (later(60), 60, 2)
    assert answer.json["clashes"][f"s{other.id}"]["mild"] is False
    assert moved.title.en in answer.json["clashes"][f"s{other.id}"]["text"]
    assert f'data-item="s{moved.id}"' in answer.json["items"][f"s{moved.id}"]
    away = move(client, f"s{moved.id}", room=hall, start=15 * 60, minutes=60, version=2)
    assert away.json["clashes"] == {f"s{moved.id}": None, f"s{other.id}": None}


def test_a_stale_move_answers_with_what_really_is(client: FlaskClient, desk: Desk) -> None:
    room = making.room(desk.event)
    session = making.session(desk.event, later(60), room)
    answer = move(client, f"s{session.id}", room=room, start=900, version=7)
    assert answer.status_code == 409
    assert answer.json["message"]
    assert 'data-start="600"' in answer.json["items"][f"s{session.id}"]
    assert again(session).starts_at == later(60)


def test_a_refused_move_says_why(client: FlaskClient, desk: Desk) -> None:
    desk.event.options = {"programme": {"severities": {ClashKind.OUTSIDE.value: Severity.BLOCK_MOVE.value}}}
    session = making.session(desk.event)
    fields = {"item": f"s{session.id}", "room": "", "start": 600, "minutes": 90, "version": 1}
    answer = client.post("/events/am/timetable/2026-07-01/move", data=fields)
    assert answer.status_code == 422
    assert "outside the days" in answer.json["message"]
    assert again(session).starts_at == NINE


def test_a_talk_let_fall_from_the_tray_becomes_a_session(client: FlaskClient, desk: Desk) -> None:
    hall, talk = making.room(desk.event), making.paper_talk(desk.event)
    answer = move(client, f"t{talk.id}", room=hall, start=600, minutes=20)
    (session,) = db.session.scalars(select(Session))
    assert answer.json["gone"] == [f"t{talk.id}"]
    assert f"s{session.id}" in answer.json["items"]
    back = move(client, f"s{session.id}", minutes=20)
    assert back.status_code == 200
    assert again(session).starts_at is None


@pytest.mark.parametrize("item", ["", "s", "s999", "x1", "t999", "s" + "9" * 30])
def test_a_move_of_nothing_is_refused(client: FlaskClient, desk: Desk, item: str) -> None:
    assert move(client, item, start=600).status_code == 422


def test_what_others_did_is_found_by_its_stamp(client: FlaskClient, desk: Desk) -> None:
    room = making.room(desk.event)
    session = making.session(desk.event, NINE, room)
    state = f"/events/am/timetable/{DAY}/state"
    before = client.get(state).json
    page = client.get(f"/events/am/timetable/{DAY}").get_data(as_text=True)
    assert f'data-stamp="{before[f"s{session.id}"]}"' in page
    making.paper_talk(desk.event, in_=session)
    after = client.get(state).json
    assert after != before
    fresh = client.get(f"{state}?items=s{session.id}").json["items"][f"s{session.id}"]
    assert after[f"s{session.id}"] in fresh


def test_hovering_says_what_would_clash_and_changes_nothing(client: FlaskClient, desk: Desk) -> None:
    room, busy = making.room(desk.event), factories.person()
    there, moved = (
        making.session(desk.event, NINE, room),
        making.session(desk.event, later(300), making.room(desk.event)),
    )
    making.paper_talk(desk.event, busy, in_=there)
    making.paper_talk(desk.event, busy, in_=moved)
    address = f"/events/am/timetable/{DAY}/check?item=s{moved.id}&minutes=90&start="
    answer = client.get(f"{address}540&room={room.id}").json
    assert len(answer["sentences"]) == 2
    assert client.get(f"{address}1200&room={room.id}").json == {"sentences": [], "mild": True}
    assert again(moved).starts_at == later(300)


def test_undo_and_redo_by_button(client: FlaskClient, desk: Desk) -> None:
    session = making.session(desk.event, NINE, making.room(desk.event))
    move(client, f"s{session.id}", start=600)
    for verb, starts in (("undo", NINE), ("redo", later(60)), ("undo", NINE)):
        answer = client.post(f"/events/am/timetable/{verb}", data={"day": DAY})
        assert answer.headers["Location"].endswith(f"/timetable/{DAY}")
        assert again(session).starts_at == starts


def test_a_session_is_added_changed_and_moved_through_forms(client: FlaskClient, desk: Desk) -> None:
    room = making.room(desk.event)
    fields = {
        "kind": "panel",
        "title_en": "Tools",
        "day": DAY,
        "start": "00:30",
        "minutes": "45",
        "room": room.id,
        "version": 0,
    }
    client.post("/events/am/timetable/sessions/new", data=fields)
    (session,) = db.session.scalars(select(Session))
    assert (session.starts_at, session.minutes) == (later(930), 45)  # half past midnight of that evening
    address = f"/events/am/timetable/sessions/{session.id}"
    assert 'value="00:30"' in client.get(address).get_data(as_text=True)
    client.post(f"{address}/place", data={"day": "", "minutes": 50, "room": "", "version": 1})
    assert again(session).starts_at is None
    stale = client.post(address, data={"kind": "panel", "title_en": "Other", "version": 1})
    assert stale.status_code == 409
    assert "Other" in stale.get_data(as_text=True)
    client.post(address, data={"kind": "panel", "title_en": "Other", "version": 2})
    assert again(session).title == LocalizedText("Other")


def test_a_form_with_a_mistake_comes_back_with_what_was_typed(client: FlaskClient, desk: Desk) -> None:
    fields = {"kind": "oral", "title_en": "Kept words", "day": DAY, "start": "", "minutes": "7", "version": 0}
    answer = client.post("/events/am/timetable/sessions/new", data=fields)
    assert answer.status_code == 422
    assert "Kept words" in answer.get_data(as_text=True)
    assert "Say when it begins." in answer.get_data(as_text=True)


def test_the_parts_of_a_session_without_scripts(client: FlaskClient, desk: Desk) -> None:
    rooms = [making.room(desk.event) for _ in range(2)]
    session, other = making.session(desk.event, NINE, rooms[0]), making.session(desk.event, later(200), rooms[1])
    first, second = (making.paper_talk(desk.event, in_=session, position=n) for n in range(2))
    address = f"/events/am/timetable/sessions/{session.id}"

    def press(what: str, **fields: object) -> None:
        assert client.post(f"{address}/{what}", data=fields).status_code in (302, 303)

    press("talks", talk=second.id, to=0)
    assert [talk.id for talk in again(session).talks] == [second.id, first.id]
    press("talks", talk=first.id, to="out")
    press("talks", talk=first.id)
    assert [talk.id for talk in again(session).talks] == [second.id, first.id]
    press("swap", other=other.id)
    assert (again(session).starts_at, other.starts_at) == (later(200), NINE)
    press("pin")
    assert again(session).pinned
    assert client.post(f"{address}/copy").status_code == 422, "talks are not copied"
    pause = making.session(desk.event, later(400), rooms[0], kind=SessionKind.BREAK)
    assert client.post(f"/events/am/timetable/sessions/{pause.id}/copy").status_code == 303
    assert len(db.session.scalars(select(Session)).all()) == 4
    press("remove")
    assert again(first).session_id is None


def test_chairs_are_pencilled_in_asked_and_answer(client: FlaskClient, desk: Desk) -> None:
    session, chair = (
        making.session(desk.event, NINE, making.room(desk.event)),
        factories.person(email="chair@example.org"),
    )
    address = f"/events/am/timetable/sessions/{session.id}"
    assert client.post(f"{address}/duties", data={"address": "who@example.org", "role": "chair"}).status_code == 422
    client.post(f"{address}/duties", data={"address": "Chair@example.org", "role": "chair"})
    (duty,) = db.session.scalars(select(Duty))
    assert db.session.scalars(select(MailMessage)).all() == []
    client.post(f"/events/am/timetable/duties/{duty.id}/ask", data={"version": 1})
    (letter,) = db.session.scalars(select(MailMessage))
    assert (letter.to_address, letter.state) == ("chair@example.org", MailState.PENDING)
    factories.sign_in(client, factories.person())
    assert client.post(f"/events/am/programme/duties/{duty.id}", data={"accept": "yes"}).status_code == 404
    factories.sign_in(client, chair)
    assert session.title.en in client.get("/events/am/programme/mine").get_data(as_text=True)
    assert "Your talks" in client.get("/home").get_data(as_text=True)
    client.post(f"/events/am/programme/duties/{duty.id}", data={"accept": "no", "reason": "A wedding"})
    assert (again(duty).state, duty.reason) == (DutyState.DECLINED, "A wedding")


def test_a_release_with_its_letters(client: FlaskClient, desk: Desk) -> None:
    session = making.session(desk.event, NINE, making.room(desk.event))
    making.paper_talk(desk.event, factories.person(), in_=session)
    answer = client.post("/events/am/timetable/release", data={"seen": 0, "note_en": "First"})
    assert answer.headers["Location"].endswith("/releases/1/letters")
    assert db.session.scalars(select(Release)).one().note.en == "First"
    letters = client.get("/events/am/timetable/releases/1/letters").get_data(as_text=True)
    assert "Send 1 letter" in letters
    client.post("/events/am/timetable/releases/1/letters", data={"action": "send"})
    assert db.session.scalars(select(MailMessage)).one().state is MailState.PENDING
    again_ = client.post("/events/am/timetable/release", data={"seen": 1})
    assert again_.status_code == 422
    assert "Nothing has changed" in again_.get_data(as_text=True)


def test_a_schedule_is_tried_and_then_brought_in(client: FlaskClient, desk: Desk) -> None:
    data = shared("standards/schedule/examples/pretalx-democon.json").read_bytes()

    def send(**more: str):
        return client.post("/events/am/timetable/import", data={"file": (io.BytesIO(data), "schedule.json"), **more})

    tried = send(**{"try": "1"})
    assert "36 items would come in" in tried.get_data(as_text=True)
    assert db.session.scalars(select(Session)).all() == []
    assert send().status_code == 303
    assert len(db.session.scalars(select(Session)).all()) == 36
    wrong = client.post("/events/am/timetable/import", data={"file": (io.BytesIO(b"%PDF"), "a.xml")})
    assert wrong.status_code == 422
    assert "This is not a schedule file" in wrong.get_data(as_text=True)


def test_rules_rooms_and_invited_talks_through_forms(client: FlaskClient, desk: Desk) -> None:
    client.post(
        "/events/am/timetable/rules", data={"severity-room": "warn", "minutes-oral": 25, "version": desk.event.version}
    )
    assert again(desk.event).options["programme"]["severities"]["room"] == "warn"
    room = {
        "name_en": "Hall",
        "capacity": "40",
        "equipment": "projector，sound",
        "open_hours": "2026-06-10 09:00 - 18:00",
        "version": 0,
    }
    client.post("/events/am/timetable/rooms/new", data=room)
    (made,) = db.session.scalars(select(Room))
    assert (made.equipment, len(made.open_hours)) == (["projector", "sound"], 1)
    assert "2026-06-10 09:00 - 18:00" in client.get(f"/events/am/timetable/rooms/{made.id}").get_data(as_text=True)
    wrong = client.post(f"/events/am/timetable/rooms/{made.id}", data={**room, "open_hours": "always", "version": 1})
    assert wrong.status_code == 422
    assert "always" in wrong.get_data(as_text=True)
    talk = {"title_en": "Engines", "minutes": 40, "version": 0, "speakers": "Ada | Lovelace ; Analytical Society\n张伟"}
    client.post("/events/am/timetable/talks/new", data=talk)
    (invited,) = db.session.scalars(select(Talk))
    assert [speaker.name.both for speaker in invited.speakers] == ["Ada Lovelace", "张伟"]
    assert invited.speakers[0].affiliation.en == "Analytical Society"
    page = client.get(f"/events/am/timetable/talks/{invited.id}").get_data(as_text=True)
    assert "Ada | Lovelace ; Analytical Society" in page


def test_the_list_of_talks_filters_and_exports(client: FlaskClient, desk: Desk) -> None:
    placed = making.paper_talk(desk.event, factories.person("Ada", "Lovelace"), in_=making.session(desk.event))
    waits = making.invited_talk(desk.event, title=LocalizedText("Waiting words"))
    for query, found in (("placed:yes", placed), ("placed:no", waits), ("source:invited", waits), ("Lovelace", placed)):
        page = client.get(f"/events/am/timetable/talks?q={query}").get_data(as_text=True)
        shown = {talk.id for talk in (placed, waits) if f'/talks/{talk.id}"' in page}
        assert shown == {found.id}, query
    sheet = client.get("/events/am/timetable/talks?format=csv").get_data(as_text=True)
    assert "Waiting words" in sheet
    assert "Ada Lovelace" in sheet


def test_the_overview_counts_what_waits(client: FlaskClient, desk: Desk) -> None:
    making.paper_talk(desk.event)
    making.session(desk.event, kind=SessionKind.ORAL)
    page = client.get("/events/am/organise")
    assert page.status_code == 200
    assert "talks without a place" in page.get_data(as_text=True)

"""The programme as the public reads it: releases only, in both languages, cached and never stale."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core import clock
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.states import EventState, Role
from confsys.programme.models import Release, Session, Talk
from confsys.programme.operations import releases, sessions, talks
from confsys.programme.operations.answers import Whereabouts, tell
from confsys.programme.operations.sessions import Place
from confsys.programme.queries.placing import judge
from confsys.programme.states import ClashKind, SessionKind
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.programme import making
from tests.programme.making import NINE, Desk, later
from tests.programme.test_interchange import json_errors, xsd_errors

SITE = "/events/am/programme"


class Scene:
    """One event with a talk session, a keynote of its own and a break, released."""

    def __init__(self) -> None:
        self.desk = Desk(factories.event("am"))
        event = self.desk.event
        self.hall, self.attic = making.room(event, "Hall"), making.room(event, "Attic")
        self.wei = factories.person("Wei", "Zhang", "张伟")
        self.talks = making.session(event, NINE, self.hall, title=LocalizedText("Storage", "存储"), code="A1")
        self.paper = making.paper_talk(event, self.wei, in_=self.talks)
        self.keynote = making.session(event, later(120), self.attic, title=LocalizedText(), kind=SessionKind.KEYNOTE)
        self.lecture = making.invited_talk(event, factories.person("Ada", "Lovelace"), in_=self.keynote)
        self.coffee = making.session(event, later(90), None, kind=SessionKind.BREAK, minutes=30)
        self.release()

    def release(self) -> Release:
        return releases.release(self.desk.event, **self.desk.who)

    def move(self, session: Session, place: Place) -> None:
        sessions.place_session(self.desk.event, session, place, version=None, **self.desk.who)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene()


def text(client: FlaskClient, page: str = "", **headers: str) -> str:
    answer = client.get(f"{SITE}/{page}", headers=headers, follow_redirects=True)
    assert answer.status_code == 200, page
    return answer.get_data(as_text=True)


def test_before_a_release_the_page_says_so_and_feeds_do_not_exist(client: FlaskClient) -> None:
    making.session(factories.event("am"))
    assert "being made" in text(client)
    for page in ("calendar.ics", "schedule.xml", "schedule.json", "now", "people", "changes.atom"):
        assert client.get(f"{SITE}/{page}").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ["", "?day=all", "?by=room", "?q=storage", "now", "people", "changes", "calendars"])
def test_every_page_in_both_languages(client: FlaskClient, scene: Scene, page: str, language: str) -> None:
    html = text(client, page, **{"Accept-Language": language})
    assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in html


def test_the_public_reads_the_release_and_then_the_next_one(client: FlaskClient, scene: Scene) -> None:
    assert "09:00" in text(client)
    scene.move(scene.talks, Place(later(400), scene.hall.id))
    assert "15:40" not in text(client)
    scene.release()
    assert "15:40" in text(client)
    assert "moved from" in text(client, "changes")


def test_an_unpublished_event_shows_nobody_its_programme(client: FlaskClient, scene: Scene) -> None:
    scene.desk.event.state = EventState.DRAFT
    db.session.commit()
    for page in ("", "calendar.ics", f"talks/{scene.paper.id}"):
        assert client.get(f"{SITE}/{page}").status_code in (302, 404)
    factories.sign_in(client, scene.desk.person)
    assert client.get(f"{SITE}/").status_code == 200


def test_an_etag_spares_the_second_reading_until_something_changes(client: FlaskClient, scene: Scene) -> None:
    first = client.get(f"{SITE}/")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{SITE}/", headers=tag).status_code == 304
    assert client.get(f"{SITE}/?zone=UTC", headers=tag).status_code == 200
    assert client.get(f"{SITE}/", headers={**tag, "Accept-Language": "zh"}).status_code == 200
    scene.move(scene.talks, Place(later(400), scene.hall.id))
    assert client.get(f"{SITE}/", headers=tag).status_code == 304
    scene.release()
    assert client.get(f"{SITE}/", headers=tag).status_code == 200
    feed = client.get(f"{SITE}/calendar.ics")
    assert client.get(f"{SITE}/calendar.ics", headers={"If-None-Match": feed.headers["ETag"]}).status_code == 304


def test_the_page_costs_few_queries_whatever_the_size(client: FlaskClient, scene: Scene, queries: QueryCounter) -> None:
    def count() -> int:
        text(client)
        with queries:
            text(client)
        return queries.count

    few = count()
    for n in range(6):
        making.paper_talk(scene.desk.event, in_=making.session(scene.desk.event, later(300 + 90 * n), scene.hall))
    scene.release()
    assert count() == few < 12


def test_tracks_rooms_and_days_narrow_the_page(client: FlaskClient, scene: Scene) -> None:
    track = factories.track(scene.desk.event)
    making.session(scene.desk.event, later(24 * 60), scene.attic, title=LocalizedText("Second day"), track_id=track.id)
    scene.release()
    assert "Second day" not in text(client)
    assert "Second day" in text(client, "?day=2026-06-11")
    assert "Second day" in text(client, "?day=all")
    only = text(client, f"?day=all&track={track.id}")
    assert ("Second day" in only, "Storage" in only) == (True, False)
    hall = text(client, f"?day=all&room={scene.hall.id}")
    assert ("Second day" in hall, "Storage" in hall, scene.coffee.title.en in hall) == (False, True, True)
    for odd in ("?day=never", "?track=x&room=99", "?zone=Mars/Base", "?by=colour", "?day=2030-01-01"):
        text(client, odd)


def test_the_clock_of_the_reader(client: FlaskClient, scene: Scene) -> None:
    abroad = text(client, "?zone=America/Los_Angeles")
    assert "18:00" in abroad
    assert "day before" in abroad


@pytest.mark.parametrize("words", ["zhang", "Zhang Wei", "张伟", "storage", "存储", "hall paper", "a1"])
def test_search_finds_in_both_languages_and_by_pinyin(client: FlaskClient, scene: Scene, words: str) -> None:
    found = text(client, f"?q={words}")
    assert scene.paper.submission.title.en in found or "Storage" in found
    assert f"/talks/{scene.lecture.id}" not in found


def test_search_that_finds_nothing_says_so(client: FlaskClient, scene: Scene) -> None:
    assert "Nothing fits" in text(client, "?q=zeppelin")
    assert "<script>" not in text(client, "?q=<script>")


def test_now_and_next(client: FlaskClient, scene: Scene) -> None:
    with clock.frozen(NINE + timedelta(minutes=5)):
        page = text(client, "now")
    assert "Storage" in page
    assert scene.paper.submission.title.en in page
    assert scene.lecture.title.en in page
    assert "Nothing runs" in text(client, "now")


def test_a_session_that_is_one_talk_is_shown_as_that_talk(client: FlaskClient, scene: Scene) -> None:
    answer = client.get(f"{SITE}/sessions/{scene.keynote.id}")
    assert answer.headers["Location"].endswith(f"/talks/{scene.lecture.id}")


def linked(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1))


def test_search_engines_are_told_who_where_and_when(client: FlaskClient, scene: Scene) -> None:
    data = linked(text(client, f"talks/{scene.paper.id}"))
    assert data["startDate"] == "2026-06-10T01:00:00+00:00"
    assert data["performer"][0]["name"] == "Wei Zhang"
    assert (data["location"]["name"], data["superEvent"]["name"]) == ("Hall", "Annual Meeting")
    session = linked(text(client, f"sessions/{scene.talks.id}"))
    assert session["subEvent"][0]["name"] == scene.paper.submission.title.en


def test_a_title_cannot_break_out_of_the_data(client: FlaskClient, scene: Scene) -> None:
    scene.lecture.title = LocalizedText("</script><script>alert(1)</script>")
    db.session.commit()
    scene.release()
    html = text(client, f"talks/{scene.lecture.id}")
    assert "<script>alert" not in html
    assert linked(html)["name"].startswith("</script>")


def test_an_abstract_is_markdown_or_cleaned_html(client: FlaskClient, scene: Scene) -> None:
    scene.lecture.abstract = LocalizedText('<p onclick="x()">A <em>fine</em> thing</p><script>x()</script>')
    db.session.commit()
    scene.release()
    html = text(client, f"talks/{scene.lecture.id}")
    assert "<p>A <em>fine</em> thing</p>" in html
    assert "x()" not in html
    assert linked(html)["description"] == "A fine thing"


def test_a_person_has_a_page_that_says_nothing_of_their_account(client: FlaskClient, scene: Scene) -> None:
    people = text(client, "people")
    key = re.search(r'/people/([0-9a-f]{12})">张伟', people).group(1)
    page = text(client, f"people/{key}")
    assert scene.paper.submission.title.en in page
    assert scene.wei.emails[0].address not in page + people
    assert client.get(f"{SITE}/people/000000000000").status_code == 404


def events(client: FlaskClient, page: str) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(client.get(f"{SITE}/{page}").data)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_calendars_keep_identity_count_changes_and_tell_what_is_cancelled(client: FlaskClient, scene: Scene) -> None:
    before = events(client, "calendar.ics")
    assert set(before) == {"A1 Storage", scene.lecture.title.en, scene.coffee.title.en}
    scene.move(scene.talks, Place(later(400), scene.hall.id))
    scene.move(scene.keynote, Place())
    scene.release()
    after = events(client, "calendar.ics")
    moved, gone = after["A1 Storage"], after[scene.lecture.title.en]
    assert (moved["UID"], moved["SEQUENCE"], moved["DTSTART"].dt) == (before["A1 Storage"]["UID"], 1, later(400))
    assert (gone["UID"], gone["STATUS"]) == (before[scene.lecture.title.en]["UID"], "CANCELLED")
    assert after[scene.coffee.title.en]["SEQUENCE"] == 0


def test_calendars_of_a_room_a_person_an_item_and_a_choice(client: FlaskClient, scene: Scene) -> None:
    assert set(events(client, f"rooms/{scene.hall.id}.ics")) == {"A1 Storage", scene.coffee.title.en}
    key = re.search(r'/people/([0-9a-f]{12})">张伟', text(client, "people")).group(1)
    (own,) = events(client, f"people/{key}.ics").values()
    assert own["DTSTART"].dt == NINE
    assert own["DTEND"].dt == later(20)
    assert len(events(client, f"talks/{scene.paper.id}.ics")) == 1
    assert len(events(client, f"sessions/{scene.talks.id}.ics")) == 1
    chosen = events(client, f"chosen.ics?items=s{scene.talks.id},t{scene.lecture.id},t999,x")
    assert set(chosen) == {"A1 Storage", scene.lecture.title.en}
    for page in ("rooms/999.ics", "people/none.ics", "talks/999.ics", "tracks/999.ics"):
        assert client.get(f"{SITE}/{page}").status_code == 404


def test_schedule_files_are_valid_in_both_languages(client: FlaskClient, scene: Scene) -> None:
    for language in ("en", "zh"):
        document = client.get(f"{SITE}/schedule.xml?lang={language}").data
        assert xsd_errors(document) == []
        assert json_errors(client.get(f"{SITE}/schedule.json?lang={language}").data) == []
        assert scene.paper.submission.title.in_(language) in document.decode()


def test_the_feed_of_changes_is_well_formed(client: FlaskClient, scene: Scene) -> None:
    scene.move(scene.talks, Place(later(400), scene.hall.id))
    scene.release()
    feed = ET.fromstring(client.get(f"{SITE}/changes.atom").data)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 2
    assert "<li>“Storage” moved" in entries[0].find("{http://www.w3.org/2005/Atom}content").text


def test_presenters_see_their_part_and_tell_when_they_are_away(client: FlaskClient, scene: Scene) -> None:
    assert client.get(f"{SITE}/mine").status_code in (302, 404)
    factories.sign_in(client, factories.person())
    assert client.get(f"{SITE}/mine").status_code == 404
    factories.sign_in(client, scene.wei)
    assert "09:00" in text(client, "mine")
    answer = client.post(f"{SITE}/mine", data={"away": "2026-06-10 09:00 - 12:00", "equipment": "sound", "version": 0})
    assert answer.status_code == 303
    assert ClashKind.AWAY in {clash.kind for clash in judge(scene.desk.event).clashes}
    assert "2026-06-10 09:00 - 12:00" in text(client, "mine")
    wrong = client.post(f"{SITE}/mine", data={"away": "sometimes", "version": 1})
    assert wrong.status_code == 422
    assert "sometimes" in wrong.get_data(as_text=True)


def test_a_working_plan_is_not_told_on_the_presenters_page(client: FlaskClient, scene: Scene) -> None:
    scene.move(scene.talks, Place(later(400), scene.hall.id))
    factories.sign_in(client, scene.wei)
    assert "15:40" not in text(client, "mine")
    assert "15:40" not in client.get("/home").get_data(as_text=True)


def test_home_lists_talks_until_they_are_over(client: FlaskClient, scene: Scene) -> None:
    factories.sign_in(client, scene.wei)
    assert scene.paper.submission.title.en in client.get("/home").get_data(as_text=True)
    with clock.frozen(NOW + timedelta(days=200)):
        assert "Your talks" not in client.get("/home").get_data(as_text=True)


def test_what_somebody_says_of_themselves_is_theirs(app: Flask, scene: Scene) -> None:
    viewer = factories.viewer(scene.wei)
    told = tell(
        scene.desk.event,
        Whereabouts(remote=True, zone="Europe/Paris"),
        version=None,
        viewer=viewer,
        actor=viewer.actor,
        at=NOW,
    )
    assert (told.person_id, told.zone) == (scene.wei.id, "Europe/Paris")


def test_navigation_offers_what_each_may_use(client: FlaskClient, scene: Scene) -> None:
    assert f'href="{SITE}/"' in text(client)
    assert "/timetable/" not in text(client)
    factories.sign_in(client, factories.grant(scene.desk.event, Role.PROGRAMME_MANAGER))
    assert "/events/am/timetable/release" in text(client, "") + client.get("/events/am/timetable/rooms").get_data(
        as_text=True
    )


def test_a_name_without_parts_is_sorted_and_shown(client: FlaskClient, scene: Scene) -> None:
    content = talks.TalkContent(
        20, title=LocalizedText("One word"), speakers=[talks.SpeakerContent(PersonName(family="Plato"))]
    )
    talk: Talk = talks.add_invited(scene.desk.event, content, **scene.desk.who)
    talks.place_talk(scene.desk.event, talk, scene.talks, version=None, **scene.desk.who)
    scene.release()
    assert "Plato" in text(client, "people")


def test_the_widget_may_be_framed_and_only_it(client: FlaskClient, scene: Scene) -> None:
    framed = client.get(f"{SITE}/widget")
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "agenda-entry" in framed.text
    assert client.get(f"{SITE}/").headers["X-Frame-Options"] == "DENY"


def test_the_offline_worker_lies_above_the_pages_it_keeps(client: FlaskClient, scene: Scene) -> None:
    worker = client.get(f"{SITE}/offline.js")
    assert f'data-offline="{SITE}/offline.js"' in text(client)
    assert worker.mimetype == "text/javascript"
    assert 'credentials: "omit"' in worker.text

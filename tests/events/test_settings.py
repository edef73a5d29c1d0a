"""Setting an event up: basics, dates, tracks, forms, pages, and who may not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from confsys.core import clock
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events import dates
from confsys.events.models import Event, FormField, SitePage, Stage, Topic, Track
from confsys.events.states import EventState, FormKind, Role, StageKind
from tests import factories
from tests.accounts.mailbox import said
from tests.conftest import QueryCounter

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds
SETTINGS = ("basics", "stages", "tracks", "forms", "pages", "publish")


@given(MOMENTS, st.sampled_from(ZONES), st.integers(-60, 60), st.booleans())
def test_a_shift_by_weeks_keeps_weekday_and_wall_time(at: datetime, zone: str, weeks: int, anywhere: bool) -> None:
    moved = dates.shifted_wall(at, timedelta(weeks=weeks), zone, zone, anywhere=anywhere)
    before, after = dates.wall_at(at, zone, anywhere=anywhere), dates.wall_at(moved, zone, anywhere=anywhere)
    assert after.weekday() == before.weekday()
    # Only a time that summer time skips may come out later, and by no more than the hour.
    assert after - before - timedelta(weeks=weeks) in (timedelta(0), timedelta(minutes=30), timedelta(hours=1))


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_editions_lie_whole_weeks_apart(old: date, new: date) -> None:
    weeks = dates.whole_weeks(old, new)
    assert weeks.days % 7 == 0
    assert abs((new - old) - weeks) <= timedelta(days=3, hours=12)


@pytest.fixture
def event(client: FlaskClient) -> Event:
    made = factories.event("am26", contact_email="office@example.org")
    factories.sign_in(client, factories.grant(made, Role.ORGANISER))
    return made


def version(event: Event) -> str:
    return str(factories.refreshed(event).version)


def stage(event: Event, kind: StageKind) -> Stage | None:
    return db.session.scalar(select(Stage).where(Stage.event_id == event.id, Stage.kind == kind))


def set_call(client: FlaskClient, event: Event, **given: str):
    data = {"version": version(event), **{f"call_{key}": value for key, value in given.items()}}
    return client.post("/events/am26/settings/stages", data=data)


def test_a_deadline_is_a_wall_time_in_the_event_s_zone(client: FlaskClient, event: Event) -> None:
    given = {"opens": "2026-03-01T00:00", "due": "2026-05-31T23:59", "grace": "24"}
    assert set_call(client, event, **given).status_code == 303
    row = stage(event, StageKind.CALL)
    shanghai = ZoneInfo("Asia/Shanghai")
    assert row.due == datetime(2026, 5, 31, 23, 59, 59, tzinfo=shanghai)
    assert row.closes - row.due == timedelta(days=1)
    set_call(client, event, **given, anywhere="y")
    assert factories.refreshed(row).due == datetime(2026, 6, 1, 11, 59, 59, tzinfo=UTC)
    assert row.opens == datetime(2026, 3, 1, tzinfo=shanghai)


def test_saving_what_is_there_changes_nothing(client: FlaskClient, event: Event) -> None:
    given = {"opens": "2026-03-01T00:00", "due": "2026-05-31T23:59", "grace": "2"}
    set_call(client, event, **given)
    row = stage(event, StageKind.CALL)
    seen = row.version
    set_call(client, event, **given)
    assert factories.refreshed(row).version == seen


def test_a_stage_is_taken_away_by_emptying_it(client: FlaskClient, event: Event) -> None:
    set_call(client, event, opens="2026-03-01T00:00", due="2026-05-31T23:59")
    set_call(client, event, opens="", due="")
    assert stage(event, StageKind.CALL) is None


@pytest.mark.parametrize(
    "given", [{"opens": "2026-06-01T00:00", "due": "2026-05-31T23:59"}, {"opens": "2026-06-01T00:00"}]
)
def test_dates_in_disorder_are_refused(client: FlaskClient, event: Event, given: dict[str, str]) -> None:
    assert set_call(client, event, **given).status_code == 422
    assert stage(event, StageKind.CALL) is None


def test_a_stale_page_does_not_overwrite_the_dates(client: FlaskClient, event: Event) -> None:
    stale = version(event)
    set_call(client, event, due="2026-05-31T23:59")
    answer = client.post("/events/am26/settings/stages", data={"version": stale, "call_due": "2026-04-30T23:59"})
    assert answer.status_code == 409
    assert stage(event, StageKind.CALL).due.month == 5


def basics(event: Event, **changed: str) -> dict[str, object]:
    return {
        "version": version(event), "slug": "am26", "name_en": "Meeting", "name_zh": "", "starts_on": "2026-06-10",
        "ends_on": "2026-06-12", "zone": "Asia/Shanghai", "mode": "hybrid", "accent": "plum",
        "features": ["submissions"], "blindness": "single", **changed,
    }  # fmt: skip


def test_the_days_of_the_event_are_its_last_stage(
    client: FlaskClient, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    extensions = client.application.extensions
    monkeypatch.setitem(extensions, "features", [f for f in extensions["features"] if f.name != "exchange"])
    assert client.post("/events/am26/settings/basics", data=basics(event, ends_on="2026-06-14")).status_code == 303
    row = stage(event, StageKind.EVENT)
    assert row.opens == datetime(2026, 6, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert row.due.astimezone(ZoneInfo("Asia/Shanghai")).date() == date(2026, 6, 14)
    # Rooms that this installation has not are kept for the day it has them.
    assert set(factories.refreshed(event).features) == {"submissions", "exchange"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "taken"},
        {"slug": "new"},
        {"slug": "a b"},
        {"ends_on": "2026-06-01"},
        {"name_en": ""},
        {"contact_email": "x"},
        {"zone": "X"},
    ],
)
def test_basics_that_cannot_be(client: FlaskClient, event: Event, wrong: dict[str, str]) -> None:
    factories.event("taken")
    assert client.post("/events/am26/settings/basics", data=basics(event, **wrong)).status_code == 422
    assert factories.refreshed(event).name.en == "Annual Meeting"


def test_tracks_change_places_and_codes(client: FlaskClient, event: Event) -> None:
    one, two = factories.track(event, "A"), factories.track(event, "B")
    data = {
        "version": version(event), "tracks-0-id": two.id, "tracks-0-code": "A", "tracks-0-name_en": "Two",
        "tracks-1-id": one.id, "tracks-1-code": "B", "tracks-1-name_zh": "一", "tracks-2-code": "C",
        "tracks-2-name_en": "Three", "more_topics": "Graphs | 图\n数据\nClocks",
    }  # fmt: skip
    assert client.post("/events/am26/settings/tracks", data=data).status_code == 303
    rows = db.session.scalars(select(Track).order_by(Track.position)).all()
    assert [(row.id, row.code) for row in rows[:2]] == [(two.id, "A"), (one.id, "B")]
    topics = db.session.scalars(select(Topic).order_by(Topic.position)).all()
    assert [topic.name for topic in topics] == [
        LocalizedText("Graphs", "图"), LocalizedText(zh="数据"), LocalizedText("Clocks"),
    ]  # fmt: skip


def test_a_track_with_papers_stays(client: FlaskClient, event: Event) -> None:
    row = factories.track(event, "A")
    factories.submission(event, track_id=row.id)
    answer = client.post("/events/am26/settings/tracks", data={"version": version(event)})
    assert answer.status_code == 422
    assert db.session.get(Track, row.id) is not None


def test_buttons_of_the_list_change_it_and_save_nothing(client: FlaskClient, event: Event) -> None:
    data = {"version": version(event), "tracks-0-code": "A", "tracks-0-name_en": "One", "rows": "tracks:add"}
    answer = client.post("/events/am26/settings/tracks", data=data)
    assert 'name="tracks-1-code"' in answer.text
    assert 'value="One"' in answer.text
    assert db.session.scalars(select(Track)).first() is None
    gone = client.post("/events/am26/settings/tracks", data={**data, "rows": "tracks:0:remove"})
    assert 'name="tracks-0-code"' not in gone.text


def field(client: FlaskClient, form: str = "review", **given: str):
    data = {"type": "score", "label_en": "Overall Judgement", "lowest": "1", "highest": "5", "audience": "authors"}
    return client.post(f"/events/am26/settings/forms/{form}/new", data={**data, **given})


def test_one_score_ranks_the_papers(client: FlaskClient, event: Event) -> None:
    assert field(client, is_overall="y").status_code == 303
    words = "5 | accept | 录用\n1 | reject | 拒绝"
    assert field(client, label_en="Second", is_overall="y", choices=words).status_code == 303
    rows = db.session.scalars(select(FormField).order_by(FormField.position)).all()
    assert [(row.key, row.is_overall) for row in rows] == [("overall_judgement", False), ("second", True)]
    assert rows[1].choices[0] == {"value": "5", "label": {"en": "accept", "zh": "录用"}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"label_en": ""}, {"label_en": "", "label_zh": "总评"}, {"lowest": "5", "highest": "1"}, {"lowest": ""},
        {"type": "choice", "choices": "only one"}, {"key": "Bad Key"}, {"is_overall": "y", "is_confidence": "y"},
        {"choices": "a | b | c | d"}, {"highest": "99"},
    ],
)  # fmt: skip
def test_fields_that_cannot_be(client: FlaskClient, event: Event, wrong: dict[str, str]) -> None:
    assert field(client, **wrong).status_code == 422
    assert db.session.scalars(select(FormField)).first() is None


def test_a_field_is_edited_moved_and_removed(client: FlaskClient, event: Event) -> None:
    field(client)
    field(client, label_en="Second")
    first, second = db.session.scalars(select(FormField).order_by(FormField.position)).all()
    client.post(f"/events/am26/settings/fields/{second.id}/move", data={"to": "up"})
    assert factories.refreshed(second).position < factories.refreshed(first).position
    given = {"version": str(second.version), "label_zh": "总评", "lowest": "1", "highest": "6", "audience": "chairs"}
    assert client.post(f"/events/am26/settings/fields/{second.id}", data=given).status_code == 303
    assert (factories.refreshed(second).label.zh, second.key, second.highest) == ("总评", "second", 6)
    client.post(f"/events/am26/settings/fields/{first.id}/remove")
    assert db.session.scalars(select(FormField)).all() == [second]


def test_a_page_is_written_looked_at_and_shown(client: FlaskClient, event: Event) -> None:
    made = client.post("/events/am26/settings/pages", data={"key": "travel", "title_en": "Travel"})
    row = db.session.scalars(select(SitePage)).one()
    given = {"version": str(row.version), "title_en": "Travel", "body_en": "## By train\n<script>x()</script>"}
    look = client.post(made.location, data={**given, "action": "look"})
    assert "<h2>By train</h2>" in look.text
    assert "<script>x()" not in look.text
    visitor = client.application.test_client()
    assert visitor.get("/events/am26/pages/travel").status_code == 404
    client.post(made.location, data={**given, "published": "y"})
    assert "By train" in visitor.get("/events/am26/pages/travel").text
    assert 'href="/events/am26/pages/travel"' in visitor.get("/events/am26/").text


def test_a_draft_does_not_exist_for_strangers(client: FlaskClient) -> None:
    draft = factories.event("secret", state=EventState.DRAFT, name=LocalizedText("Secret Name"))
    factories.sign_in(client, factories.person())
    for path in ("", "call", "dates", "committees", "contact", "organise", "settings/basics", "people"):
        answer = client.get(f"/events/secret/{path}")
        assert answer.status_code == 404, path
        assert "Secret Name" not in answer.text
        unknown = client.get(f"/events/nothing/{path}")
        assert said(answer.text).replace("secret", "nothing") == said(unknown.text)
    assert "Secret Name" not in client.get("/").text
    factories.sign_in(client, factories.grant(draft, Role.HELPER))
    assert client.get("/events/secret/").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
def test_only_organisers_change_the_event(client: FlaskClient, event: Event, role: Role) -> None:
    other = factories.sign_in(client.application.test_client(), factories.grant(event, role))
    for page in SETTINGS:
        assert other.get(f"/events/am26/settings/{page}").status_code in {403, 404}, page
    assert other.post("/events/am26/settings/state", data={"to": "archived"}).status_code in {403, 404}
    assert factories.refreshed(event).state is EventState.PUBLIC


def test_states_follow_the_table(client: FlaskClient, event: Event) -> None:
    factories.stage(event, StageKind.CALL)

    def go(to: str) -> EventState:
        client.post("/events/am26/settings/state", data={"to": to, "version": version(event)})
        return factories.refreshed(event).state

    assert go("archived") is EventState.ARCHIVED
    assert go("draft") is EventState.ARCHIVED
    assert go("public") is EventState.PUBLIC
    assert go("draft") is EventState.DRAFT


def test_an_event_without_contact_is_not_shown(client: FlaskClient, event: Event) -> None:
    event.state, event.contact_email = EventState.DRAFT, ""
    db.session.commit()
    client.post("/events/am26/settings/state", data={"to": "public", "version": version(event)})
    assert factories.refreshed(event).state is EventState.DRAFT
    assert "no address for questions" in client.get("/events/am26/settings/publish").text


def test_the_set_up_is_found_again_where_it_was_left(client: FlaskClient, event: Event) -> None:
    event.state = EventState.DRAFT
    factories.stage(event, StageKind.CALL)
    assert client.get("/events/am26/setup").location.endswith("settings/basics")
    there = client.post("/events/am26/settings/basics", data=basics(event, contact_email="o@example.org")).location
    assert there.endswith("settings/stages")
    for step, after in (("dates", "tracks"), ("tracks", "forms"), ("forms", "people"), ("people", "pages")):
        assert client.post(f"/events/am26/setup/{step}/done").location.endswith(after)
    assert client.get("/events/am26/setup").location.endswith("settings/pages")


def test_the_story_is_told_and_keeps_secrets(client: FlaskClient, event: Event) -> None:
    set_call(client, event, due="2026-05-31T23:59")
    for action, scope in (("events.edited", "chairs"), ("submission.start", "")):
        factories.saved(
            AuditEntry(
                at=clock.now(), action=action, object_type="x", object_id=1, event_id=event.id, scope=scope,
                facts={"title": "A secret draft", "number": 1},
            )
        )  # fmt: skip
    page = client.get("/events/am26/organise/story").text
    assert "set the dates of the stage “Call for papers”" in page
    assert "A secret draft" not in page
    assert "edited the basics" not in page


@pytest.mark.parametrize("path", ["/", "/events/past", "/home", "/events/am26/", "/events/am26/organise/story"])
def test_the_number_of_queries_does_not_grow(
    client: FlaskClient, event: Event, queries: QueryCounter, path: str
) -> None:
    counts = []
    organiser = db.session.scalars(select(Event)).one()
    for n in range(3):
        for starts in (date(2026, 6, 1), date(2025, 6, 1), date(2026, 3, 10)):
            made = factories.event(f"e{n}-{starts.year}-{starts.month}", starts_on=starts, ends_on=starts)
            factories.stage(made, StageKind.CALL)
        set_call(client, organiser, due=f"2026-05-{n + 10}T23:59")
        db.session.remove()
        with queries:
            assert client.get(path).status_code == 200
        counts.append(queries.count)
        organiser = db.session.scalars(select(Event).where(Event.slug == "am26")).one()
    assert len(set(counts)) == 1, counts
    # The home page asks every room of the house, two questions a room; a page of one event asks its own.
    assert counts[0] <= (2 * len(client.application.extensions["features"]) + 4 if path == "/home" else 14)


def test_a_ready_question_is_added_once(client: FlaskClient, event: Event) -> None:
    address = "/events/am26/settings/forms/registration/ready"
    assert client.post(address, data={"key": "diet"}).status_code == 303
    assert client.post(address, data={"key": "diet"}).status_code == 422
    assert client.post(address, data={"key": "nothing"}).status_code == 404
    (row,) = db.session.scalars(select(FormField).where(FormField.form == FormKind.REGISTRATION))
    assert (row.key, len(row.choices)) == ("diet", 5)
    page = client.get("/events/am26/settings/forms").text
    assert "What you do not eat" in page
    assert 'value="diet"' not in page
    assert 'value="access"' in page

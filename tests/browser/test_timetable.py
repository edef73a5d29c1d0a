"""The timetable in the browser: by mouse and keys, by two people at once; and a real conference broken and mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from confsys.accounts.models import EmailAddress, Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.programme import days
from confsys.programme.models import Session, Talk
from confsys.programme.queries.placing import judge
from confsys.programme.states import ClashKind, SessionKind
from tests import factories
from tests.browser.conftest import Site
from tests.programme import making
from tests.shared import shared

DAY = date(2026, 6, 10)
JULIACON = "data/conferences/juliacon2023-schedule.json"


@contextmanager
def behind(site: Site) -> Iterator[None]:
    """Look at what is kept, behind the pages."""
    with site.app.app_context():
        yield
        db.session.remove()


def _open_to(event: Event, *accounts: str) -> None:
    for account in accounts:
        who = db.session.scalars(
            select(Person).join(EmailAddress).where(EmailAddress.address == f"{account}@example.org")
        ).one()
        factories.grant(event, Role.ORGANISER, who)


def _day_of_three(site: Site, slug: str) -> tuple[str, dict[str, str]]:
    """An event with two rooms and three sessions; its address and the keys of its sessions."""
    with behind(site):
        event = factories.event(slug)
        _open_to(event, "organiser", "chair")
        great, small = making.room(event, "Great Hall", capacity=200), making.room(event, "Small Hall", capacity=20)
        nine = days.moment_at(DAY, 9 * 60, event.zone)
        one = making.session(event, nine, great, minutes=60, audience=100, title=LocalizedText("Morning"))
        two = making.session(
            event, days.moment_at(DAY, 11 * 60, event.zone), small, minutes=60, title=LocalizedText("Late morning")
        )
        pause = making.session(
            event, days.moment_at(DAY, 10 * 60, event.zone), great, minutes=30, kind=SessionKind.BREAK,
            title=LocalizedText("Coffee"),
        )  # fmt: skip
        return f"/events/{slug}/timetable/{DAY}", {
            "one": f"s{one.id}", "two": f"s{two.id}", "pause": f"s{pause.id}", "small": str(small.id),
        }  # fmt: skip


def _desk(site: Site, account: str, locale: str, address: str) -> Page:
    page = site.sign_in(account, locale)
    site.speaks(page, locale)
    page.goto(address)
    page.locator("html[data-ready]").wait_for()
    return page


def _item(page: Page, key: str) -> Locator:
    return page.locator(f"[data-item={key}]")


def _at(page: Page, key: str, start: int) -> None:
    expect(_item(page, key)).to_have_attribute("data-start", str(start), timeout=20_000)


def _press(page: Page, key: str, keys: str, end: str = "/move") -> Any:
    """Keys on an item, and the server's answer to them."""
    _item(page, key).focus()
    with page.expect_response(lambda answer: answer.url.endswith(end)) as told:
        page.keyboard.press(keys)
    return told.value


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_drag_shows_what_every_place_would_cost(site: Site, locale: str) -> None:
    address, keys = _day_of_three(site, f"grid-{locale}")
    page = _desk(site, "organiser", locale, address)
    site.looks_right(page, locale)
    item = _item(page, keys["one"])
    item.scroll_into_view_if_needed()
    box = item.bounding_box()
    aim = page.locator(f".tt-room[data-room='{keys['small']}']").bounding_box()
    assert box is not None
    assert aim is not None
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    with page.expect_response(lambda answer: "/prices?" in answer.url):
        page.mouse.move(box["x"] + 40, box["y"] + 34, steps=3)
    expect(page.locator(".tt-band-0").first).to_be_attached()
    page.mouse.move(aim["x"] + 40, box["y"] + 30, steps=4)
    expect(page.locator(".tt-verdict")).to_contain_text("100")  # the small hall seats fewer than are expected
    with page.expect_response(lambda answer: answer.url.endswith("/move")):
        page.mouse.up()
    expect(page.locator(".tt-band")).to_have_count(0)
    expect(item).to_have_attribute("data-room", keys["small"])
    expect(item.locator(".tt-clash")).to_contain_text("100")
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    expect(item).not_to_have_attribute("data-room", keys["small"])


def test_swap_and_copy_by_keys_and_by_mouse(site: Site) -> None:
    address, keys = _day_of_three(site, "grid-swap")
    page = _desk(site, "organiser", "en", address)
    _item(page, keys["one"]).focus()
    page.keyboard.press("s")
    assert _press(page, keys["two"], "Enter", "/swap").ok
    _at(page, keys["one"], 11 * 60)
    _at(page, keys["two"], 9 * 60)
    page.locator("[data-tools-swap]").click()
    with page.expect_response(lambda answer: answer.url.endswith("/swap")):
        _item(page, keys["two"]).click(position={"x": 20, "y": 10})
    _at(page, keys["one"], 9 * 60)
    assert page.url.endswith(address), "a press that chooses a partner opens nothing"
    assert _press(page, keys["pause"], "c", "/copy").ok
    expect(page.locator(".tt-items .tt-item", has_text="Coffee")).to_have_count(2)
    assert _press(page, keys["one"], "Alt+Shift+ArrowDown").ok
    expect(_item(page, keys["one"])).to_have_attribute("data-minutes", "65")
    _item(page, keys["one"]).focus()
    with page.expect_navigation():
        page.keyboard.press("w")
    site.looks_right(page, "en")
    with page.expect_navigation():
        page.locator(".offers form").first.locator("button").click()
    assert f"/sessions/{keys['one'][1:]}" in page.url


def test_two_organisers_lose_nothing_of_each_other(site: Site) -> None:
    address, keys = _day_of_three(site, "grid-two")
    one = _desk(site, "organiser", "en", address)
    other = _desk(site, "chair", "en", address)
    other.route("**/state*", lambda route: route.abort())  # it has not looked yet what the first one did
    # Earlier, not later: into the coffee the room would get a second lane, and the others' pages load anew for that.
    assert _press(one, keys["one"], "Alt+ArrowUp").ok
    assert _press(other, keys["two"], "Alt+ArrowUp").ok, "another session is nobody's quarrel"
    assert _press(other, keys["one"], "Alt+ArrowDown").status == 409
    expect(other.locator("#live")).to_contain_text("Somebody else was faster", timeout=11_000)
    _at(other, keys["one"], 9 * 60 - 5)  # where the first one put it
    other.unroute("**/state*")
    assert _press(other, keys["one"], "Alt+ArrowDown").ok, "now that they see it, they may move it"
    _at(one, keys["one"], 9 * 60)  # the page brings in by itself what the other did
    _at(one, keys["two"], 11 * 60 - 5)
    with one.expect_navigation():
        one.keyboard.press("Control+z")
    expect(one.locator("main")).to_contain_text("Somebody has changed this since")
    _at(one, keys["one"], 9 * 60)


def _lose(page: Page, root: str, field: str, words: str, day: str) -> None:
    page.goto(f"{root}/mend")
    page.locator(f"select[name={field}]").select_option(label=words)
    page.locator("select[name=day]").select_option(day)
    with page.expect_navigation():
        page.locator("form[action$='/mend/lost'] button[type=submit]").click()


def _import(page: Page, root: str, data: bytes) -> None:
    """Tried first, then for good."""
    for button in ("button[name=try]", "button.btn-primary"):
        page.goto(f"{root}/import") if button.startswith("button[") else None
        file = {"name": "schedule.json", "mimeType": "application/json", "buffer": data}
        page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
        with page.expect_navigation():
            page.locator(f"main form {button}").first.click()


def test_a_real_conference_is_brought_in_broken_and_mended(site: Site) -> None:
    """JuliaCon 2023: 354 items, one of them moved; a room is lost for a day, a speaker is away; the fewest moves."""
    data = shared(JULIACON).read_bytes()
    with behind(site):
        event = factories.event(
            "juliacon", starts_on=date(2023, 7, 25), ends_on=date(2023, 7, 29), zone="America/New_York"
        )
        _open_to(event, "organiser")
        event_id = event.id
    root = "/events/juliacon/timetable"
    page = _desk(site, "organiser", "en", root)
    _import(page, root, data)
    with behind(site):
        event = db.session.get_one(Event, event_id)
        assert db.session.query(Session).filter_by(event_id=event_id).count() == 354
        before = _wrong(event)
        lost = judge(event).rooms
        hall = next(number for number, name in lost.items() if name.en == "32-124")
        held = select(Session).where(
            Session.event_id == event_id, Session.starts_at >= days.begins(date(2023, 7, 28), event.zone),
            Session.starts_at < days.ends(date(2023, 7, 28), event.zone), Session.kind == SessionKind.ORAL,
        )  # fmt: skip
        rows = db.session.scalars(held.order_by(Session.starts_at)).all()
        edited = next(row for row in rows if row.room_id not in (hall, None) and not row.pinned)
        absent = next(row for row in reversed(rows) if row.room_id not in (hall, None) and row.talks[0].speakers)
        speaker = absent.talks[0].speakers[0].name.both
        key = f"s{edited.id}"
    page.goto(f"{root}/2023-07-28")
    page.locator("html[data-ready]").wait_for()
    assert _press(page, key, "Alt+ArrowUp").ok
    assert _press(page, key, "Alt+ArrowDown").ok
    _lose(page, root, "room", "32-124", "2023-07-28")
    _lose(page, root, "person", speaker, "2023-07-28")
    site.looks_right(page, "en")
    with behind(site):
        event = db.session.get_one(Event, event_id)
        assert {kind for kind, *_ in _wrong(event) - before} == {ClashKind.ROOM_CLOSED, ClashKind.AWAY}
    with page.expect_navigation():
        page.locator("form[action$='/mend'] button[type=submit]").click()
    accept = page.locator("form[action$='/accept'] button[type=submit]")
    accept.wait_for(timeout=150_000)
    with page.expect_navigation():
        accept.click()
    page.goto(f"{root}/mend")
    assert page.locator("form[action$='/mend'] button[type=submit]").count() == 0, "nothing is broken any more"
    with behind(site):
        event = db.session.get_one(Event, event_id)
        assert _wrong(event) <= before, "and nothing else became worse"
        assert db.session.query(Talk).filter_by(event_id=event_id, session_id=None).count() == 0
    page.goto(f"{root}/2023-07-28")
    assert re.search(r"tt-item", page.content())


def _wrong(event: Event) -> set[tuple[ClashKind, tuple[int, ...], str]]:
    return {(clash.kind, clash.sessions, clash.person) for clash in judge(event).clashes}

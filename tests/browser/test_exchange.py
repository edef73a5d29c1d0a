"""A live question from ask to answer on two screens: a telephone in the room, the moderator's desk, the projector."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from confsys.core.db import db
from confsys.exchange.models import Floor
from tests.browser.conftest import Site
from tests.chromium import PHONE, violations


def _hall(site: Site) -> str:
    """The first session of the annual meeting: the opening keynote."""
    with site.app.app_context():
        floor = db.session.scalars(select(Floor).order_by(Floor.id)).first()
        assert floor is not None
        address = f"/events/{floor.event.slug}/exchange/sessions/{floor.session_id}"
        db.session.remove()
    return address


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_question_travels_from_a_telephone_to_the_screen_and_is_answered(site: Site, locale: str) -> None:
    hall = _hall(site)
    text = {"en": "Does it hold at sea level?", "zh": "在海平面高度是否成立？"}[locale]
    phone, desk, screen = site.sign_in("author", locale, phone=True), site.sign_in("chair", locale), site.visit(locale)
    desk.goto(f"{hall}/moderate")
    screen.goto(f"{hall}/screen")
    phone.goto(hall)
    phone.locator("#text").fill(text)
    phone.locator("main form.form button[type=submit]").first.click()
    waiting = desk.locator(".question", has_text=text)
    expect(waiting).to_be_visible(timeout=15_000)
    waiting.locator("form[action$='/screen'] button").click()
    expect(screen.locator(".screen-current", has_text=text)).to_be_visible(timeout=15_000)
    desk.locator(".question", has_text=text).locator("form:has(input[value=answered]) button").click()
    expect(phone.locator(".question-answered", has_text=text)).to_be_visible(timeout=15_000)


def test_a_vote_is_counted_at_once_and_stays_after_news(site: Site) -> None:
    page = site.sign_in("reviewer", phone=True)
    page.goto(_hall(site))
    button = page.locator(".vote-button:not([disabled])").first
    before = int(button.locator(".vote-count").inner_text())
    name = button.get_attribute("data-mine")
    button.click()
    again = page.locator(f".vote-button[data-mine='{name}'][aria-pressed=true]")
    expect(again.locator(".vote-count")).to_have_text(str(before + 1), timeout=15_000)


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_axe_finds_nothing_on_the_public_pages_of_a_session(site: Site, locale: str) -> None:
    """In a browser without the site's own ears: axe's styles break the policy, and that is no fault of a page."""
    context = site.browser.new_context(base_url=site.address, locale=locale, viewport=PHONE)
    page, hall = context.new_page(), _hall(site)
    for address in (hall, f"{hall}/screen", f"{hall}/debate"):
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    context.close()

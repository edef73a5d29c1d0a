"""The public programme: what was starred before signing in is on the list of the account, on every device."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from confsys.settings import DEMO_PASSWORD
from tests.browser.conftest import Site

PROGRAMME = "/events/am2027/programme/"


def _ready(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("html[data-ready]").wait_for()


@pytest.mark.parametrize(("locale", "phone"), [("en", False), ("zh", True)])
def test_a_list_from_the_browser_joins_the_account_and_its_calendar(site: Site, locale: str, phone: bool) -> None:
    page = site.visit(locale, phone=phone)
    _ready(page, f"{PROGRAMME}?day=all")
    site.looks_right(page, locale)
    star = page.locator("[data-star]").nth(1)
    key = star.get_attribute("data-star")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.goto(f"{PROGRAMME}my")
    site.looks_right(page, locale)
    page.locator("main a[href*='sign-in']").click()
    page.locator("input[type=email]").fill("attendee@example.org")
    page.locator("input[type=password]").fill(DEMO_PASSWORD)
    with page.expect_response(lambda answer: answer.url.endswith("/my/keep")):
        page.locator("main form button[type=submit]").first.click()
    other = site.sign_in("attendee", locale, phone=not phone)
    site.speaks(other, locale)
    _ready(other, f"{PROGRAMME}?day=all")
    kept = other.locator(f"[data-star={key}]").first
    expect(kept).to_have_attribute("aria-pressed", "true")
    _ready(other, f"{PROGRAMME}my")
    site.looks_right(other, locale)
    with other.expect_navigation():
        other.locator("form[action$='/my/calendar'] button").first.click()
    address = other.locator("code.address").inner_text()
    assert re.search(r"BEGIN:VEVENT", other.request.get(address).text())
    _ready(other, f"{PROGRAMME}?day=all")
    with other.expect_response(lambda answer: answer.url.endswith("/my/drop")):
        other.locator(f"[data-star={key}]").first.click()
    expect(other.locator(f"[data-star={key}]").first).to_have_attribute("aria-pressed", "false")
    _ready(other, f"{PROGRAMME}my")
    with other.expect_navigation():
        other.locator("form[action$='/my/calendar/close'] button").click()

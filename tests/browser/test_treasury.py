"""A treasurer's morning in a browser: a transfer is confirmed, a 发票 recorded; on the desktop and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

WALKS = (("en", False, "26110000000000000011"), ("zh", True, "26110000000000000012"))


def _open(page: Page, address: str) -> str:
    """Follow the first link whose address ends so; returns where it led."""
    with page.expect_navigation():
        page.locator(f"main a[href$='{address}'], main a[href*='{address}']").first.click()
    return page.url


def _press(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-primary").first.click()


@pytest.mark.parametrize(("locale", "phone", "number"), WALKS, ids=lambda given: str(given))
def test_a_transfer_is_confirmed_and_a_fapiao_recorded(site: Site, locale: str, phone: bool, number: str) -> None:
    page = site.sign_in("treasurer", locale, phone=phone)
    site.speaks(page, locale)
    page.goto("/treasury/")
    site.looks_right(page, locale)
    _open(page, "/confirm")
    site.looks_right(page, locale)
    _press(page)
    assert re.search(r"/orders/[0-9A-Z]+$", page.url)
    expect(page.locator(".title-block, main").first).to_contain_text(re.compile("paid|已付"))
    site.looks_right(page, locale)
    page.goto("/treasury/fapiao?q=state:requested")
    site.looks_right(page, locale)
    here = _open(page, "/fapiao/")
    site.looks_right(page, locale)
    page.locator("[name=number]").first.fill("12")
    _press(page)
    site.looks_right(page, locale)
    assert page.locator("[name=number]").first.input_value() == "12"
    page.locator("[name=number]").first.fill(number)
    _press(page)
    page.goto(here)
    expect(page.locator("main")).to_contain_text(number)
    site.looks_right(page, locale)
    for address in ("/treasury/dues-bills", "/treasury/ledger", "/treasury/ways"):
        page.goto(address)
        site.looks_right(page, locale)
    page.context.close()

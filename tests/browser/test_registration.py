"""Registering in a browser: alone with a dinner to the certificate, and a group whose payer names people later.

Once in English on the desktop, once in Chinese on a phone; the desk checks in on a phone both times.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

WALKS = (("en", False, "reviewer"), ("zh", True, "author"))


def _event(page: Page) -> str:
    """The address of the annual meeting."""
    page.goto("/")
    address = page.locator("a[href*='/events/am']").first.get_attribute("href")
    assert address is not None
    return "/".join(address.split("/")[:3])


def _press(page: Page, selector: str = "main form.form button.btn-primary") -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _person(site: Site, account: str, locale: str, *, phone: bool) -> Page:
    page = site.sign_in(account, locale, phone=phone)
    site.speaks(page, locale)
    return page


def _begins(site: Site, page: Page, event: str, locale: str, count: int) -> None:
    """From the page of the registration to the form of who comes."""
    page.goto(f"{event}/registration/")
    site.looks_right(page, locale)
    _press(page, f"main a.btn-primary[href*='{event}/registration/new']")
    site.looks_right(page, locale)
    page.locator("input[type=number][name^=count-]").first.fill(str(count))
    _press(page)
    assert re.search(r"/registration/baskets/", page.url)
    site.looks_right(page, locale)


def _orders_and_pays(site: Site, page: Page, locale: str) -> None:
    _press(page)
    assert page.url.endswith("/check")
    site.looks_right(page, locale)
    _press(page)
    assert re.search(r"/orders/[0-9A-Z]+$", page.url)
    _press(page, "#pay-simulator")
    _press(page, "button[value=pay], form:has(input[value=pay]) button")


def _own_ticket(page: Page, event: str) -> str:
    page.goto(f"{event}/registration/")
    address = page.locator("main article.entry a[href*='/registration/tickets/']").first.get_attribute("href")
    assert address is not None
    return address


@pytest.mark.parametrize(("locale", "phone", "account"), WALKS, ids=["en-desktop", "zh-phone"])
def test_an_attendee_registers_with_a_dinner_is_let_in_and_gets_a_certificate(
    site: Site, tmp_path: Path, locale: str, phone: bool, account: str
) -> None:
    page = _person(site, account, locale, phone=phone)
    event = _event(page)
    _begins(site, page, event, locale, 1)
    page.locator("input[type=checkbox][name=p0-extras]").first.check()
    _orders_and_pays(site, page, locale)
    ticket = _own_ticket(page, event)
    page.goto(ticket)
    site.looks_right(page, locale)
    expect(page.locator("img[src$='/qr.svg']")).to_be_visible()
    desk = _person(site, "organiser", locale, phone=True)
    desk.goto(f"{event}/check-in/?q={ticket.rpartition('/')[2]}")
    site.looks_right(desk, locale)
    _press(desk, "main article.entry a")
    site.looks_right(desk, locale)
    _press(desk, "#check-in")
    expect(desk.locator(".notice-success").first).to_be_visible()
    page.goto(ticket)
    with page.expect_download() as coming:
        page.locator("#certificate").click()
    path = tmp_path / "certificate.pdf"
    coming.value.save_as(path)
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    number = re.search(r"AC-[0-9A-Z]+-\d{4}", text)
    code = re.search(r"/certificates/attendance/\s*([0-9A-Z]{12})", text) or re.search(
        r"\b([2-9A-HJ-NP-Z]{12})\b", text
    )
    assert number is not None
    assert code is not None, text
    public = site.visit(locale, phone=phone)
    public.goto(f"/certificates/attendance/{code.group(1)}")
    site.looks_right(public, locale)
    expect(public.locator("main")).to_contain_text(number.group())
    for one in (page, desk, public):
        one.context.close()


@pytest.mark.parametrize(
    ("locale", "phone", "payer", "guest"),
    [("en", False, "treasurer", "volunteer"), ("zh", True, "chair", "secretary")],
    ids=["en-desktop", "zh-phone"],
)
def test_a_payer_registers_three_one_claims_a_place_and_one_is_handed_on(
    site: Site, locale: str, phone: bool, payer: str, guest: str
) -> None:
    page = _person(site, payer, locale, phone=phone)
    event = _event(page)
    _begins(site, page, event, locale, 3)
    page.locator("[name=p1-later]").check()
    page.locator("[name=p2-family]").fill("Lovelace")
    page.locator("[name=p2-given]").fill("Ada")
    page.locator("[name=p2-email]").fill("ada@example.org")
    _orders_and_pays(site, page, locale)
    page.goto(f"{event}/registration/")
    site.looks_right(page, locale)
    places = page.locator("main article.entry h2 a[href*='/registration/tickets/']")
    expect(places).to_have_count(3)
    unnamed, named = (places.nth(n).get_attribute("href") for n in (1, 2))
    page.goto(str(unnamed))
    site.looks_right(page, locale)
    link = page.locator("#link input").input_value()
    other = _person(site, guest, locale, phone=phone)
    other.goto(link)
    site.looks_right(other, locale)
    other.locator("[name=family]").fill("Hopper")
    other.locator("[name=given]").fill("Grace")
    _press(other)
    expect(other.locator("img[src$='/qr.svg']")).to_be_visible()
    page.goto(f"{named}/hand-on")
    site.looks_right(page, locale)
    page.locator("[name=family]").fill("Curie")
    page.locator("[name=email]").fill("marie@example.org")
    _press(page)
    desk = _person(site, "organiser", locale, phone=True)
    desk.goto(f"{event}/check-in/?q={str(named).rpartition('/')[2]}")
    expect(desk.locator(".notice-error")).to_be_visible()  # the old code opens nothing
    desk.goto(f"{event}/check-in/?q=Curie")
    expect(desk.locator("main article.entry").first).to_contain_text("Curie")
    site.looks_right(desk, locale)
    for one in (page, other, desk):
        one.context.close()

"""From "I would like to be a member" to the member price, and a renewal in grace; on the desktop and on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site


@dataclass(frozen=True)
class Walk:
    """``newcomer``: an account of the sample that is no member yet."""

    locale: str
    phone: bool
    newcomer: str
    member_price: str


WALKS = (
    Walk("en", False, "chair", "You are a member: the member price is yours."),
    Walk("zh", True, "organiser", "您是会员，享受会员价。"),
)
walks = pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.locale)


def _person(site: Site, account: str, walk: Walk) -> Page:
    page = site.sign_in(account, walk.locale, phone=walk.phone)
    site.speaks(page, walk.locale)
    return page


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


def _registration(page: Page) -> str:
    """The annual meeting's page of registration."""
    page.goto("/")
    address = page.locator("a[href*='/events/am']").first.get_attribute("href")
    assert address is not None
    return "/".join(address.split("/")[:3]) + "/registration/"


def _pay(site: Site, page: Page, walk: Walk) -> None:
    """Pay the open dues by the simulator."""
    _press(page, "form[method=post][action$='/pay'] button")
    site.looks_right(page, walk.locale)
    _press(page, "#pay-simulator")
    _press(page, "#simulate-pay")
    expect(page.locator("main")).to_contain_text(re.compile("Paid|paid|已付"))
    site.looks_right(page, walk.locale)


def _apply(site: Site, page: Page, walk: Walk) -> None:
    page.goto("/membership/benefits")
    site.looks_right(page, walk.locale)
    _press(page, "main a[href$='/membership/apply']")
    page.locator("input[name=tier][value=student]").check()
    page.locator("[name=statement]").fill("Streams, and how they fail.")
    _press(page, "main form button.btn-primary")  # without a referee: it comes back with what was typed
    assert page.locator("[name=statement]").input_value() == "Streams, and how they fail."
    site.looks_right(page, walk.locale)
    page.locator("[name=referees]").fill("member@example.org")
    _press(page, "main form button.btn-primary")
    assert page.url.endswith("/membership/application")
    site.looks_right(page, walk.locale)


def _is_vouched_for(site: Site, walk: Walk) -> None:
    page = _person(site, "member", walk)
    page.goto("/membership")
    site.looks_right(page, walk.locale)
    page.goto(page.locator("main a[href*='/membership/vouching/']").last.get_attribute("href") or "")
    site.looks_right(page, walk.locale)
    _press(page, "button[name=answer][value=confirm]")
    page.context.close()


def _is_approved(site: Site, walk: Walk, name: str) -> None:
    page = _person(site, "secretary", walk)
    page.goto("/office/membership/applications?q=state:office")
    site.looks_right(page, walk.locale)
    with page.expect_navigation():
        page.locator("main a[href*='/applications/']", has_text=name).first.click()
    site.looks_right(page, walk.locale)
    _press(page, "form[action$='/approve'] button.btn-primary")
    page.context.close()


@walks
def test_a_new_member_joins_pays_and_gets_the_member_price_at_once(site: Site, walk: Walk) -> None:
    page = _person(site, walk.newcomer, walk)
    meeting = _registration(page)
    page.goto(meeting)
    assert walk.member_price not in page.locator("main").inner_text()
    _apply(site, page, walk)
    page.goto("/account")
    name = page.locator("[name=native]").input_value()
    _is_vouched_for(site, walk)
    _is_approved(site, walk, name)
    page.goto(meeting)
    assert walk.member_price not in page.locator("main").inner_text()  # approved is not paid
    page.goto("/membership")
    site.looks_right(page, walk.locale)
    _pay(site, page, walk)
    page.goto("/membership/card")
    site.looks_right(page, walk.locale)
    expect(page.locator("main")).to_contain_text(re.compile(r"[A-Z]\d{9}S"))
    expect(page.locator(".pass-code svg")).to_be_visible()
    page.goto(meeting)
    expect(page.locator("main")).to_contain_text(walk.member_price)
    site.looks_right(page, walk.locale)
    page.context.close()


def test_who_is_in_grace_renews_and_the_term_goes_on_from_its_end(site: Site) -> None:
    page = site.sign_in("reviewer", "en")
    site.speaks(page, "en")
    page.goto("/membership")
    site.looks_right(page, "en")
    expect(page.locator("main")).to_contain_text("in grace")
    _press(page, "form[action$='/membership/renew'] button")
    expect(page.locator("main")).to_contain_text("Renewal")
    _pay(site, page, WALKS[0])
    page.goto("/membership")
    expect(page.locator(".title-block")).to_contain_text("member")
    expect(page.locator("main")).not_to_contain_text("in grace")
    assert page.locator("form[action$='/membership/renew']").count() == 0
    page.context.close()


@walks
def test_what_members_are_told_and_asked(site: Site, walk: Walk) -> None:
    page = _person(site, "member", walk)
    for address in (
        "suggestions",
        "suggestions/new",
        "survey",
        "budget",
        "directory",
        "directory/mine",
        "bodies",
        "bodies/academic",
    ):
        page.goto(f"/membership/{address}")
        site.looks_right(page, walk.locale)
    page.context.close()


@walks
def test_the_office_at_its_desk(site: Site, walk: Walk) -> None:
    page = _person(site, "secretary", walk)
    for address in ("members", "dues", "classes", "bodies", "bodies/academic", "suggestions", "surveys", "budgets"):
        page.goto(f"/office/membership/{address}")
        site.looks_right(page, walk.locale)
    for row in ("/office/membership/surveys/2", "/office/membership/budgets/2", "/membership/suggestions/"):
        page.goto("/office/membership/" + {"s": "surveys", "b": "budgets"}.get(row[19:20], "suggestions"))
        page.goto(page.locator(f"main a[href*='{row}']").last.get_attribute("href") or "")
        site.looks_right(page, walk.locale)
    page.goto("/integrity/officers")
    site.looks_right(page, walk.locale)
    page.context.close()

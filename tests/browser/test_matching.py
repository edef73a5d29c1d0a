"""From a list of names to reviewers at work: invite, accept, bid, run, compare, apply, give out, decline, replace.

Once in English on the desktop; once in Chinese with the invited reviewer on a phone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from confsys.accounts.models import EmailAddress, Person
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.events.states import Role, StageKind
from confsys.reviewing.models import AssignmentRun
from tests import factories
from tests.browser.conftest import Site
from tests.reviewing import make


@dataclass(frozen=True)
class Walk:
    """One way through. ``short``: what a page says when the reviewers are too few."""

    locale: str
    phone: bool
    short: str
    way_out: str


WALKS = (
    Walk("en", False, "reviews are needed", "What would help"),
    Walk("zh", True, "份评审", "可行的办法"),
)
TITLES = ("How birds find home", "What rivers remember", "Why bridges sing")


def _event(site: Site, slug: str) -> str:
    """A small meeting that asks for bids: three papers, three who serve, the sample's chair."""
    with site.app.app_context():
        made = factories.event(slug, acronym=slug.upper())
        for kind in (StageKind.BIDDING, StageKind.REVIEW):
            factories.stage(made, kind)
        chair = db.session.scalars(select(Person).join(EmailAddress).where(EmailAddress.address == "chair@example.org"))
        factories.grant(made, Role.CHAIR, chair.one())
        for title in TITLES:
            factories.submission(made, title=LocalizedText(title, title))
        for _ in range(3):
            make.reviewer(made)
        db.session.remove()
    return f"/events/{slug}"


def _press(page: Page, action: str) -> None:
    """The button of the form that posts to ``action`` (the end of its address)."""
    with page.expect_navigation():
        page.locator(f"main form[method=post][action$='{action}'] button[type=submit]").first.click()


def _invites(site: Site, chair: Page, event: str, address: str, walk: Walk) -> None:
    chair.goto(f"{event}/review/committee/invite")
    site.looks_right(chair, walk.locale)
    chair.locator("textarea[name=people]").fill(f"Wu Lan <{address}>\nnobody\nreviewer@example.org")
    _press(chair, "/committee/invite")
    site.looks_right(chair, walk.locale)
    expect(chair.locator("main")).to_contain_text("nobody")
    chair.locator("input[value='reviewer@example.org']").uncheck()
    _press(chair, "/committee/invite/send")
    expect(chair.locator("main")).to_contain_text("Wu Lan")
    site.looks_right(chair, walk.locale)


def _link(site: Site, address: str) -> str:
    with site.app.app_context():
        text = db.session.scalars(select(MailMessage).where(MailMessage.to_address == address)).one().text
        db.session.remove()
    found = re.search(r"/invitations/\S+", text)
    assert found is not None
    return found.group(0)


def _accepts(site: Site, link: str, event: str, walk: Walk) -> Page:
    page = site.visit(walk.locale, phone=walk.phone)
    page.goto(link)
    site.speaks(page, walk.locale)
    site.looks_right(page, walk.locale)
    page.locator("[name=given]").fill("Lan")
    page.locator("[name=family]").fill("Wu")
    page.locator("[name=password]").fill("a quiet sentence")
    page.locator("main form[action$='/open'] button.btn-primary").click()
    page.wait_for_url(re.compile(r"/reviews/profile"))
    site.speaks(page, walk.locale)
    site.looks_right(page, walk.locale)
    page.locator("[name=load]").fill("2")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/reviews/?$"))
    return page


def _bids(site: Site, page: Page, event: str, walk: Walk) -> None:
    page.goto(f"{event}/reviews/bids")
    page.locator("html[data-ready]").wait_for()
    site.looks_right(page, walk.locale)
    if walk.phone:
        page.locator("[data-bid-row] input[data-bid-key='1']").first.check()
    else:
        page.keyboard.press("j")
        page.keyboard.press("1")
    expect(page.locator("[data-bids-state]")).to_contain_text("1")
    page.reload()
    assert page.locator("input[data-bid-key='1']:checked").count() == 1


def _runs(site: Site, chair: Page, event: str, walk: Walk, *, objective: str = "total", coverage: int = 2) -> str:
    """The address of a computed run."""
    chair.goto(f"{event}/review/runs")
    chair.locator("[name=coverage]").fill(str(coverage))
    chair.locator(f"[name=objective][value={objective}]").check()
    _press(chair, "/review/runs")
    address = re.sub(r"^https?://[^/]+", "", chair.url)
    assert re.search(r"/runs/\d+$", address)
    for _ in range(120):
        if chair.locator("a.btn[href*='/jobs/']").count() == 0:
            break
        chair.wait_for_timeout(250)
        chair.goto(address)
    site.looks_right(chair, walk.locale)
    return address


def _compares(site: Site, chair: Page, event: str, walk: Walk) -> None:
    chair.goto(f"{event}/review/runs")
    site.looks_right(chair, walk.locale)
    with chair.expect_navigation():
        chair.locator("form[action$='/runs/compare'] button").click()
    site.looks_right(chair, walk.locale)


def _asks_why(site: Site, chair: Page, run: str, walk: Walk) -> None:
    chair.goto(run)
    chair.locator("#changes td a").first.click()
    chair.wait_for_url(re.compile(r"\?person="))
    expect(chair.locator("#why")).to_be_visible()
    site.looks_right(chair, walk.locale)
    chair.locator("#ask ~ *, #ask input[name=q]").first.fill("Family")
    chair.keyboard.press("Enter")
    chair.wait_for_url(re.compile(r"q=Family"))
    site.looks_right(chair, walk.locale)


def _declines(site: Site, page: Page, event: str, walk: Walk) -> int:
    page.goto(f"{event}/reviews")
    site.looks_right(page, walk.locale)
    href = page.locator("main a[href*='/reviews/']").filter(has_text=re.compile("|".join(TITLES))).first
    number = int(str(href.get_attribute("href")).rsplit("/", 1)[1])
    page.goto(f"{event}/reviews/{number}")
    if walk.phone:
        page.locator("[role=tab]").nth(1).click()
    page.locator("#decline-form textarea").fill("I am on leave.")
    with page.expect_navigation():
        page.locator("#decline-form button").click()
    return number


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.locale)
def test_a_committee_is_invited_assigned_and_mended(site: Site, walk: Walk) -> None:
    slug, address = f"match-{walk.locale}", f"wu.lan.{walk.locale}@lab.example"
    event = _event(site, slug)
    chair = site.sign_in("chair", walk.locale)
    chair.goto(f"{event}/review")
    site.speaks(chair, walk.locale)
    _invites(site, chair, event, address, walk)
    reviewer = _accepts(site, _link(site, address), event, walk)
    _bids(site, reviewer, event, walk)
    first = _runs(site, chair, event, walk)
    _runs(site, chair, event, walk, objective="randomised")
    _compares(site, chair, event, walk)
    _asks_why(site, chair, first, walk)
    chair.goto(first)
    _press(chair, "/apply")
    reviewer.goto(f"{event}/reviews")
    assert all(title not in reviewer.content() for title in TITLES), "a proposal is the chairs' alone"
    chair.goto(first)
    _press(chair, "/review/release")
    number = _declines(site, reviewer, event, walk)
    chair.goto(f"{event}/review/papers/{number}")
    site.looks_right(chair, walk.locale)
    before = chair.locator("aside form[action$='/take-back']").count()
    with chair.expect_navigation():
        chair.locator("#stand-ins form button, #stand-ins ~ * form button").first.click()
    assert chair.locator("aside form[action$='/take-back']").count() == before + 1
    chair.goto(f"{event}/review/runs")
    _press(chair, "/review/release")
    for page in (chair, reviewer):
        page.context.close()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.locale)
def test_what_is_impossible_is_told_in_words_with_a_way_out(site: Site, walk: Walk) -> None:
    event = _event(site, f"short-{walk.locale}")
    chair = site.sign_in("chair", walk.locale, phone=walk.phone)
    chair.goto(f"{event}/review")
    site.speaks(chair, walk.locale)
    run = _runs(site, chair, event, walk, coverage=9)
    main = chair.locator("main")
    expect(main).to_contain_text(walk.short)
    expect(main).to_contain_text(walk.way_out)
    assert not re.search(r"coverage|load_max|capacity|seniors\b", main.inner_text()), "no word of the engine's"
    _press(chair, "/relax")
    again = re.sub(r"^https?://[^/]+", "", chair.url)
    assert again != run
    for _ in range(120):
        with site.app.app_context():
            row = db.session.get(AssignmentRun, int(again.rsplit("/", 1)[1]))
            state = row.state.value if row else ""
            db.session.remove()
        if state != "computing":
            break
        chair.wait_for_timeout(250)
    assert state == "ready"
    chair.goto(again)
    site.looks_right(chair, walk.locale)
    chair.context.close()

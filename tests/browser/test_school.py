"""A school asks for a speaker and gets one: the school without an account, the office, the speaker.

Once in English on the desktop, once in Chinese with the school and the speaker on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from confsys.core import clock
from tests.browser.conftest import Site


@dataclass(frozen=True)
class Walk:
    """One way to a speaker; of the sample's pool only the author speaks about ``topic`` in ``city``."""

    locale: str
    phone: bool
    school: str
    city: str
    topic: str
    found: str


WALKS = (
    Walk("en", False, "Riverside Middle School", "Hangzhou", "Data quality in our own diaries", "speaker found"),
    Walk("zh", True, "江畔实验学校", "杭州", "数据与隐私：给初中生的一课", "已找到主讲人"),
)


def _asks(site: Site, walk: Walk) -> Page:
    """The school's own page, reached without an account."""
    page = site.visit(walk.locale, phone=walk.phone)
    page.goto("/outreach/")
    page.locator("main a[href$='/outreach/schools']").first.click()
    first = clock.now().date() + timedelta(days=40)
    for name, value in {
        "topic": walk.topic, "headcount": "45", "first_day": str(first), "last_day": str(first + timedelta(days=10)),
        "school": walk.school, "city": walk.city, "contact": "Lu Yan", "email": "school@example.org",
    }.items():  # fmt: skip
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=group]").select_option("youth")
    site.looks_right(page, walk.locale)
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").first.click()
    expect(page.locator("h1")).to_contain_text(walk.topic)
    site.looks_right(page, walk.locale)
    return page


def _office_asks_the_speaker(site: Site, walk: Walk) -> Page:
    page = site.sign_in("organiser", walk.locale)
    site.speaks(page, walk.locale)
    page.goto("/outreach/office/requests")
    page.get_by_role("link", name=walk.topic).first.click()
    expect(page.locator("h1")).to_contain_text(walk.topic)
    site.looks_right(page, walk.locale)
    with page.expect_navigation():
        page.locator("form[action$='/ask'] button[type=submit]").first.click()
    return page


def _speaker_says_yes(site: Site, walk: Walk) -> None:
    page = site.sign_in("author", walk.locale, phone=walk.phone)
    site.speaks(page, walk.locale)
    page.goto("/home")
    page.locator("main a[href*='/outreach/offers/']").first.click()
    expect(page.locator("h1")).to_contain_text(walk.topic)
    site.looks_right(page, walk.locale)
    with page.expect_navigation():
        page.locator("form[action$='/accept'] button[type=submit]").click()
    expect(page.locator("form[action$='/accept']")).to_have_count(0)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.locale)
def test_a_school_asks_for_a_speaker_and_gets_one(site: Site, walk: Walk) -> None:
    school = _asks(site, walk)
    state = school.locator("main .state").first
    expect(state).not_to_have_text(walk.found)
    office = _office_asks_the_speaker(site, walk)
    _speaker_says_yes(site, walk)
    school.reload()
    expect(state).to_have_text(walk.found)
    site.looks_right(school, walk.locale)
    office.reload()
    with office.expect_navigation():
        office.locator("main a[href*='/outreach/office/activities/']").first.click()
    expect(office.locator("main")).to_contain_text(walk.topic)

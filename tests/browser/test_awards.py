"""An award in a browser: a juror votes, and the public reads who won; on the desktop and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site


@pytest.mark.parametrize(("locale", "phone"), [("en", False), ("zh", True)], ids=["en", "zh"])
def test_a_juror_votes_and_the_public_reads_who_won(site: Site, locale: str, phone: bool) -> None:
    juror = site.sign_in("member", locale, phone=phone)
    site.speaks(juror, locale)
    juror.goto("/awards")
    site.looks_right(juror, locale)
    name = {"en": "Young researcher prize", "zh": "青年学者奖"}[locale]
    juror.get_by_role("link", name=re.compile(name)).first.click()
    site.looks_right(juror, locale)
    juror.locator("main a[href$='/ballot']").first.click()
    scores = juror.locator("input[name^=score-]")
    for field in scores.all():
        field.fill("8")
    site.looks_right(juror, locale)
    with juror.expect_navigation():
        juror.locator("form#ballot button.btn-primary").click()
    expect(juror.locator("input[name^=score-]").first).to_have_value("8")
    site.looks_right(juror, locale)
    juror.context.close()

    keeper = site.sign_in("secretary", locale, phone=phone)
    site.speaks(keeper, locale)
    keeper.goto("/awards")
    keeper.get_by_role("link", name=re.compile(name)).first.click()
    keeper.locator("main a[href$='/committee']").click()
    site.looks_right(keeper, locale)
    keeper.goto("/awards/new")
    site.looks_right(keeper, locale)
    keeper.context.close()

    public = site.visit(locale, phone=phone)
    public.goto("/awards")
    site.speaks(public, locale)
    public.get_by_role(
        "link", name=re.compile({"en": "Prize for open tools", "zh": "开放工具奖"}[locale])
    ).first.click()
    site.looks_right(public, locale)
    address = public.locator("main a[href$='.pdf']").first.get_attribute("href")
    assert address is not None
    assert public.request.get(address).headers["content-type"] == "application/pdf"
    public.goto(address.removesuffix(".pdf"))
    expect(public.locator(".notice-success")).to_be_visible()
    site.looks_right(public, locale)
    public.context.close()

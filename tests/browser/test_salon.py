"""A salon from a topic proposal to published minutes: proposed by a member, held by its host, quoted with consent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

#: title, field and why of the topic; title and text of the talk; minutes; quote; idea
WORDS = {
    "en": (
        "Who reads a negative result?", "publishing",
        "Most of what is tried does not work, and nobody can find it. A salon could say what its record should hold.",
        "A drawer full of answers", "I bring three failed runs.", "We agreed on little but the form.",
        "I would rather be cited for an honest failure.", "A form for failures",
    ),
    "zh": (
        "谁来阅读阴性结果？", "学术出版",
        "多数尝试没有成功，却无处可查。希望通过一次沙龙，讨论这类记录应当包含什么，"
        "并形成一份可供试行的格式。",
        "抽屉里的答案", "我带来三次失败的实验。", "除格式外，大家分歧不小。",
        "我宁愿因诚实的失败而被引用。", "失败记录的格式",
    ),
}  # fmt: skip
#: (locale, whether the people hold telephones)
WALKS = [("en", False), ("zh", True)]


def _post(page: Page, button: str) -> None:
    """Press a button that sends its form."""
    with page.expect_navigation():
        page.locator(button).first.click()


def _person(site: Site, account: str, locale: str, phone: bool) -> Page:
    page = site.sign_in(account, locale, phone=phone)
    site.speaks(page, locale)
    return page


@pytest.mark.parametrize(("locale", "phone"), WALKS)
def test_a_salon_from_topic_to_minutes(site: Site, locale: str, phone: bool) -> None:
    title, field, why, talk, text, minutes, quote, idea = WORDS[locale]
    member, secretary = (_person(site, account, locale, phone) for account in ("member", "secretary"))
    topic = _is_proposed(site, member, locale, (title, field, why))
    _is_chosen(site, secretary, topic, locale)
    salon = _becomes_a_salon(secretary, topic)
    _is_published(secretary, salon)
    _offers_to_speak(site, member, salon, locale, talk, text)
    _is_put_on_the_list(site, secretary, salon, locale, talk)
    _is_written(secretary, salon, minutes, quote, idea)
    _agrees(site, member, locale, quote)
    secretary.goto(f"{salon}/minutes/edit")
    _post(secretary, "form[action$='/minutes/publish'] button")
    visitor = site.visit(locale, phone=phone)
    visitor.goto(f"{salon}/minutes")
    site.speaks(visitor, locale)
    for words in (minutes, quote, idea):
        expect(visitor.locator("main")).to_contain_text(words)
    site.looks_right(visitor, locale)
    member.goto(f"{salon}/minutes")
    _post(member, "form[action$='/take'] button")
    expect(member.locator("#ideas .state-waiting")).to_be_visible()
    visitor.goto(topic)
    expect(visitor.locator(f"a[href='{salon}/']")).to_be_visible()


def _is_proposed(site: Site, page: Page, locale: str, words: tuple[str, str, str]) -> str:
    page.goto("/topics/propose")
    for name, text in zip(("title", "field", "why"), words, strict=True):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=kind][value=bottleneck]").check()
    site.looks_right(page, locale)
    _post(page, "main form.form button[type=submit]")
    site.looks_right(page, locale)
    return "/topics/" + page.url.rsplit("/", 1)[1]


def _is_chosen(site: Site, page: Page, topic: str, locale: str) -> None:
    page.goto(topic)
    _post(page, "form[action$='/support'] button")
    page.locator("[name=reasons]").fill("It concerns everybody who has ever tried something." if locale == "en"
                                        else "凡是做过尝试的人都会关心这个问题。")  # fmt: skip
    _post(page, "button[name=selected][value='1']")
    site.looks_right(page, locale)


def _becomes_a_salon(page: Page, topic: str) -> str:
    page.goto(topic)
    _post(page, "form[action$='/salon'] button[type=submit]")
    found = re.search(r"/events/[a-z0-9-]+", page.url)
    assert found is not None
    return found[0]


def _is_published(page: Page, salon: str) -> None:
    """The office opens the salon and takes short talks from today."""
    page.goto(f"{salon}/settings/basics")
    page.locator("[name=contact_email]").fill("secretary@example.org")
    _post(page, "main form:has([name=contact_email]) button[type=submit]")
    page.goto(f"{salon}/settings/stages")
    page.locator("[name=proposals_opens]").fill("2020-01-01T09:00")
    _post(page, "main form:has([name=proposals_opens]) button[type=submit]")
    page.goto(f"{salon}/settings/publish")
    _post(page, "form:has(input[name=to][value=public]) button")


def _offers_to_speak(site: Site, page: Page, salon: str, locale: str, talk: str, text: str) -> None:
    page.goto(f"{salon}/salon")
    site.looks_right(page, locale)
    page.goto(f"{salon}/salon/offer")
    page.locator("[name=title]").fill(talk)
    page.locator("[name=text]").fill(text)
    _post(page, "main form.form button[type=submit]")
    expect(page.locator("main")).to_contain_text(talk)


def _is_put_on_the_list(site: Site, page: Page, salon: str, locale: str, talk: str) -> None:
    page.goto(f"{salon}/salon/desk")
    site.looks_right(page, locale)
    _post(page, "form:has(input[value=on_list]) button")
    expect(page.locator("main")).to_contain_text(f"1. {talk}")


def _is_written(page: Page, salon: str, minutes: str, quote: str, idea: str) -> None:
    page.goto(f"{salon}/minutes/edit")
    page.locator("form[action$='/minutes/edit'] [name=text]").fill(minutes)
    _post(page, "form[action$='/minutes/edit'] button[type=submit]")
    asking = page.locator("form[action$='/minutes/quotes']")
    asking.locator("[name=address]").fill("member@example.org")
    asking.locator("[name=text]").fill(quote)
    _post(page, "form[action$='/minutes/quotes'] button[type=submit]")
    page.locator("form[action$='/minutes/ideas'] [name=title]").fill(idea)
    _post(page, "form[action$='/minutes/ideas'] button[type=submit]")


def _agrees(site: Site, page: Page, locale: str, quote: str) -> None:
    page.goto("/home")
    with page.expect_navigation():
        page.locator("a[href^='/quotes/']").first.click()
    expect(page.locator("[name=text]")).to_have_value(quote)
    site.looks_right(page, locale)
    _post(page, "button[name=agreed][value='1']")

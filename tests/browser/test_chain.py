"""The whole chain in a browser: a real paper from its submission to the page where the public reads it.

Once in English on the desktop, once in Chinese with the author, the reviewer and the public on a phone. Pages are
used by their forms and fields, not by their words, so that both languages walk the same way; the words are checked
where they matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.shared import shared

REAL_PAPERS = "data/conferences/papers/pdf"


@dataclass(frozen=True)
class Walk:
    """One way through the chain."""

    locale: str
    phone: bool
    title: str
    title_zh: str
    abstract: str
    accepted: str
    file: str
    pages: int


WALKS = (
    Walk(
        "en", False, "What a careful sample can show", "谨慎的样本能说明什么",
        "We measure what a careful sample shows and what it hides, and say where the guess begins.", "accepted",
        "jose.00196.pdf", 3,
    ),
    Walk(
        "zh", True, "Small questions for large models", "向大模型提出的小问题",
        "本文提出若干小问题，用以检验大模型在常见区间之外的表现，并说明其局限。", "录用",
        "jose.00029.pdf", 4,
    ),
)  # fmt: skip


def _use(page: Page, action: str, *, name: str = "") -> None:
    """Press the button of the form that posts to ``action`` (the end of its address)."""
    button = f"[name={name!r}]" if name else ":not([name=rows])"
    with page.expect_navigation():
        page.locator(f"form[method=post][action$='{action}'] button[type=submit]{button}").first.click()


def _event(page: Page) -> str:
    """The address of the annual meeting."""
    page.goto("/")
    address = page.locator("a[href*='/events/am']").first.get_attribute("href")
    assert address is not None
    return "/".join(address.split("/")[:3])


def _person(site: Site, account: str, walk: Walk, *, phone: bool = False) -> Page:
    page = site.sign_in(account, walk.locale, phone=phone)
    site.speaks(page, walk.locale)
    return page


def _submits(site: Site, page: Page, event: str, walk: Walk) -> int:
    page.goto(f"{event}/submit")
    page.locator("[name=title_en]").fill(walk.title)
    page.locator("[name=title_zh]").fill(walk.title_zh)
    page.locator("input[type=radio][name=track]").first.check()
    site.looks_right(page, walk.locale)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/edit"))
    page.locator(f"[name=abstract_{walk.locale}]").fill(walk.abstract)
    page.locator("[name=keywords_en]").fill("sampling, evidence, measurement")
    page.locator("[name=keywords_zh]").fill("抽样，证据，测量")
    for box in page.locator("input[name=topics]").all()[:2]:
        box.check()
    page.locator("input[type=file][name=file]").set_input_files(shared(f"{REAL_PAPERS}/{walk.file}"))
    for own in page.locator("input[type=checkbox][name^=own-]").all():
        own.check()
    site.looks_right(page, walk.locale)
    page.locator("button[name=action][value=submit]").click()
    page.wait_for_url(re.compile(r"/my-papers/\d+/?$"))
    expect(page.locator("h1")).to_contain_text(walk.title if walk.locale == "en" else walk.title_zh)
    site.looks_right(page, walk.locale)
    found = re.search(r"/my-papers/(\d+)", page.url)
    assert found is not None
    return int(found.group(1))


def _is_assigned(site: Site, page: Page, event: str, number: int, locale: str) -> None:
    page.goto(f"{event}/review/papers/{number}/assign?q=Ruolan")
    site.looks_right(page, locale)
    _use(page, f"/review/papers/{number}/assign")
    page.goto(f"{event}/review/runs")
    site.looks_right(page, locale)
    _use(page, "/review/release")


def _reviews(site: Site, page: Page, event: str, number: int, walk: Walk) -> None:
    page.goto(f"{event}/reviews")
    expect(page.locator("main")).to_contain_text(walk.title if walk.locale == "en" else walk.title_zh)
    page.goto(f"{event}/reviews/{number}")
    site.looks_right(page, walk.locale)
    if walk.phone:
        page.locator("[role=tab]").nth(1).click()
    form = page.locator("form#review")
    for group in form.locator("fieldset").all():
        group.locator("input[type=radio]").nth(3).check()
    for area in form.locator("textarea").all():
        area.fill(walk.abstract)
    with page.expect_navigation():
        form.locator("button[name=action][value=submit]").click()
    page.goto(f"{event}/reviews/{number}")
    assert page.locator(".badge, .state").filter(has_text=re.compile("submitted|已提交")).count() > 0


def _is_decided(site: Site, page: Page, event: str, number: int, locale: str) -> None:
    page.goto(f"{event}/review/papers/{number}")
    site.looks_right(page, locale)
    page.locator("input[name=outcome][value=accept]").check()
    _use(page, f"/review/papers/{number}/decision")
    page.goto(f"{event}/review/letters")
    site.looks_right(page, locale)
    _use(page, "/review/letters")


def _sends_final_version(site: Site, page: Page, event: str, number: int, walk: Walk) -> None:
    page.goto(f"{event}/papers/{number}/decision")
    expect(page.locator("main")).to_contain_text(walk.accepted)
    page.goto(f"{event}/papers/{number}/camera-ready/")
    page.locator("input[type=file][name=file]").set_input_files(shared(f"{REAL_PAPERS}/{walk.file}"))
    _use(page, "/camera-ready/")
    for box in page.locator("input[name=items]").all():
        box.check()
    site.looks_right(page, walk.locale)
    _use(page, "/camera-ready/checklist")
    page.goto(f"{event}/papers/{number}/camera-ready/licence")
    page.locator("input[name=licence]").first.check()
    with page.expect_navigation():
        page.locator("form[method=get] button").last.click()
    page.locator("[name=signed_name]").fill("Zhiyuan Lin")
    site.looks_right(page, walk.locale)
    _use(page, "/camera-ready/licence")
    page.goto(f"{event}/papers/{number}/camera-ready/proof")
    page.locator("[name=signed_name]").fill("Zhiyuan Lin")
    site.looks_right(page, walk.locale)
    _use(page, "/camera-ready/proof")


def _is_scheduled(site: Site, page: Page, event: str, walk: Walk) -> None:
    page.goto(f"{event}/timetable/talks")
    _use(page, "/timetable/papers")
    title = walk.title if walk.locale == "en" else walk.title_zh
    page.goto(_poster_session(page, event))
    site.looks_right(page, walk.locale)
    waiting = page.locator("#add-talk option").filter(has_text=title).first.get_attribute("value")
    page.locator("#add-talk").select_option(value=waiting)
    with page.expect_navigation():
        page.locator("form.pick-form").filter(has=page.locator("#add-talk")).locator("button").click()
    expect(page.locator("ol.talks")).to_contain_text(title)


def _promises_to_come(site: Site, page: Page, event: str, walk: Walk) -> None:
    page.goto(f"{event}/programme/mine")
    site.looks_right(page, walk.locale)
    title = walk.title if walk.locale == "en" else walk.title_zh
    with page.expect_navigation():
        page.locator("li", has_text=title).locator("form:has(input[value=yes]) button").click()


def _is_released(site: Site, page: Page, event: str, walk: Walk) -> None:
    page.goto(f"{event}/timetable/release")
    site.looks_right(page, walk.locale)
    _use(page, "/timetable/release")


def _poster_session(page: Page, event: str) -> str:
    """The session of the first day that holds the most: posters, for which there is always a wall."""
    page.goto(f"{event}/timetable/")
    links = page.eval_on_selector_all("a[href*='/sessions/']", "found => found.map(link => link.getAttribute('href'))")
    held = {}
    for address in {link for link in links if re.search(r"/sessions/\d+$", link)}:
        page.goto(address)
        held[address] = page.locator("ol.talks > li").count()
    return max(held, key=lambda address: held[address])


def _is_published(site: Site, page: Page, event: str, number: int, locale: str) -> None:
    page.goto(f"{event}/publishing/papers/{number}")
    site.looks_right(page, locale)
    _use(page, f"/publishing/papers/{number}/approve")
    page.goto(f"{event}/publishing/papers/{number}")
    if page.locator("form[action$='/waive']").count():  # co-authors who are not there to sign
        page.locator("details:has(form[action$='/waive']) summary").click()
        page.locator("[name=reason]").fill("They agreed by letter.")
        _use(page, "/waive")
    page.goto(f"{event}/publishing/volumes/proceedings")
    site.looks_right(page, locale)
    _use(page, "/volumes/proceedings/builds")
    page.wait_for_url(re.compile(r"/jobs/\d+"))
    page.locator(".job-done, [data-state=done]").first.wait_for(timeout=120_000)
    page.goto(f"{event}/publishing/volumes/proceedings")
    page.locator("tbody a[href*='/builds/']").first.click()
    page.wait_for_load_state()
    editor = site.sign_in("secretary", locale)
    site.speaks(editor, locale)
    editor.goto(page.url)
    editor.locator("[name=signed_name]").fill("Shen Yun")
    site.looks_right(editor, locale)
    _use(editor, "/signature")
    editor.context.close()
    page.reload()
    _use(page, "/publish")
    site.looks_right(page, locale)


def _read(site: Site, page: Page, event: str, walk: Walk) -> None:
    title = walk.title if walk.locale == "en" else walk.title_zh
    page.goto(f"{event}/programme/?day=all")
    expect(page.locator("main")).to_contain_text(title)
    page.goto(f"{event}/proceedings/proceedings/")
    site.looks_right(page, walk.locale)
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_load_state()
    site.looks_right(page, walk.locale)
    paper = page.request.get(f"{page.url.rstrip('/')}.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(paper.body())) == walk.pages
    volume = pypdfium2.PdfDocument(page.request.get(f"{event}/proceedings/proceedings/files/volume.pdf").body())
    words = "".join(volume[n].get_textpage().get_text_range() for n in range(12))
    assert walk.title in " ".join(words.split())


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.locale)
def test_a_paper_goes_from_submission_to_the_public(site: Site, walk: Walk) -> None:
    author = _person(site, "author", walk, phone=walk.phone)
    chair = _person(site, "chair", walk)
    event = _event(author)
    number = _submits(site, author, event, walk)
    _is_assigned(site, chair, event, number, walk.locale)
    reviewer = _person(site, "reviewer", walk, phone=walk.phone)
    _reviews(site, reviewer, event, number, walk)
    _is_decided(site, chair, event, number, walk.locale)
    _sends_final_version(site, author, event, number, walk)
    organiser = _person(site, "organiser", walk)
    _is_scheduled(site, organiser, event, walk)
    _promises_to_come(site, author, event, walk)
    _is_released(site, organiser, event, walk)
    _is_published(site, chair, event, number, walk.locale)
    _read(site, site.visit(walk.locale, phone=walk.phone), event, walk)
    for page in (author, chair, reviewer, organiser):
        page.context.close()

"""A final version into print and beyond: signed by its author, bound, answered for, found and cited, corrected.

Chair and editor work in English on the desktop, author and reader in Chinese on a phone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_chain import REAL_PAPERS, _event, _use
from tests.shared import shared


@dataclass(frozen=True)
class Walk:
    locale: str
    phone: bool
    signature: str
    #: What the reader sees where the paper is corrected.
    corrected: str


#: Those of the society sit at a desk in English, author and reader have a phone in Chinese.
DESK = Walk("en", False, "Zhiyuan Lin", "Correction")
PHONE = Walk("zh", True, "林致远", "更正")


def _person(site: Site, account: str, walk: Walk, *, phone: bool = False) -> Page:
    page = site.sign_in(account, walk.locale, phone=phone)
    site.speaks(page, walk.locale)
    return page


def _author_signs(site: Site, page: Page, event: str, walk: Walk) -> tuple[int, list[str]]:
    """Gives the paper's number and its titles."""
    page.goto("/home")
    door = page.locator("a[href$='/camera-ready/']").first.get_attribute("href")
    number = int(re.search(r"/papers/(\d+)/", door)[1])
    page.goto(door)
    site.looks_right(page, walk.locale)
    page.locator("input[type=file][name=file]").set_input_files(shared(f"{REAL_PAPERS}/jcon.00098.pdf"))
    _use(page, "/camera-ready/")
    for box in page.locator("input[name=items]").all():
        box.check()
    _use(page, "/checklist")
    site.looks_right(page, walk.locale)
    page.goto(f"{door}licence")
    page.locator("input[name=licence]").first.check()
    with page.expect_navigation():
        page.locator("form[method=get] button").last.click()
    site.looks_right(page, walk.locale)
    page.locator("[name=signed_name]").fill(walk.signature)
    _use(page, "/licence")
    page.goto(f"{door}proof")
    expect(page.locator(".sheets img").first).to_be_visible()
    titles = page.locator(".part").first.locator("p.serif").all_inner_texts()
    site.looks_right(page, walk.locale)
    page.locator("[name=signed_name]").fill(walk.signature)
    _use(page, "/proof")
    page.goto(f"{door}record")
    site.looks_right(page, walk.locale)
    return number, titles


def _chair_reminds_and_binds(site: Site, page: Page, event: str, number: int, walk: Walk) -> str:
    """Gives the address of the build."""
    page.goto(f"{event}/publishing/?q=lacks:proofs")
    site.looks_right(page, walk.locale)
    page.locator(f"input[name=selected][value='{number}']").check()
    page.locator("button[name=action][value=remind]").first.click()
    page.wait_for_url(re.compile("/reminders/draft"))
    site.looks_right(page, walk.locale)
    _use(page, "/reminders")
    page.goto(f"{event}/publishing/papers/{number}")
    site.looks_right(page, walk.locale)
    _use(page, f"/papers/{number}/approve")
    page.goto(f"{event}/publishing/papers/{number}")
    page.locator("details:has(form[action$='/waive']) summary").click()
    page.locator("[name=reason]").first.fill("They agreed by letter.")
    _use(page, "/waive")
    page.goto(f"{event}/publishing/volumes/proceedings")
    site.looks_right(page, walk.locale)
    _use(page, "/volumes/proceedings/builds")
    page.wait_for_url(re.compile(r"/jobs/\d+"))
    page.locator(".job-done, [data-state=done]").first.wait_for(timeout=120_000)
    page.goto(f"{event}/publishing/volumes/proceedings")
    page.locator("main a[href*='/proceedings/builds/']:not([href*='/files/'])").first.click()
    page.wait_for_url(re.compile(r"/builds/\d+$"))
    site.looks_right(page, walk.locale)
    return page.url


def _published(site: Site, walk: Walk, chair: Page, build: str) -> Page:
    """The editor signs, the chair publishes; gives the editor's page."""
    editor = _person(site, "secretary", walk)
    editor.goto("/home")
    expect(editor.locator(f"a[href='{build[build.index('/events') :]}']").first).to_be_visible()
    editor.goto(build)
    editor.locator("[name=signed_name]").fill("沈筠")
    site.looks_right(editor, walk.locale)
    _use(editor, "/signature")
    chair.goto(build)
    _use(chair, "/publish")
    site.looks_right(chair, walk.locale)
    return editor


def _found_and_cited(site: Site, page: Page, titles: list[str], walk: Walk) -> str:
    """In Chinese and in English; gives the paper's address."""
    addresses = set()
    for words in titles:
        page.goto(f"/proceedings?q={words}")
        site.looks_right(page, walk.locale)
        addresses.add(page.locator(".entry a[href*='/proceedings/proceedings/']").first.get_attribute("href"))
    assert len(addresses) == 1
    address = addresses.pop()
    page.goto(address)
    site.looks_right(page, walk.locale)
    bib = page.request.get(f"{address}citation.bib").text()
    assert "@inproceedings" in bib
    assert "[C/OL]//" in page.request.get(f"{address}citation.txt").text()
    return address


def _corrected(site: Site, editor: Page, reader: Page, address: str) -> None:
    editor.goto(address)
    with editor.expect_navigation():
        editor.locator("a[href$='/notice']").click()
    editor.locator("input[name=kind][value=correction]").check()
    editor.locator("[name=text_en]").fill("Table 2 counts one site twice; the conclusions are not affected.")
    editor.locator("[name=text_zh]").fill("表 2 将一个站点重复计数，结论不受影响。")
    for _ in ("look at it", "publish it"):
        with editor.expect_navigation():
            editor.locator("main form[method=post] button[type=submit]").last.click()
        site.looks_right(editor, DESK.locale)
    editor.wait_for_url(re.compile(r"/notices/\d+/"))
    reader.goto(address)
    expect(reader.locator("main")).to_contain_text(PHONE.corrected)
    site.looks_right(reader, PHONE.locale)
    assert "/notices/" in reader.request.get("/proceedings/feed.xml").text()


def test_from_the_final_version_to_the_correction(site: Site) -> None:
    author = _person(site, "author", PHONE, phone=True)
    event = _event(author)
    number, titles = _author_signs(site, author, event, PHONE)
    chair = _person(site, "chair", DESK)
    build = _chair_reminds_and_binds(site, chair, event, number, DESK)
    editor = _published(site, DESK, chair, build)
    reader = site.visit(PHONE.locale, phone=True)
    address = _found_and_cited(site, reader, titles, PHONE)
    _corrected(site, editor, reader, address)
    for page in (author, chair, editor, reader):
        page.context.close()

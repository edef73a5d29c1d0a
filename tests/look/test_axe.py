"""axe finds nothing on any page kind: both languages, both themes, phone and desktop, every pair of them once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.look.conftest import SIZES, Gallery
from tests.look.gallery import PAGES, ROOT

AXE = (ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Both languages, both themes, both sizes; dark twice, because what is seen differs by size.
VISITS = [("en", "light", "desktop"), ("zh", "dark", "desktop"), ("zh", "dark", "phone")]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)["violations"]
    return [f"{v['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for v in found for node in v["nodes"]]


@pytest.fixture(scope="module", params=VISITS, ids="-".join)
def page(request: pytest.FixtureRequest, chromium: Browser, gallery: Gallery) -> Iterator[Page]:
    """One window that walks through all pages, so that sheets and scripts are fetched once."""
    lang, theme, size = request.param
    context = chromium.new_context(base_url=gallery.address, viewport=SIZES[size], color_scheme=theme, locale=lang)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, name: str) -> None:
    language = page.evaluate("navigator.language")
    page.goto(f"/{name}?lang={language}")
    page.wait_for_selector("html[data-ready]")
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_narrow_window(narrow: Page, name: str) -> None:
    """320 pixels: a small phone, and a desktop at 400 %."""
    narrow.goto(f"/{name}")
    narrow.wait_for_selector("html[data-ready]")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture(scope="module")
def narrow(chromium: Browser, gallery: Gallery) -> Iterator[Page]:
    context = chromium.new_context(base_url=gallery.address, viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()

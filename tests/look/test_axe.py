"""axe finds nothing on any page kind: both languages, both themes, phone and desktop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import violations
from tests.look.conftest import SIZES, Gallery
from tests.look.gallery import PAGES

#: Both languages, both themes, both sizes; dark twice, because what is seen differs by size.
VISITS = [("en", "light", "desktop"), ("zh", "dark", "desktop"), ("zh", "dark", "phone")]


@pytest.fixture(scope="module", params=VISITS, ids="-".join)
def page(request: pytest.FixtureRequest, browser: Browser, gallery: Gallery) -> Iterator[Page]:
    """One window that walks through all pages, so that sheets and scripts are fetched once."""
    lang, theme, size = request.param
    context = browser.new_context(base_url=gallery.address, viewport=SIZES[size], color_scheme=theme, locale=lang)
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
def narrow(browser: Browser, gallery: Gallery) -> Iterator[Page]:
    context = browser.new_context(base_url=gallery.address, viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()

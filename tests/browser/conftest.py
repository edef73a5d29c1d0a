"""A running product and a browser: a real server with the sample's people, in a folder of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from confsys import migrations, sample, settings
from confsys.app import create_app
from confsys.core import queue
from confsys.core.db import db
from confsys.settings import DEMO_PASSWORD
from tests.chromium import DESKTOP, PHONE, violations
from tests.smtp_sink import free_port

LANG = {"en": "en", "zh": "zh-Hans"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """The running product. ``app`` is for looking behind the pages."""

    address: str
    app: Flask
    browser: Browser
    #: What went wrong in browsers: script errors, violated policies. Raising in the browser's callbacks would end it.
    faults: list[str] = field(default_factory=list)

    def visit(self, locale: str = "en", *, phone: bool = False) -> Page:
        """A new visitor's first page; what goes wrong in the browser fails the test at its end."""
        context: BrowserContext = self.browser.new_context(
            base_url=self.address, locale={"en": "en-GB", "zh": "zh-CN"}[locale], viewport=PHONE if phone else DESKTOP,
            accept_downloads=True,
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.faults.append(f"script error on {page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message.text))
        return page

    def sign_in(self, account: str, locale: str = "en", *, phone: bool = False) -> Page:
        page = self.visit(locale, phone=phone)
        page.goto("/sign-in")
        page.locator("input[type=email], input[name=email]").first.fill(f"{account}@example.org")
        page.locator("input[type=password]").fill(DEMO_PASSWORD)
        page.locator("main button[type=submit], main form button").first.click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        return page

    def speaks(self, page: Page, locale: str) -> None:
        """People of the sample have a language in their profile; a journey has its own."""
        if page.locator("html").get_attribute("lang") != LANG[locale]:
            with page.expect_navigation():
                page.locator(f".btn-language[value={locale}]").first.click()

    def looks_right(self, page: Page, locale: str) -> None:
        """The page speaks the language, fits its screen, and axe finds nothing. Axe's own styles are no fault of it."""
        assert page.locator("html").get_attribute("lang") == LANG[locale], page.url
        fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert fits, f"wider than the screen: {page.url}"
        heard = len(self.faults)
        found = violations(page)
        page.evaluate("0")  # what axe's styles made the console say has been heard by now
        del self.faults[heard:]
        assert found == [], page.url

    def _hear(self, page: Page, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.faults.append(f"policy violated on {page.url}: {text}")


@pytest.fixture(scope="session")
def running_site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product with its sample, background work included."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    given = settings.read(
        {}, mode="demo", mail="outbox", var=tmp_path_factory.mktemp("site"), base_url=address, rate_limits=False,
        dispatch_seconds=0.2,
    )  # fmt: skip
    app = create_app(given)
    with app.app_context():
        migrations.upgrade(db.engine)
        sample.load(app)
        db.session.remove()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a failing test shows its page, not every request
    server = make_server("127.0.0.1", port, app, threaded=True)
    stop = threading.Event()
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=queue.dispatch_forever, args=(app, stop), daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Site(address, app, browser)
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join(10)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(running_site: Site) -> Iterator[Site]:
    """The running product for one test, which fails when anything went wrong in its browsers."""
    running_site.faults.clear()
    yield running_site
    assert running_site.faults == []

"""The gallery behind a real port, and Chromium in front of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.chromium import DESKTOP, PHONE
from tests.look.gallery import create_app

SIZES = {"desktop": DESKTOP, "phone": PHONE}


@dataclass
class Gallery:
    """A running gallery and what was posted to it."""

    app: Flask
    address: str

    @property
    def posted(self) -> list[tuple[str, dict[str, list[str]]]]:
        found: list[tuple[str, dict[str, list[str]]]] = self.app.extensions["posted"]
        return found


@pytest.fixture(scope="session")
def gallery() -> Iterator[Gallery]:
    app = create_app()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Gallery(app, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, gallery: Gallery) -> Iterator[Callable[..., Page]]:
    """``visit("home", lang="zh", theme="dark", size="phone")``; whatever the browser complains of fails the test."""
    gallery.posted.clear()
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str, *, lang: str = "en", theme: str = "light", size: str = "desktop", **more: Any) -> Page:
        context = browser.new_context(base_url=gallery.address, viewport=SIZES[size], color_scheme=theme, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/{address}{'&' if '?' in address else '?'}lang={lang}")
        if more.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A refusal is part of some tests; Chromium reports every 409 by itself.
    assert [text for text in complaints if "409 (CONFLICT)" not in text] == []

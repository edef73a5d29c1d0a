"""Dates, deadlines, texts: each reader's own way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask, g

from confsys.core import formatting
from confsys.core.i18n import force_locale
from confsys.core.localized import LocalizedText
from confsys.core.viewer import Viewer
from tests.conftest import NOW


@pytest.mark.parametrize(("locale", "shown"), [("en", "3 Dec 2026"), ("zh", "2026年12月3日")])
def test_a_day_in_words(app: Flask, locale: str, shown: str) -> None:
    with app.test_request_context(), force_locale(locale):
        assert formatting.day(date(2026, 12, 3)) == shown


def test_a_deadline_is_written_whole_in_both_zones(app: Flask) -> None:
    due = datetime(2026, 3, 12, 15, 59, tzinfo=UTC)
    with app.test_request_context():
        g.viewer = Viewer(1, zone="Europe/Berlin")
        text = formatting.deadline(due, zone="Asia/Shanghai")
    assert "23:59" in text
    assert "16:59" in text
    assert "in 3 days" in text


def test_the_reader_of_the_event_s_zone_sees_one_time(app: Flask) -> None:
    with app.test_request_context():
        g.viewer = Viewer(1, zone="Asia/Shanghai")
        assert "your time" not in formatting.deadline(NOW + timedelta(days=1), zone="Asia/Shanghai")


@pytest.mark.parametrize(
    ("source", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", 'javascript:alert(1)"'),
        ('<img src=x onerror="alert(1)">', "<img src=x"),
        ("<style>*{}</style>", "<style"),
    ],
)
def test_markdown_is_harmless(app: Flask, source: str, forbidden: str) -> None:
    assert forbidden not in str(formatting.markdown(source))


def test_markdown_is_still_markdown(app: Flask) -> None:
    html = str(formatting.markdown("# Call\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    assert "<h2>Call</h2>" in html
    assert "<li>one</li>" in html
    assert "<td>1</td>" in html


def test_the_reader_s_language_and_separators(app: Flask) -> None:
    with app.test_request_context(), force_locale("zh"):
        assert formatting.tx(LocalizedText("Hall", "大厅")) == "大厅"
        assert formatting.join(["张伟", "李娜"]) == "张伟、李娜"
        assert formatting.number(1234567) == "1,234,567"
        assert formatting.file_size(1_530_000) == "1.5 MB"

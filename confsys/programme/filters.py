"""What only this room's templates need."""

from __future__ import annotations

import html
import re
from datetime import datetime

import nh3
from flask import Flask
from markupsafe import Markup

from confsys.core.formatting import TAGS, markdown
from confsys.programme import days

_MARKED_UP = re.compile(r"</?(p|ul|ol|li|br|h[1-6]|div|a|strong|em)\b", re.IGNORECASE)


def abstract(text: str) -> Markup:
    """An abstract as its writer meant it: HTML from a schedule file, cleaned, or else Markdown."""
    if not _MARKED_UP.search(text):
        return markdown(text)
    clean = nh3.clean(
        text, tags=TAGS - {"img"}, attributes={"a": {"href", "title"}}, url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )  # fmt: skip
    return Markup(clean)  # noqa: S704  nh3 has just cleaned it


def plain(text: str) -> str:
    """The words of an abstract without its markup, for readers that are programs."""
    return " ".join(html.unescape(nh3.clean(abstract(text), tags=set())).split())


def programme_day(moment: datetime, zone: str) -> str:
    return days.day_of(moment, zone).isoformat()


def configure(app: Flask) -> None:
    app.jinja_env.filters.update(abstract=abstract, programme_day=programme_day)

"""How dates, numbers, names and texts are shown to one reader. Everything here is a template filter."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import nh3
from babel.dates import (
    format_date,
    format_datetime,
    format_interval,
    format_timedelta,
    get_day_names,
    get_timezone_location,
)
from babel.numbers import format_decimal, format_percent
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

from confsys.core import clock
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.core.names import PersonName
from confsys.core.viewer import current_viewer

BABEL_LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
# fmt: off
TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4", "hr", "img",
    "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}
# fmt: on


def _locale() -> str:
    return BABEL_LOCALES[current_locale()]


def _zone(zone: str | None) -> ZoneInfo:
    return ZoneInfo(zone or current_viewer().zone)


def day(value: date | datetime | None, *, zone: str | None = None, weekday: bool = False) -> str:
    """A date in words: Thu, 3 Dec 2026 / 2026年12月3日."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(_zone(zone)).date()
    pattern = (
        ("EEE, d MMM y" if weekday else "d MMM y")
        if current_locale() == "en"
        else ("y年M月d日 EEE" if weekday else "y年M月d日")
    )
    return str(format_date(value, pattern, locale=_locale()))


def moment(value: datetime | None, *, zone: str | None = None) -> str:
    """A date and a time in the given zone, else the reader's."""
    if value is None:
        return ""
    pattern = "EEE, d MMM y HH:mm" if current_locale() == "en" else "y年M月d日 EEE HH:mm"
    return format_datetime(value, pattern, tzinfo=_zone(zone), locale=_locale())


def month_name(value: date) -> str:
    """December 2026 / 2026年12月."""
    return str(format_date(value, "LLLL y" if current_locale() == "en" else "y年M月", locale=_locale()))


def weekday_names() -> list[str]:
    """Monday to Sunday, short."""
    names = get_day_names("abbreviated", "stand-alone", locale=_locale())
    return [str(names[number]) for number in range(7)]


def clock_time(value: datetime | None, *, zone: str | None = None) -> str:
    return "" if value is None else value.astimezone(_zone(zone)).strftime("%H:%M")


def days(first: date | None, last: date | None) -> str:
    """The days of an event as one phrase: 3 – 5 Dec 2026."""
    if first is None:
        return ""
    if last is None or first == last:
        return day(first)
    return format_interval(first, last, skeleton="yMMMd", locale=_locale())


def ago(value: datetime | None) -> str:
    """How far a moment is from now: in 2 days / 3 hours ago."""
    if value is None:
        return ""
    return str(format_timedelta(value - clock.now(), add_direction=True, locale=_locale()))


def leaf(value: datetime, zone: str | None = None) -> tuple[str, str, str]:
    """Month, day and weekday of a moment, for the calendar leaf beside a deadline."""
    there = value.astimezone(_zone(zone))
    return tuple(format_date(there, pattern, locale=_locale()) for pattern in ("LLL", "d", "EEE"))  # type: ignore[return-value]  # three patterns


def zone_name(zone: str) -> str:
    return str(get_timezone_location(ZoneInfo(zone), locale=_locale(), return_city=True))


def deadline(due: datetime, *, zone: str) -> str:
    """A deadline written whole, in the event's zone and, where it differs, the reader's."""
    there = moment(due, zone=zone)
    mine = current_viewer().zone
    values = {"distance": ago(due), "moment": there, "zone": zone_name(zone)}
    if ZoneInfo(mine).utcoffset(due) == ZoneInfo(zone).utcoffset(due) or not current_viewer().signed_in:
        return _("%(distance)s, %(moment)s %(zone)s time", **values)
    return _("%(distance)s, %(moment)s %(zone)s time (%(local)s your time)", local=moment(due, zone=mine), **values)


def number(value: float | None, digits: int | None = None) -> str:
    if value is None:
        return ""
    return _decimal(value, digits, _locale())


@lru_cache(maxsize=4096)
def _decimal(value: float, digits: int | None, locale: str) -> str:
    """Lists show the same few numbers again and again, and formatting one costs more than drawing its cell."""
    if digits is None:
        return format_decimal(value, locale=locale)
    return format_decimal(value, format="#,##0." + "0" * digits if digits else "#,##0", locale=locale)


def percent(value: float | None) -> str:
    return "" if value is None else format_percent(value, locale=_locale())


def file_size(size: int) -> str:
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1000:
            return f"{number(round(amount, 1))} {unit}"
        amount /= 1000
    return f"{number(round(amount, 1))} GB"


def money(value: Money | None) -> str:
    return "" if value is None else value.format(current_locale())


def tx(value: LocalizedText | dict[str, str] | str | None) -> str:
    """A localized text in the reader's language."""
    return LocalizedText.of(value).in_(current_locale())


def person(value: PersonName | None) -> str:
    """A name as its owner writes it, native and Latin together where both help."""
    return "" if value is None else value.both


def join(items: list[Any]) -> str:
    """A list in one line, with the separator of the reader's language."""
    return ("、" if current_locale() == "zh" else ", ").join(str(item) for item in items)


@lru_cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def markdown(text: str | LocalizedText | None) -> Markup:
    """Markdown as sanitised HTML. Headings begin at level 2: the page has its own title."""
    source = text.in_(current_locale()) if isinstance(text, LocalizedText) else text or ""
    html = _markdown().render(source).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href", "title"}, "img": {"src", "alt", "title"}, "abbr": {"title"}},
        url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer",
    )  # fmt: skip
    return Markup(clean)  # noqa: S704  nh3 has just cleaned it


def configure(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day, moment=moment, clock_time=clock_time, ago=ago, number=number, percent=percent, file_size=file_size,
        money=money, tx=tx, person=person, joined=join, markdown=markdown, zone_name=zone_name,
        leaf=leaf, month_name=month_name,
    )  # fmt: skip
    app.jinja_env.globals.update(deadline=deadline, days=days, weekday_names=weekday_names)

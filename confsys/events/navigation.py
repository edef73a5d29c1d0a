"""The frame around an event's pages: its words, its place in the switcher, what stands in the top bar.

Worked out when a template asks for it, so that a POST or a mail pays nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from confsys.core.formatting import days, tx
from confsys.core.later import Later
from confsys.core.registry import NavItem, contributed
from confsys.core.viewer import current_viewer
from confsys.events.models import Event
from confsys.events.queries.events import switcher


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the navigation as the frame draws it."""

    label: str
    href: str
    group: str = ""
    badge: int | None = None
    active: bool = False


@dataclass(frozen=True, slots=True)
class CurrentEvent:
    """What the frame shows of the event; texts are in the reader's language."""

    slug: str
    name: str
    accent: str
    href: str
    dates_text: str
    place_text: str


def frame(page: Any) -> None:
    """Put an event's frame around the page that is about to be drawn. ``page`` is the EventPage."""
    g.current_event = _current(page.event)
    g.event_nav = Later(lambda: words(contributed("navigation", page), request.endpoint or "", request.path))


def name_in_frame(event: Event) -> None:
    """Only the event's name and colour: for somebody who is asked to join and may not see more yet."""
    g.current_event = _current(event)


def frame_of_person() -> None:
    """The switcher, on every page of a signed-in person."""
    g.my_events = Later(
        lambda: [
            {"name": tx(name), "href": url_for("events.site", slug=slug)} for slug, name in switcher(current_viewer())
        ]
    )


def _current(event: Event) -> CurrentEvent:
    return CurrentEvent(
        slug=event.slug, name=tx(event.name), accent=event.accent, href=url_for("events.site", slug=event.slug),
        dates_text=days(event.starts_on, event.ends_on), place_text=tx(event.place),
    )  # fmt: skip


def words(items: list[NavItem], endpoint: str, path: str) -> list[Word]:
    """At most one word is active: the page itself, else the one whose address the page lies under."""
    exact = next((item for item in items if item.endpoint == endpoint and item.href.partition("?")[0] == path), None)
    below = [item for item in items if path.startswith(item.href.partition("?")[0].rstrip("/") + "/")]
    active = exact or max(below, key=lambda item: len(item.href), default=None)
    if active is not None and exact is None and active.endpoint == "events.site":
        active = None  # the event's first page lies above everything
    return [Word(str(item.label), item.href, item.group, item.badge, item is active) for item in items]

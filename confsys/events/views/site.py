"""The public site of an event."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.i18n import gettext as _
from confsys.core.registry import contributed
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, event_page
from confsys.events.models import SitePage
from confsys.events.queries.co_hosts import co_hosts_by_kind
from confsys.events.queries.parts import page_named, topics_of, tracks_of
from confsys.events.queries.people import committee
from confsys.events.rules import may_see_event
from confsys.events.states import StageKind
from confsys.events.timeline import public_lines
from confsys.events.views.blueprint import bp
from confsys.events.words import CO_HOSTS, COMMITTEES

_seen = by_standing(may_see_event)
#: Pages that have an address of their own; every other is below /pages/.
ADDRESSES = {
    "about": "events.site",
    "call": "events.call",
    "dates": "events.dates",
    "committees": "events.committees",
    "contact": "events.contact",
}


def page_href(event_slug: str, key: str) -> str:
    own = ADDRESSES.get(key)
    return url_for(own, slug=event_slug) if own else url_for("events.page", slug=event_slug, key=key)


def _drawn(template: str, page: EventPage, **values: Any) -> str:
    return render_template(
        f"events/site/{template}.html", event=page.event, standing=page.standing, now=g.now,
        public_action=_action(page), about=lambda what, number: contributed("about", page, what, number), **values,
    )  # fmt: skip


def _action(page: EventPage) -> tuple[str, str, str] | None:
    """The one button that is right today: the first that a room offers."""
    offered = contributed("actions", page)
    return (str(offered[0].label), offered[0].href, str(offered[0].note)) if offered else None


def _shown(page: EventPage, key: str) -> SitePage | None:
    """The page's text; an unpublished one is shown to those who write it."""
    row = page_named(page.event.id, key)
    return row if row is not None and (row.published or page.standing.is_organiser) else None


def _lines(page: EventPage) -> Any:
    return public_lines(page.event.stages, page.event.features, g.now)


@bp.get("/events/<slug>/")
@access(event_page, _seen)
def site(page: EventPage) -> str:
    hosts = [(CO_HOSTS[kind], rows) for kind, rows in co_hosts_by_kind(page.event.id)]
    return _drawn("about", page, text=_shown(page, "about"), lines=_lines(page), hosts=hosts)


@bp.get("/events/<slug>/call")
@access(event_page, _seen)
def call(page: EventPage) -> str:
    """While papers are taken the page is there even before anybody has written its text."""
    text = _shown(page, "call")
    call_line = next((line for line in _lines(page) if line.kind is StageKind.CALL), None)
    if text is None and not (call_line and call_line.window.accepts(g.now)):
        raise NotFound
    event_id = page.event.id
    return _drawn("call", page, text=text, line=call_line, tracks=tracks_of(event_id), topics=topics_of(event_id))


@bp.get("/events/<slug>/dates")
@access(event_page, _seen)
def dates(page: EventPage) -> str:
    return _drawn("dates", page, text=_shown(page, "dates"), lines=_lines(page))


@bp.get("/events/<slug>/committees")
@access(event_page, _seen)
def committees(page: EventPage) -> str:
    groups = [(COMMITTEES[role], members) for role, members in committee(page.event.id)]
    return _drawn("committees", page, text=_shown(page, "committees"), groups=groups)


@bp.get("/events/<slug>/contact")
@access(event_page, _seen)
def contact(page: EventPage) -> str:
    return _drawn("contact", page, text=_shown(page, "contact"))


def _custom(viewer: Viewer, slug: str, key: str) -> tuple[EventPage, SitePage | None]:
    page = event_page(viewer, slug)
    return page, None if key in ADDRESSES else _shown(page, key)


@bp.get("/events/<slug>/pages/<key>")
@access(_custom, lambda found: may_see_event(found[0].standing))
def page(found: tuple[EventPage, SitePage | None]) -> str:
    if found[1] is None:
        raise NotFound
    return _drawn("page", found[0], text=found[1])


def page_titles() -> dict[str, str]:
    """What the fixed pages are called where their own title is empty."""
    return {
        "about": _("About"),
        "call": _("Call"),
        "dates": _("Dates"),
        "committees": _("Committees"),
        "contact": _("Contact"),
    }

"""Somebody's own programme: what they keep, the page that shows it, and its calendar."""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, g, jsonify, render_template, request
from itsdangerous import BadSignature, Signer
from werkzeug.exceptions import NotFound

from confsys.accounts.sessions import viewer_of
from confsys.core import ics
from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.programme import days
from confsys.programme.calendars import Feed
from confsys.programme.context import may_read, programme_page
from confsys.programme.operations import favourites
from confsys.programme.people import public_key
from confsys.programme.queries.favourites import (
    Planned,
    calendar_of,
    favourites_of,
    own_programme,
    reader_of,
)
from confsys.programme.rules import may_keep
from confsys.programme.snapshots import Programme
from confsys.programme.views.blueprint import site
from confsys.programme.views.files import current, locale_asked, page_of
from confsys.programme.views.public import found_words, reading

#: Keys one request may name.
AT_ONCE = 500


def keeps(page: EventPage) -> Decision:
    """The programme is public; a list in the account needs one."""
    may = may_read(page)
    return may_keep(page.viewer) if may else may


@site.get("/my")
@access(programme_page, may_read)
def own(page: EventPage) -> Any:
    """The viewer's programme by time; a visitor reads how to have one."""
    found = reading(page)
    if found is None:
        raise NotFound
    kept = favourites_of(page.event.id, page.viewer)
    calendar = calendar_of(page.event.id, page.viewer) if page.viewer.signed_in else None
    planned = own_programme(found.programme, kept, page.viewer.person_id) if page.viewer.signed_in else []
    return render_template(
        "programme/site/own.html", **found_words(found, planned=_by_day(found.programme, planned)),
        address=_address(page, calendar.secret) if calendar else "",
    )  # fmt: skip


def _by_day(programme: Programme, planned: list[Planned]) -> list[tuple[date, list[Planned]]]:
    days_ = groupby(planned, key=lambda one: days.day_of(one.thing.starts_at, programme.zone))
    return [(day, list(held)) for day, held in days_]


@site.post("/my/keep")
@access(programme_page, keeps)
def keep(page: EventPage) -> Any:
    return _answer(page, favourites.keep(page.event, _keys(), viewer=page.viewer, at=g.now))


@site.post("/my/drop")
@access(programme_page, keeps)
def drop(page: EventPage) -> Any:
    return _answer(page, favourites.drop(page.event, _keys(), viewer=page.viewer))


def _keys() -> list[str]:
    return request.form.get("keys", "").split(",")[:AT_ONCE]


def _answer(page: EventPage, kept: frozenset[str]) -> Any:
    """Scripts get the list as it is now, forms the page."""
    if request.accept_mimetypes.best == "application/json":
        keys = current(page)[1].key_of
        return jsonify(keys=sorted(keys[guid] for guid in kept if guid in keys))
    return back(".own", slug=page.event.slug)


@site.post("/my/calendar")
@access(programme_page, keeps)
def open_calendar(page: EventPage) -> Response:
    favourites.open_calendar(page.event, viewer=page.viewer, actor=page.viewer.actor, at=g.now)
    notice(_l("Your calendar has an address now. Whoever has it can read your programme; a new one ends it."))
    return back(".own", slug=page.event.slug)


@site.post("/my/calendar/close")
@access(programme_page, keeps)
def close_calendar(page: EventPage) -> Response:
    favourites.close_calendar(page.event, viewer=page.viewer, actor=page.viewer.actor, at=g.now)
    notice(_l("The address is closed: calendars that used it get nothing any more."))
    return back(".own", slug=page.event.slug)


def _signer() -> Signer:
    return Signer(current_app.extensions["settings"].secret_key, salt="own-calendar", sep="~")


def _address(page: EventPage, secret: str) -> str:
    base = current_app.extensions["settings"].base_url.rstrip("/")
    return f"{base}/events/{page.event.slug}/programme/my/{_signer().sign(secret).decode()}.ics"


def by_secret(viewer: Viewer, slug: str, code: str) -> EventPage:
    """The event as the one sees it whose calendar this is: a calendar program has no session of its own."""
    try:
        secret = _signer().unsign(code).decode()
    except BadSignature as error:
        raise NotFound from error
    person = reader_of(programme_page(viewer, slug).event.id, secret)
    if person is None:
        raise NotFound
    return programme_page(viewer_of(person), slug)


@site.get("/my/<code>.ics")
@access(by_secret, may_read)
def own_calendar(page: EventPage) -> Response:
    latest, programme = current(page)
    kept = favourites_of(page.event.id, page.viewer)
    base, locale = current_app.extensions["settings"].base_url, locale_asked(page.viewer.locale)
    feed = Feed(
        programme, locale=locale, host=urlsplit(base).hostname or "localhost", page_of=page_of(page.event.slug),
        source="",
    )  # fmt: skip
    response = Response(mimetype=ics.MEDIA_TYPE)
    stamp = "|".join([latest.token, locale, *sorted(kept)])
    response.set_etag(hashlib.sha256(stamp.encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, max-age=60"
    response.headers["Content-Disposition"] = f"inline; filename={page.event.slug}-my.ics"
    if not request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.data = ics.written(feed.own(kept, public_key(page.event.id, f"person:{page.viewer.person_id}")))
    response.make_conditional(request)
    return response

"""The check-in desk, made for a phone: find or scan, look, confirm."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.registration.context import AttendeePage, attendee_page, by, registration_page
from confsys.registration.operations import desk
from confsys.registration.queries import attendees as read
from confsys.registration.rules import may_check_in
from confsys.registration.views.blueprint import bp


@bp.get("/events/<slug>/check-in/")
@access(registration_page, by(may_check_in))
def check_in(page: EventPage) -> Any:
    """Names and codes are searched alike."""
    text = request.args.get("q", "").strip()
    found = read.attendees.answer(read.all_of(page.standing), {"q": text}) if text else None
    return render_template(
        "registration/check_in.html", page=page, event=page.event, found=found, q=text, words=read.WORDS,
        counts=read.counts(page.standing), inside=read.checked_in(page.standing),
    )  # fmt: skip


@bp.get("/events/<slug>/check-in/<code>")
@access(attendee_page, by(may_check_in))
def person(page: AttendeePage) -> str:
    return _person(page)


def _person(page: AttendeePage) -> str:
    return render_template(
        "registration/person.html", page=page, event=page.event, attendee=page.attendee, words=read.WORDS
    )


def _signed_page(viewer: Any, slug: str, code: str, signature: str) -> AttendeePage:
    """What the QR code of a ticket says; one that we did not sign names nothing."""
    if not desk.signed(code, signature):
        raise NotFound
    return attendee_page(viewer, slug, code)


@bp.get("/events/<slug>/check-in/<code>/<signature>")
@access(_signed_page, by(may_check_in))
def scanned(page: AttendeePage) -> str:
    """The phone's own camera opens this; nothing happens before the button is pressed."""
    return _person(page)


@bp.post("/events/<slug>/check-in/<code>")
@access(attendee_page, by(may_check_in))
def confirm(page: AttendeePage) -> Any:
    try:
        desk.check_in(page.attendee, actor=page.viewer.actor, at=g.now)
        notice(_l("%(name)s is checked in.", name=page.attendee.name.both))
    except Invalid as error:
        notice(str(error), "warning")
    return back(".person", slug=page.event.slug, code=page.attendee.code)

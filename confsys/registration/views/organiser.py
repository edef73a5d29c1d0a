"""The organisers' pages about people: who comes, and their badges."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import send
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.registration.context import SheetPage, by, registration_page, sheet_page
from confsys.registration.forms import BADGES, BadgesForm
from confsys.registration.models import Attendee
from confsys.registration.operations import badges as operations
from confsys.registration.queries import attendees as read
from confsys.registration.queries import badges as badge_views
from confsys.registration.queries import catalogue
from confsys.registration.rules import may_check_in, may_manage
from confsys.registration.states import BadgeFormat
from confsys.registration.views.blueprint import bp


@bp.get("/events/<slug>/registration/attendees")
@access(registration_page, by(may_check_in))
def attendees(page: EventPage) -> Any:
    found = read.listing_for(catalogue.tickets_of(page.event.id)).answer(read.all_of(page.standing))
    if isinstance(found, Response):
        return found
    return render_template(
        "registration/attendees.html", page=page, event=page.event, found=found, words=read.WORDS, proofs=read.PROOFS,
        managing=bool(may_manage(page.standing)), sizes=BADGES,
    )  # fmt: skip


@bp.post("/events/<slug>/registration/badges")
@access(registration_page, by(may_check_in))
def make_badges(page: EventPage) -> Any:
    """Of the selected rows, of all that the query finds, or of everybody with a place."""
    query = read.all_of(page.standing)
    selected = {int(text) for text in request.form.getlist("selected") if text.isascii() and text.isdigit()}
    if request.form.get("everything"):
        listing = read.listing_for(catalogue.tickets_of(page.event.id))
        query = listing.selected(query, request.form.get("q", ""))
    elif not request.form.get("everybody"):
        query = query.where(Attendee.id.in_(selected))
    ids = db.session.scalars(badge_views.with_badge(query).with_only_columns(Attendee.id))
    wanted = request.form.get("format") or request.form.get("action") or ""
    size = BadgeFormat(wanted) if wanted in set(BadgeFormat) else BadgeFormat.SHEET_A6
    try:
        sheet = operations.ask_for_badges(page.event, sorted(set(ids)), size, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
        return back(".attendees", slug=page.event.slug)
    return back("core.job", job_id=sheet.job_id, next=url_for(".badges", slug=page.event.slug))


@bp.get("/events/<slug>/registration/badges")
@access(registration_page, by(may_check_in))
def badges(page: EventPage) -> str:
    ready = badge_views.with_badge(read.all_of(page.standing)).with_only_columns(Attendee.id).subquery()
    return render_template(
        "registration/badges.html", page=page, event=page.event, sheets=badge_views.sheets(page.event.id),
        sizes=BADGES, form=BadgesForm(), ready=len(db.session.scalars(select(ready.c.id)).all()),
    )  # fmt: skip


@bp.get("/events/<slug>/registration/badges/<int:sheet_id>.pdf")
@access(sheet_page, by(may_check_in))
def badge_sheet(page: SheetPage) -> Response:
    if page.sheet.file is None:
        raise NotFound
    return send(page.sheet.file, name=f"badges-{page.event.slug}-{page.sheet.id}.pdf", inline=True)


@bp.post("/events/<slug>/registration/badges/<int:sheet_id>/throw-away")
@access(sheet_page, by(may_check_in))
def throw_away(page: SheetPage) -> Any:
    operations.throw_away(page.sheet, actor=page.viewer.actor, at=g.now)
    notice(_l("The sheet is thrown away."))
    return back(".badges", slug=page.event.slug)

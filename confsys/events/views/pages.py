"""The editor of the public site's pages."""

from __future__ import annotations

from typing import Any

from flask import g, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page
from confsys.events.forms import NewPageForm, PageForm
from confsys.events.models import SitePage
from confsys.events.operations import pages as operations
from confsys.events.queries.parts import page_by_id, pages_of
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.views.site import page_href


@bp.route("/events/<slug>/settings/pages", methods=["GET", "POST"])
@access(event_page, settings.editors)
def pages(page: EventPage) -> Any:
    """The list; the form below it adds a page."""
    form = NewPageForm()
    if form.validate_on_submit():
        row = form.attempt(
            lambda: operations.add_page(
                page.event, form.key.data.lower(), localized(form, "title"), actor=page.viewer.actor, at=g.now
            )
        )
        if row is not None:
            return back("events.edit_page", slug=page.event.slug, page_id=row.id)
    rows = [(row, page_href(page.event.slug, row.key)) for row in pages_of(page.event.id)]
    return settings.drawn("pages", page, "site", form=form, rows=rows), form.status


def _page(viewer: Viewer, slug: str, page_id: int) -> tuple[EventPage, SitePage]:
    page = event_page(viewer, slug)
    row = page_by_id(page.event.id, page_id)
    if row is None:
        raise NotFound
    return page, row


def _editor(found: tuple[EventPage, Any]) -> Decision:
    return settings.editors(found[0])


@bp.route("/events/<slug>/settings/pages/<int:page_id>", methods=["GET", "POST"])
@access(_page, _editor)
def edit_page(found: tuple[EventPage, SitePage]) -> Any:
    """Saving goes back to the list; “Look at it first” shows the text as readers will see it and saves nothing."""
    page, row = found
    form = PageForm(
        data={
            "version": row.version,
            "published": row.published,
            **pair_of("title", row.title),
            **pair_of("body", row.body),
        }
    )
    looking = request.form.get("action") == "look"
    if form.validate_on_submit() and not looking:
        done = form.attempt(
            lambda: operations.edit_page(
                row, localized(form, "title"), localized(form, "body"), form.published.data,
                version=form.seen_version, actor=page.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if done:
            notice(_("The page is saved."))
            return back("events.pages", slug=page.event.slug)
    preview = localized(form, "body") if looking else None
    return settings.drawn("page", page, "site", form=form, row=row, preview=preview), form.status


@bp.post("/events/<slug>/settings/pages/<int:page_id>/move")
@access(_page, _editor)
def move_page(found: tuple[EventPage, SitePage]) -> Any:
    page, row = found
    operations.move_page(row, -1 if request.form.get("to") == "up" else 1, actor=page.viewer.actor, at=g.now)
    return back("events.pages", slug=page.event.slug)


@bp.post("/events/<slug>/settings/pages/<int:page_id>/remove")
@access(_page, _editor)
def remove_page(found: tuple[EventPage, SitePage]) -> Any:
    page, row = found
    operations.remove_page(row, actor=page.viewer.actor, at=g.now)
    notice(_("The page is removed. Its text is kept in the story of the event."))
    return back("events.pages", slug=page.event.slug)

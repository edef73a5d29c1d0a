"""Pictures, materials and media links: the office adds and removes them, everybody sees those of what is announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core import limits
from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.files import UploadRefused, receive, send
from confsys.core.files.sniffing import EXTENSIONS, IMAGES, PDF
from confsys.core.forms import localized
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.outreach import rules
from confsys.outreach.context import ActivityPage, activity_page, office
from confsys.outreach.forms import LinkForm, MediumForm
from confsys.outreach.models import OutreachMedium
from confsys.outreach.operations import media as operations
from confsys.outreach.queries import media as queries
from confsys.outreach.views.blueprint import bp

ALLOWED = IMAGES | {PDF}


def _drawn(page: ActivityPage, form: MediumForm, link: LinkForm, status: int = 200) -> tuple[str, int]:
    return render_template(
        "outreach/office/media.html", activity=page.activity, media=queries.of_activity(page.activity), form=form,
        link=link,
    ), status  # fmt: skip


@bp.get("/office/activities/<activity>/media")
@access(activity_page, office)
def media(page: ActivityPage) -> Any:
    return _drawn(page, MediumForm(formdata=None), LinkForm(formdata=None))


@bp.post("/office/activities/<activity>/media")
@limits.on_post(limits.UPLOAD)
@access(activity_page, office)
def add_file(page: ActivityPage) -> Any:
    form = MediumForm()
    if form.validate():
        try:
            stored = receive(form.file.data, allowed=ALLOWED, actor=page.viewer.actor, at=g.now)
        except UploadRefused as refused:
            form.file.errors = [str(refused.reason)]
            return _drawn(page, form, LinkForm(formdata=None), 422)
        if form.attempt(
            lambda: operations.add_file(
                page.activity, stored, localized(form, "caption"), alt=localized(form, "alt"),
                agreed=bool(form.agreed.data), actor=page.viewer.actor, at=g.now,
            )
        ):  # fmt: skip
            notice(_l("Added."))
            return back(".media", activity=page.activity.slug)
    return _drawn(page, form, LinkForm(formdata=None), form.status)


@bp.post("/office/activities/<activity>/links")
@access(activity_page, office)
def add_link(page: ActivityPage) -> Any:
    form = LinkForm()
    if form.validate() and form.attempt(
        lambda: operations.add_link(
            page.activity, localized(form, "title"), form.outlet.data, form.url.data, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("Added."))
        return back(".media", activity=page.activity.slug)
    return _drawn(page, MediumForm(formdata=None), form, form.status)


@dataclass(frozen=True, slots=True)
class MediumPage:
    on: ActivityPage
    medium: OutreachMedium


def _medium(viewer: Viewer, activity: str, medium_id: int) -> MediumPage:
    on = activity_page(viewer, activity)
    found = queries.medium_of(on.activity, medium_id)
    if found is None:
        raise NotFound
    return MediumPage(on, found)


def _seen(page: MediumPage) -> Decision:
    return rules.may_see_activity(page.on.standing)


@bp.post("/office/activities/<activity>/media/<int:medium_id>/remove")
@access(_medium, lambda page: office(page.on))
def remove_medium(page: MediumPage) -> Any:
    operations.remove(page.medium, page.on.activity, actor=page.on.viewer.actor, at=g.now)
    notice(_l("Removed."))
    return back(".media", activity=page.on.activity.slug)


@bp.get("/activities/<activity>/media/<int:medium_id>")
@access(_medium, _seen)
def medium(page: MediumPage) -> Response:
    """The content, under a name of ours: the uploader's own may tell who was there."""
    stored = page.medium.file
    if stored is None:
        raise NotFound
    name = f"{page.on.activity.slug}-{page.medium.id}{EXTENSIONS.get(stored.media_type, '')}"
    return send(stored, name=name, inline=True)

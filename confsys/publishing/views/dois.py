"""The publication chair's page of DOIs: what is registered, what failed and why, and sending the rest."""

from __future__ import annotations

from flask import Response, current_app, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.publishing.context import VolumePage, may_manage, volume_page
from confsys.publishing.depositing import batch_of
from confsys.publishing.jobs import client_of
from confsys.publishing.operations import dois
from confsys.publishing.queries import dois as read
from confsys.publishing.queries import volumes
from confsys.publishing.views.blueprint import bp


@bp.get("/volumes/<code>/dois")
@access(volume_page, may_manage)
def show_dois(page: VolumePage) -> str:
    build = volumes.public_build(page.volume)
    papers = {paper.submission_id: paper for paper in build.papers} if build else {}
    return render_template(
        "publishing/dois.html", page=page, event=page.event, volume=page.volume, papers=papers, words=read.WORDS,
        records=read.of_volume(page.volume), deposits=read.deposits(page.volume), build=build,
        agency=client_of(current_app.extensions["settings"]) is not None,
    )  # fmt: skip


@bp.post("/volumes/<code>/dois")
@access(volume_page, may_manage)
def deposit_dois(page: VolumePage) -> Response:
    build = volumes.public_build(page.volume)
    if build is None or client_of(current_app.extensions["settings"]) is None:
        raise NotFound
    try:
        batch = batch_of(build, read.of_volume(page.volume), at=g.now)
        dois.deposit(page.volume, batch, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
    else:
        notice(_l("The records are on their way. Their results appear here one by one."))
    return back(".show_dois", slug=page.event.slug, code=page.volume.code)

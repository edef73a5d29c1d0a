"""Import by an organiser, in three steps: choose a file, look at what it would do, do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import Decision, allow_if
from confsys.core.exporting import download
from confsys.core.files import StoredFile, UploadRefused, receive, store
from confsys.core.i18n import gettext as _
from confsys.core.i18n import ngettext
from confsys.core.limits import UPLOAD, limiter
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, room_page
from confsys.events.states import Feature
from confsys.submissions import rules
from confsys.submissions.importing import extras
from confsys.submissions.importing.checking import check
from confsys.submissions.importing.reading import COLUMNS, read
from confsys.submissions.operations.importing import ImportRefused, import_papers
from confsys.submissions.operations.uploads import keep_upload
from confsys.submissions.views.blueprint import bp

_event = room_page(Feature.SUBMISSIONS)
_may_import = by_standing(rules.may_import)
#: Rows shown of a preview; the problems are always shown in full up to the second number.
ROWS_SHOWN, PROBLEMS_SHOWN = 20, 200


@dataclass(frozen=True, slots=True)
class UploadPage(EventPage):
    """A file that the viewer uploaded, waiting to be imported."""

    upload: StoredFile


def _upload(viewer: Viewer, slug: str, file_id: int) -> UploadPage:
    page = _event(viewer, slug=slug)
    stored = db.session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound
    return UploadPage(page.event, page.standing, stored)


def _own_upload(page: UploadPage) -> Decision:
    """Only who sent a file may look at it and import it."""
    answer = rules.may_import(page.standing)
    return answer and allow_if(page.upload.created_by_id == page.viewer.person_id)


@bp.get("/papers/import")
@access(_event, _may_import)
def import_page(page: EventPage) -> str:
    return _choose(page)


def _choose(page: EventPage, wrong: str = "") -> str:
    return render_template("submissions/import.html", event=page.event, wrong=wrong, columns=COLUMNS)


@bp.get("/papers/import/template.csv")
@access(_event, _may_import)
def import_template(_page: EventPage) -> Response:
    """A file with the headings and one invented row, to fill in."""
    row = ("1", "A title", "题目", "An abstract.", "摘要。", "one; two", "甲；乙",
           "Mei Lin <mei@example.org> (Example University); 张伟 (Wei Zhang) <wei@example.org>", "", "")  # fmt: skip
    return download("csv", "papers", COLUMNS, [row])


@bp.post("/papers/import")
@limiter.limit(UPLOAD)
@access(_event, _may_import)
def import_upload(page: EventPage) -> Any:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _choose(page, _("Please choose a file.")), 422
    try:
        stored = keep_upload(receive(upload, actor=page.viewer.actor, at=g.now))
    except UploadRefused as refused:
        return _choose(page, str(refused.reason)), 422
    return back(".import_preview", slug=page.event.slug, file_id=stored.id)


@bp.get("/papers/import/<int:file_id>")
@access(_upload, _own_upload)
def import_preview(page: UploadPage) -> str:
    return _preview(page, extras.chosen(request.args.getlist("with")))


def _read(page: UploadPage) -> Any:
    return read(b"".join(store().read(page.upload.sha256)), page.upload.name)


def _preview(page: UploadPage, wanted: list[extras.Extra]) -> str:
    file = _read(page)
    problems = check(page.event, file, wanted)
    errors = [problem for problem in problems if not problem.warning]
    return render_template(
        "submissions/import_preview.html", event=page.event, upload=page.upload, file=file, errors=len(errors),
        problems=problems[:PROBLEMS_SHOWN], more=max(0, len(problems) - PROBLEMS_SHOWN), rows=file.papers[:ROWS_SHOWN],
        extras=extras.known(), wanted={extra.name for extra in wanted},
    )  # fmt: skip


@bp.post("/papers/import/<int:file_id>")
@access(_upload, _own_upload)
def import_apply(page: UploadPage) -> Any:
    wanted = extras.chosen(request.form.getlist("with"))
    try:
        done = import_papers(
            page.event, _read(page), extras=wanted, notify="notify" in request.form, actor=page.viewer.actor, at=g.now
        )
    except ImportRefused:
        notice(_("Nothing was imported: the file has errors."), "error")
        return _preview(page, wanted), 422
    notice(ngettext("%(num)s paper was imported.", "%(num)s papers were imported.", done.papers))
    return back(".papers", slug=page.event.slug)

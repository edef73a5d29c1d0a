"""Taking a paper's file in and giving it out, the reader's standing looked at each time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from flask import g, render_template, request
from werkzeug.datastructures import FileStorage

from confsys.core.access import access
from confsys.core.decisions import Refused
from confsys.core.files import send
from confsys.core.i18n import gettext as _
from confsys.core.limits import UPLOAD, limiter
from confsys.core.pages import back, notice
from confsys.events.states import Blindness
from confsys.submissions import operations, rules
from confsys.submissions.checking import Examination, examine
from confsys.submissions.content import content_of
from confsys.submissions.context import FilePage, PaperPage, file_page, paper_page
from confsys.submissions.models import PaperFile
from confsys.submissions.options import SubmissionOptions
from confsys.submissions.queries.records import neutral_name, shown_checks
from confsys.submissions.views.blueprint import bp, by_paper


def take(page: PaperPage, upload: FileStorage) -> tuple[Examination, PaperFile | None]:
    """Look at an upload and keep it when nothing speaks against it. Raises Refused when the call has closed."""
    name = upload.filename or "paper"
    with tempfile.TemporaryDirectory(prefix="confsys-upload-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        seen = examine(
            path, name=name, options=SubmissionOptions.of(page.event), authors=content_of(page.submission).authors,
            blind=page.event.blindness is Blindness.DOUBLE,
        )  # fmt: skip
        if seen.refused:
            return seen, None
        kept = operations.add_file(
            page.submission, path, name=name, examination=seen, standing=page.standing.event,
            actor=page.viewer.actor, at=g.now,
        )  # fmt: skip
        return seen, kept


def uploaded() -> FileStorage | None:
    """The file of this request, if somebody chose one."""
    upload = request.files.get("file")
    return upload if upload is not None and upload.filename else None


@bp.post("/my-papers/<int:number>/file")
@limiter.limit(UPLOAD)
@access(paper_page, by_paper(rules.may_edit))
def add_file(page: PaperPage) -> Any:
    """Checked and kept as soon as it is chosen; without JavaScript the form brings it along."""
    upload = uploaded()
    if upload is None:
        notice(_("Please choose a file first."), "warning")
        return back(".edit", slug=page.event.slug, number=page.submission.number)
    try:
        seen, kept = take(page, upload)
        said = _kept_sentence(kept)
    except Refused as refusal:
        seen, said = Examination(), str(refusal.denial.reason)
    if request.headers.get("HX-Request"):
        checks = shown_checks(seen.checks)
        return render_template("partials/file_check.html", name=upload.filename, checks=checks, kept=said)
    notice(" ".join([*(check.text for check in seen.refusals), said]), "warning" if seen.refused else "success")
    return back(".edit", slug=page.event.slug, number=page.submission.number)


def _kept_sentence(kept: PaperFile | None) -> str:
    if kept is None:
        return _("This file was not kept. Your form is as it was; please choose another file.")
    return _("The file is kept as version %(n)s of your paper.", n=kept.number)


@bp.get("/papers/<int:number>/files/<int:file_id>")
@access(file_page, by_paper(rules.may_read_files))
def file(page: FilePage) -> Any:
    return send(page.file.file, name=neutral_name(page.submission, page.file), inline=True)

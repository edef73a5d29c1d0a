"""The author's page of a final version: upload, look, sign."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, g, render_template
from werkzeug.datastructures import FileStorage

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.errors import Invalid
from confsys.core.files import UploadRefused, receive_path, send, sniffing
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import UPLOAD, limiter
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.publishing import rules
from confsys.publishing.checks import Look, look_at, notes
from confsys.publishing.forms import CameraReadyForm, SignatureForm
from confsys.publishing.operations import camera_ready
from confsys.publishing.queries import board
from confsys.submissions.context import PaperPage, paper_page

bp = Blueprint("camera_ready", __name__, url_prefix="/events/<slug>/papers/<int:number>/camera-ready")
PRINTABLE = (sniffing.PDF, sniffing.DOCX)


def _load(viewer: Viewer, slug: str, number: int) -> PaperPage:
    return paper_page(viewer, slug, number)


def _seen(page: PaperPage) -> Decision:
    return rules.may_see_camera_ready(page.standing)


def _open(page: PaperPage) -> Decision:
    return rules.may_upload_camera_ready(page.standing)


def _page(page: PaperPage, status: int = 200, **more: Any) -> tuple[str, int]:
    ready = board.of_paper(page.submission)
    values = {
        "page": page, "paper": page.submission, "event": page.event, "ready": ready,
        "door": rules.may_upload_camera_ready(page.standing),
        "notes": notes(ready.paper_file.findings) if ready and ready.paper_file else [],
        "words": board.WORDS, "form": more.pop("form", None) or CameraReadyForm(),
        "signature": more.pop("signature", None) or SignatureForm(obj=ready),
    }  # fmt: skip
    return render_template("publishing/camera_ready.html", **values, **more), status


@bp.get("/")
@access(_load, _seen)
def show(page: PaperPage) -> tuple[str, int]:
    return _page(page)


def _take(upload: FileStorage, page: PaperPage) -> tuple[Any, Look]:
    """Look at an upload before anything is kept."""
    with tempfile.TemporaryDirectory(prefix="confsys-upload-") as folder:
        path = Path(folder) / "final"
        upload.save(path)
        look = look_at(path, upload.filename or "")
        stored = None
        if not look.refused:
            stored = receive_path(
                path, name=upload.filename or "", allowed=PRINTABLE, actor=page.viewer.actor, at=g.now
            )
        return stored, look


@bp.post("/")
@limiter.limit(UPLOAD)
@access(_load, _open)
def upload(page: PaperPage) -> Any:
    form = CameraReadyForm()
    if not form.validate_on_submit():
        return _page(page, 422, form=form)
    try:
        stored, look = _take(form.file.data, page)
        if look.refused:
            return _page(page, 422, form=form, refused=notes(look.findings), refused_name=form.file.data.filename)
        camera_ready.upload(page.submission, stored, look, actor=page.viewer.actor, at=g.now)
    except UploadRefused as error:
        form.file.errors = [str(error.reason)]
        return _page(page, 422, form=form)
    notice(_l("Your final version was received. Please look at the list of checks and sign below."))
    return back(".show", slug=page.event.slug, number=page.submission.number)


@bp.post("/signature")
@access(_load, _open)
def sign(page: PaperPage) -> Any:
    form = SignatureForm()
    if not form.validate_on_submit():
        return _page(page, 422, signature=form)
    try:
        camera_ready.sign(page.submission, form.licence.data, form.signed_name.data, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        form.form_errors = [str(text) for text in error.fields.values()]
        return _page(page, 422, signature=form)
    notice(_l("Thank you. Your signature is kept with the paper."))
    return back(".show", slug=page.event.slug, number=page.submission.number)


@bp.get("/file")
@access(_load, _seen)
def file(page: PaperPage) -> Any:
    ready = board.of_paper(page.submission)
    if ready is None or ready.paper_file is None:
        return back(".show", slug=page.event.slug, number=page.submission.number)
    stored = ready.paper_file.file
    name = f"paper-{page.submission.number}-final{sniffing.EXTENSIONS.get(stored.media_type, '')}"
    return send(stored, name=name, inline=True)

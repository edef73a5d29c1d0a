"""The author's pages of a final version: upload, checklist, licence, proof."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, g, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.errors import Invalid
from confsys.core.files import UploadRefused, receive_path, send, sniffing
from confsys.core.files.serving import send_path
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import UPLOAD, limiter
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.publishing import pictures, rules
from confsys.publishing.agreements import agreement
from confsys.publishing.checks import Look, look_at, notes
from confsys.publishing.forms import CameraReadyForm, ChecklistForm, LicenceForm, ProofForm, SignatureForm
from confsys.publishing.operations import camera_ready, proofs
from confsys.publishing.queries import board, chapters, fees, finals
from confsys.publishing.record import digest_of
from confsys.publishing.states import ChapterState, Holder, Licence, Step
from confsys.submissions.context import PaperPage, paper_page
from confsys.submissions.models import Author
from confsys.submissions.states import CHAPTER

bp = Blueprint("camera_ready", __name__, url_prefix="/events/<slug>/papers/<int:number>/camera-ready")
PRINTABLE = (sniffing.PDF, sniffing.DOCX)


def load(viewer: Viewer, slug: str, number: int, **_more: Any) -> PaperPage:
    return paper_page(viewer, slug, number)


def seen(page: PaperPage) -> Decision:
    return rules.may_see_camera_ready(page.standing)


def open_to_contacts(page: PaperPage) -> Decision:
    return rules.may_upload_camera_ready(page.standing, _chapter_open(page))


def _open_to_authors(page: PaperPage) -> Decision:
    return rules.may_sign_proof(page.standing, _chapter_open(page))


def _chapter_open(page: PaperPage) -> bool | None:
    """Whether a commissioned chapter is awaited; None for what is no chapter."""
    chapter = chapters.of_paper(page.submission.id) if page.submission.presentation == CHAPTER else None
    return None if chapter is None else chapter.state is ChapterState.AGREED


def go_back(page: PaperPage, endpoint: str = ".show", **more: Any) -> Any:
    return back(endpoint, slug=page.event.slug, number=page.submission.number, **more)


def _page(page: PaperPage, status: int = 200, **more: Any) -> tuple[str, int]:
    ready = finals.of_paper(page.submission)
    lacks = finals.lacking(ready, page.submission) if ready else tuple(Step)
    length = fees.length(ready, page.submission) if ready else None
    values = {
        "page": page, "paper": page.submission, "event": page.event, "ready": ready, "lacks": lacks,
        "door": open_to_contacts(page), "proofs": finals.proofs(ready, page.submission)
        if ready else [], "form_signed": finals.licence_signed(ready) if ready else None,
        "changes": finals.changes_of(page.submission.id),
        "unregistered": board.needs_author(page.event, page.submission),
        "notes": notes(ready.paper_file.findings) if ready and ready.paper_file else [],
        "words": board.WORDS, "form": more.pop("form", None) or CameraReadyForm(),
        "checklist": more.pop("checklist", None) or ChecklistForm(items=ready.checked if ready else []),
        "mine": _mine(page), "chapter": chapters.of_paper(page.submission.id), "length": length,
        "price": Money(length.due * length.budget.fee, current_app.extensions["settings"].currency)
        if length and length.budget else None,
    }  # fmt: skip
    return render_template("publishing/camera_ready.html", **values, **more), status


def _mine(page: PaperPage) -> Author:
    """The viewer's own line among the authors."""
    return next(author for author in page.submission.authors if author.person_id == page.viewer.person_id)


@bp.get("/")
@access(load, seen)
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
@access(load, open_to_contacts)
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
    notice(_l("Your final version was received. Please look at the list of checks and go on below."))
    return go_back(page)


@bp.post("/checklist")
@access(load, open_to_contacts)
def tick(page: PaperPage) -> Any:
    form = ChecklistForm()
    if not form.validate_on_submit():
        return _page(page, 422, checklist=form)
    row = camera_ready.tick(page.submission, form.items.data or [], actor=page.viewer.actor, at=g.now)
    lacks = finals.lacking(row, page.submission)
    if Step.CHECKLIST in lacks:
        notice(_l("Saved. Some points are still open."), "info")
    else:
        notice(_l("Saved. The co-authors are asked to sign the proof."))
    return go_back(page)


@bp.get("/licence")
@access(load, open_to_contacts)
def licence(page: PaperPage) -> Any:
    form = LicenceForm(request.args, meta={"csrf": False}) if request.args else LicenceForm()
    chosen = form if request.args and form.validate() else None
    return _licence(page, form, 200 if chosen or not request.args else 422, chosen)


def _licence(page: PaperPage, form: LicenceForm, status: int, chosen: LicenceForm | None, **more: Any) -> Any:
    settings = current_app.extensions["settings"]
    words = None
    if chosen is not None:
        words = agreement(
            Licence(chosen.licence.data), Holder(chosen.holder.data), employer=(chosen.employer.data or "").strip(),
            title=page.submission.title, society=LocalizedText(settings.society_en, settings.society_zh),
        )  # fmt: skip
    signature = more.get("signature") or SignatureForm()
    return render_template(
        "publishing/licence.html", page=page, paper=page.submission, event=page.event, form=form, words=words,
        signature=signature,
    ), status  # fmt: skip


@bp.post("/licence")
@access(load, open_to_contacts)
def sign(page: PaperPage) -> Any:
    form, signature = LicenceForm(), SignatureForm()
    chosen = form if form.validate() else None
    if chosen is None or not signature.validate():
        return _licence(page, form, 422, chosen, signature=signature)
    try:
        camera_ready.sign(
            page.submission, form.licence.data, signature.signed_name.data, holder=Holder(form.holder.data),
            employer=form.employer.data or "", actor=page.viewer.actor, at=g.now,
        )  # fmt: skip
    except Invalid as error:
        signature.signed_name.errors = [str(text) for text in error.fields.values()]
        return _licence(page, form, 422, chosen, signature=signature)
    notice(_l("Thank you. The form is kept with the paper as you signed it."))
    return go_back(page)


@bp.get("/proof")
@access(load, seen)
def proof(page: PaperPage) -> tuple[str, int]:
    return _proof(page, ProofForm(seen=digest_of(page.submission)))


def _proof(page: PaperPage, form: ProofForm, status: int = 200) -> tuple[str, int]:
    ready = finals.of_paper(page.submission)
    if ready is None or ready.paper_file is None:
        raise NotFound
    drawn = ready.paper_file.file.media_type == sniffing.PDF
    return render_template(
        "publishing/proof.html", page=page, paper=page.submission, event=page.event, ready=ready, form=form,
        door=_open_to_authors(page), proofs=finals.proofs(ready, page.submission), mine=_mine(page),
        pictures=min(ready.paper_file.pages or 0, pictures.MOST) if drawn else 0,
    ), status  # fmt: skip


@bp.post("/proof")
@access(load, _open_to_authors)
def sign_proof(page: PaperPage) -> Any:
    form, ready = ProofForm(), finals.of_paper(page.submission)
    if ready is None:
        raise NotFound
    if not form.validate_on_submit():
        return _proof(page, form, 422)
    try:
        proofs.sign(
            ready, page.submission, _mine(page), form.signed_name.data, seen=form.seen.data, actor=page.viewer.actor,
            at=g.now,
        )  # fmt: skip
    except Invalid as error:
        form.signed_name.errors = [str(text) for text in error.fields.values()]
        form.seen.data = digest_of(page.submission)
        return _proof(page, form, 422)
    notice(_l("Thank you. Your signature stands under the proof."))
    return go_back(page, ".proof")


@bp.get("/pages/<int:page_number>.png")
@access(lambda viewer, slug, number, page_number: (load(viewer, slug, number), page_number), lambda s: seen(s[0]))
def picture(subject: tuple[PaperPage, int]) -> Any:
    page, number = subject
    return picture_of(finals.of_paper(page.submission), number)


def picture_of(ready: Any, number: int) -> Any:
    """A page of the final version as a picture; nothing for what is no PDF or cannot be drawn."""
    file = ready.paper_file if ready is not None else None
    if file is None or file.file.media_type != sniffing.PDF or not 1 <= number <= min(file.pages or 0, pictures.MOST):
        raise NotFound
    path = pictures.picture(file.file.sha256, number)
    if path is None:
        raise NotFound
    return send_path(path, "image/png", name=f"page-{number}.png", inline=True)


@bp.get("/file")
@access(load, seen)
def file(page: PaperPage) -> Any:
    ready = finals.of_paper(page.submission)
    if ready is None or ready.paper_file is None:
        return go_back(page)
    stored = ready.paper_file.file
    name = f"paper-{page.submission.number}-final{sniffing.EXTENSIONS.get(stored.media_type, '')}"
    return send(stored, name=name, inline=True)

"""The publication chair's board of final versions, and one paper on it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.files import send, sniffing
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.publishing.checks import notes
from confsys.publishing.context import FinalPage, final_page, may_manage, publishing_page
from confsys.publishing.forms import AnswerForm, FreePagesForm, SendBackForm, WaiveForm
from confsys.publishing.operations import author_changes, camera_ready, proofs
from confsys.publishing.queries import board, fees, finals
from confsys.publishing.queries import volumes as read
from confsys.publishing.states import ChangeState
from confsys.publishing.views.blueprint import bp


@bp.get("/")
@access(publishing_page, may_manage)
def overview(page: EventPage) -> Any:
    listing = board.board_for(page.event)
    found = listing.answer(board.on_board(page.standing))
    if isinstance(found, Response):
        return found
    return render_template(
        "publishing/board.html", page=page, event=page.event, found=found, counts=board.counts(page.standing),
        words=board.WORDS, volumes=read.of_event(page.standing),
        unregistered=board.without_author(page.standing) if listing is board.with_authors else None,
    )  # fmt: skip


@bp.get("/papers/<int:number>")
@access(final_page, may_manage)
def final(page: FinalPage) -> str:
    return show_final(page)


def show_final(page: FinalPage, **forms: Any) -> str:
    ready, paper = page.ready, page.ready.submission
    file, lacks = ready.paper_file, finals.lacking(ready, paper)
    values = {
        "form": SendBackForm(version=ready.version), "waive": WaiveForm(version=ready.version), "answer": AnswerForm(),
        "free": FreePagesForm(version=ready.version),
    }  # fmt: skip
    return render_template(
        "publishing/final.html", page=page, event=page.event, ready=ready, paper=paper,
        notes=notes(file.findings) if file else [], words=board.WORDS, lacks=lacks,
        waits=[finals.STEP_WORDS[step] for step in lacks], proofs=finals.proofs(ready, paper),
        signed=finals.licence_signed(ready), length=fees.length(ready, paper),
        changes=finals.changes_of(paper.id), open=ChangeState.OPEN, **{**values, **forms},
    )  # fmt: skip


@bp.get("/papers/<int:number>/file")
@access(final_page, may_manage)
def final_file(page: FinalPage) -> Response:
    if page.ready.paper_file is None:
        raise NotFound
    stored = page.ready.paper_file.file
    extension = sniffing.EXTENSIONS.get(stored.media_type, "")
    return send(stored, name=f"paper-{page.ready.submission.number}-final{extension}", inline=True)


@bp.get("/papers/<int:number>/licence")
@access(final_page, may_manage)
def final_licence(page: FinalPage) -> str:
    """The form as it was signed."""
    signed = finals.licence_signed(page.ready)
    if signed is None:
        raise NotFound
    return render_template(
        "publishing/licence_signed.html", page=page, event=page.event, paper=page.ready.submission, signed=signed
    )


@bp.post("/papers/<int:number>/approve")
@access(final_page, may_manage)
def approve(page: FinalPage) -> Response:
    form = SendBackForm()
    camera_ready.approve(page.ready, version=int(form.version.data or 0), actor=page.viewer.actor, at=g.now)
    notice(_l("The final version is approved."))
    return back(".overview", slug=page.event.slug)


@bp.post("/papers/<int:number>/send-back")
@access(final_page, may_manage)
def send_back(page: FinalPage) -> Any:
    form = SendBackForm()
    if not form.validate_on_submit():
        return show_final(page, form=form), 422
    camera_ready.send_back(
        page.ready, form.note.data, version=int(form.version.data or 0), actor=page.viewer.actor, at=g.now
    )
    notice(_l("The authors were asked for another file."))
    return back(".overview", slug=page.event.slug)


@bp.post("/papers/<int:number>/waive")
@access(final_page, may_manage)
def waive(page: FinalPage) -> Any:
    form = WaiveForm()
    if not form.validate_on_submit():
        return show_final(page, waive=form), 422
    version = int(form.version.data or 0)
    proofs.waive(page.ready, form.reason.data, version=version, actor=page.viewer.actor, at=g.now)
    notice(_l("The paper goes on without the missing signatures; your reason is kept."))
    return back(".final", slug=page.event.slug, number=page.ready.submission.number)


@bp.post("/papers/<int:number>/changes/<any(approve, refuse):verdict>")
@access(lambda viewer, slug, number, verdict: (final_page(viewer, slug, number), verdict), lambda s: may_manage(s[0]))
def decide(subject: tuple[FinalPage, str]) -> Any:
    page, verdict = subject
    paper, form = page.ready.submission, AnswerForm()
    change = finals.open_change(paper.id)
    if change is None:
        raise NotFound
    words, version = form.answer.data or "", int(form.version.data or 0)
    try:
        if verdict == "approve":
            author_changes.approve(
                change, words, standing=page.standing, version=version, actor=page.viewer.actor, at=g.now
            )
        else:
            author_changes.refuse(change, words, version=version, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        form.answer.errors = [str(text) for text in error.fields.values()]
        return show_final(page, answer=form), 422
    notice(_l("The record is changed; all authors sign anew.") if verdict == "approve" else _l("The record stays."))
    return back(".final", slug=page.event.slug, number=paper.number)

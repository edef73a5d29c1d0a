"""The speaker's page: questions on the own talk, written answers, slides and recordings."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core import limits
from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.files import UploadRefused, receive, send
from confsys.core.files.sniffing import IMAGES, PDF, PPTX, VIDEOS, ZIP
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.exchange import rules
from confsys.exchange.context import MaterialPage, QuestionPage, TalkPage, material_page, question_page, talk_page
from confsys.exchange.forms import AnswerForm, MaterialForm
from confsys.exchange.operations import materials, questions
from confsys.exchange.queries import floors
from confsys.exchange.states import Consent, MaterialKind
from confsys.exchange.views.blueprint import bp, words

#: What may be shown of a talk, by content.
ALLOWED = IMAGES | VIDEOS | {PDF, PPTX, ZIP}


def speakers(page: TalkPage) -> Decision:
    return rules.may_speak_here(page.on.standing, page.talk.id)


def _shown(page: TalkPage, form: MaterialForm, answer: AnswerForm | None = None, answering: int = 0) -> str:
    board = floors.board(page.on.floor, page.on.viewer)
    about = {page.talk.id, None} if len(page.on.session.talks) == 1 else {page.talk.id}
    return render_template(
        "exchange/speaker.html",
        **words(
            page.on, talk=page.talk, form=form, answer=answer or AnswerForm(formdata=None), answering=answering,
            open=[q for q in board.open if q.talk_id in about],
            answered=[q for q in board.answered if q.talk_id in about],
            materials=[m for m in floors.materials(page.on.floor, page.on.standing) if m.talk_id == page.talk.id],
            own=page.talk.id in page.on.standing.speaks, feedback=floors.feedback_of(page.on.floor),
        ),
    )  # fmt: skip


@bp.get("/talks/<int:number>/speaker")
@access(talk_page, speakers)
def speaker(page: TalkPage) -> str:
    return _shown(page, MaterialForm(formdata=None))


@bp.post("/talks/<int:number>/materials")
@limits.on_post(limits.UPLOAD)
@access(talk_page, speakers)
def add_material(page: TalkPage) -> Any:
    form = MaterialForm()
    if form.validate():
        try:
            upload = form.file.data
            stored = receive(upload, allowed=ALLOWED, actor=page.on.viewer.actor, at=g.now) if upload else None
        except UploadRefused as refused:
            form.file.errors = [str(refused.reason)]
            return _shown(page, form), 422
        made = form.attempt(
            lambda: materials.add_material(
                page.on.event, page.on.session.id, page.talk.id, MaterialKind(form.kind.data), form.title.data or "",
                stored=stored, url=form.url.data or "", agreed=bool(form.agreed.data), standing=page.on.standing,
                actor=page.on.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if made is not None:
            shown = made.consent is Consent.GIVEN
            notice(_l("Everybody can open it now.") if shown else _l("It is shown once a speaker of the talk agrees."))
            return back(".speaker", slug=page.on.event.slug, number=page.talk.id)
    return _shown(page, form), form.status


@bp.post("/questions/<int:number>/answer")
@access(question_page, lambda page: rules.may_answer(page.on.standing, page.question.talk_id))
def answer(page: QuestionPage) -> Any:
    form = AnswerForm()
    talk_id = page.question.talk_id or page.on.session.talks[0].id
    if form.validate():
        kept = form.attempt(
            lambda: questions.answer(
                page.question, form.answer.data or "", version=form.seen_version or None, standing=page.on.standing,
                actor=page.on.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if kept is not None:
            return back(".speaker", slug=page.on.event.slug, number=talk_id)
    return _shown(
        TalkPage(page.on, page.on.talks[talk_id]), MaterialForm(formdata=None), form, page.question.id
    ), form.status  # fmt: skip


def _openable(page: MaterialPage) -> Decision:
    row = page.material
    if row.consent is Consent.GIVEN:
        return rules.may_read_floor(page.on.standing)
    return rules.may_add_material(page.on.standing, row.talk_id)


@bp.get("/materials/<int:number>")
@access(material_page, _openable)
def material(page: MaterialPage) -> Any:
    row = page.material
    if row.file is None:
        return redirect(row.url)
    return send(row.file, name=row.file.name, inline=True)


@bp.post("/materials/<int:number>/consent")
@access(material_page, lambda page: rules.may_consent(page.on.standing, page.material.talk_id))
def consent(page: MaterialPage) -> Any:
    text = request.form.get("version", "")
    yes = request.form.get("yes") == "1"
    materials.consent(
        page.material, yes, version=int(text) if text.isdigit() else None, standing=page.on.standing,
        actor=page.on.viewer.actor, at=g.now,
    )  # fmt: skip
    return back(".speaker", slug=page.on.event.slug, number=page.material.talk_id)


@bp.post("/materials/<int:number>/remove")
@access(material_page, lambda page: rules.may_add_material(page.on.standing, page.material.talk_id))
def remove_material(page: MaterialPage) -> Any:
    text = request.form.get("version", "")
    if not text.isdigit():
        raise NotFound
    talk_id = page.material.talk_id
    materials.remove_material(
        page.material, version=int(text), standing=page.on.standing, actor=page.on.viewer.actor, at=g.now
    )
    return back(".speaker", slug=page.on.event.slug, number=talk_id)

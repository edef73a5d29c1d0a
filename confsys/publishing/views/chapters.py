"""Commissioned chapters: the editor's invitation, the author's answer."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.pages import back, notice
from confsys.publishing.context import VolumePage, may_manage, volume_page
from confsys.publishing.forms import ChapterForm
from confsys.publishing.operations import chapters
from confsys.publishing.operations.chapters import Commission
from confsys.publishing.queries import chapters as read
from confsys.publishing.views.author import bp as author_bp
from confsys.publishing.views.author import go_back, load, seen
from confsys.publishing.views.blueprint import bp
from confsys.submissions.content import AuthorContent
from confsys.submissions.context import PaperPage


@bp.route("/volumes/<code>/chapters/new", methods=["GET", "POST"])
@access(volume_page, may_manage)
def new_chapter(page: VolumePage) -> Any:
    if not page.volume.special:
        raise NotFound
    form = ChapterForm()
    if form.validate_on_submit():
        try:
            chapters.commission(page.volume, _wanted(form), actor=page.viewer.actor, at=g.now)
        except Invalid as error:
            for name, sentence in error.fields.items():
                field = form._fields.get(name)
                errors = form.form_errors if field is None else field.errors
                setattr(field or form, "errors" if field else "form_errors", [*errors, str(sentence)])
        else:
            notice(_l("The invitation is on its way."))
            return back(".volume", slug=page.event.slug, code=page.volume.code)
    return render_template(
        "publishing/chapter_form.html", page=page, event=page.event, volume=page.volume, form=form
    ), 422 if form.errors else 200  # fmt: skip


def _wanted(form: ChapterForm) -> Commission:
    def text(name: str) -> str:
        return " ".join((form[name].data or "").split())

    name = PersonName(text("given"), text("family"), text("native"))
    return Commission(
        title=LocalizedText(text("title_en"), text("title_zh")), part=LocalizedText(text("part_en"), text("part_zh")),
        author=AuthorContent(name=name, email=text("email").lower(), contact=True, corresponding=True),
        due_on=form.due_on.data,
    )  # fmt: skip


@author_bp.post("/invitation")
@access(load, seen)
def answer_invitation(page: PaperPage) -> Any:
    chapter = read.of_paper(page.submission.id)
    if chapter is None or not page.standing.is_contact:
        raise NotFound
    try:
        chapters.answer(chapter, request.form.get("answer") == "yes", actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
    else:
        notice(_l("Thank you for your answer."))
    return go_back(page)

"""Notices: written by editors and the publication chair beside a published paper."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.pages import back
from confsys.core.pages import notice as tell
from confsys.publishing.context import PrintedPaperPage, may_publish_notice, printed_paper_page
from confsys.publishing.forms import NoticeForm
from confsys.publishing.operations import notices
from confsys.publishing.queries import notices as read
from confsys.publishing.states import NoticeKind
from confsys.publishing.views.blueprint import bp

HERE = "/volumes/<code>/papers/<int:position>/notice"


def _page(page: PrintedPaperPage, form: NoticeForm, status: int = 200, *, preview: bool = False) -> tuple[str, int]:
    return render_template(
        "publishing/notice_form.html", page=page, event=page.event, volume=page.volume, paper=page.paper, form=form,
        words=read.WORDS, preview=read.WORDS[NoticeKind(form.kind.data)] if preview else None,
    ), status  # fmt: skip


@bp.get(HERE)
@access(printed_paper_page, may_publish_notice)
def new_notice(page: PrintedPaperPage) -> tuple[str, int]:
    return _page(page, NoticeForm())


@bp.post(HERE)
@access(printed_paper_page, may_publish_notice)
def publish_notice(page: PrintedPaperPage) -> Any:
    """The first time the notice is shown as it will stand; what was shown and not changed since is published."""
    form = NoticeForm()
    if not form.validate_on_submit():
        return _page(page, form, 422)
    text = LocalizedText((form.text_en.data or "").strip(), (form.text_zh.data or "").strip())
    looked = f"{form.kind.data}\n{text.en}\n{text.zh}"
    if (form.seen.data or "").replace("\r\n", "\n") != looked.replace("\r\n", "\n"):
        if not (text.en and text.zh):
            form.text_en.errors = [str(_l("Please write the notice in both languages: readers of both find it."))]
            return _page(page, form, 422)
        form.seen.data = looked
        return _page(page, form, preview=True)
    try:
        made = notices.publish(page.paper, NoticeKind(form.kind.data), text, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        form.form_errors = [str(words) for words in error.fields.values()]
        return _page(page, form, 422)
    tell(_l("The notice is public. Its authors are told by mail."))
    return back("proceedings.notice", slug=page.event.slug, code=page.volume.code, number=made.number)

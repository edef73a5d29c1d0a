"""The authors' page to ask for another title or list of authors."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from confsys.core.access import access
from confsys.core.countries import names
from confsys.core.errors import Invalid
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.pages import notice
from confsys.publishing.forms import RecordForm
from confsys.publishing.operations import author_changes
from confsys.publishing.queries import finals
from confsys.publishing.views.author import bp, go_back, load, open_to_contacts
from confsys.submissions.content import content_of
from confsys.submissions.context import PaperPage
from confsys.submissions.forms.paper import author_in, move_row, values_of


def _page(page: PaperPage, form: RecordForm, status: int = 200) -> tuple[str, int]:
    return render_template(
        "publishing/record.html", page=page, paper=page.submission, event=page.event, form=form,
        countries=names(current_locale()).values(), waiting=finals.open_change(page.submission.id),
    ), status  # fmt: skip


@bp.get("/record")
@access(load, open_to_contacts)
def record(page: PaperPage) -> tuple[str, int]:
    return _page(page, RecordForm(formdata=None, data=values_of(content_of(page.submission))))


@bp.post("/record")
@access(load, open_to_contacts)
def ask(page: PaperPage) -> Any:
    form = RecordForm()
    name, _colon, command = request.form.get("rows", "").partition(":")
    if name == "authors":
        values = {key: value for key, value in form.data.items() if key != "csrf_token"}
        move_row(values["authors"], command, dict)
        return _page(page, RecordForm(formdata=None, data=values))
    if not form.validate_on_submit():
        return _page(page, form, 422)
    title = LocalizedText(form.title_en.data or "", form.title_zh.data or "")
    authors = tuple(author_in(entry.form) for entry in form.authors.entries)
    try:
        author_changes.ask(page.submission, title, authors, form.reason.data or "", actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        form.blame(error.fields)
        return _page(page, form, 422)
    notice(_l("Sent. The publication chair decides; until then the record stays as it is."))
    return go_back(page)


@bp.post("/record/withdraw")
@access(load, open_to_contacts)
def withdraw(page: PaperPage) -> Any:
    change = finals.open_change(page.submission.id)
    if change is not None:
        author_changes.withdraw(change, actor=page.viewer.actor, at=g.now)
        notice(_l("The change is withdrawn."))
    return go_back(page)

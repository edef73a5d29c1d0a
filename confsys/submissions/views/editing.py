"""Writing a paper: save, autosave, submit. Whatever goes wrong, what was typed comes back."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, render_template, request

from confsys.core.access import access
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.formatting import clock_time
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.submissions import operations, rules
from confsys.submissions.context import PaperPage, paper_page
from confsys.submissions.queries.records import call_window, files_of
from confsys.submissions.states import SubmissionState
from confsys.submissions.views.blueprint import bp, by_paper
from confsys.submissions.views.desk import Desk
from confsys.submissions.views.files import take, uploaded


def _show(desk: Desk, status: int = 200) -> tuple[str, int]:
    page = desk.page
    paper = page.submission
    is_draft = paper.state is SubmissionState.DRAFT
    return render_template(
        "submissions/edit.html", desk=desk, form=desk.form, event=page.event, paper=paper, is_draft=is_draft,
        window=call_window(page.event), files=files_of(paper), saved=_saved_line(page) if is_draft else None,
    ), status  # fmt: skip


def _saved_line(page: PaperPage) -> str:
    at = page.submission.saved_at
    return _("Saved as draft %(time)s", time=clock_time(at)) if at else ""


@bp.get("/my-papers/<int:number>/edit")
@access(paper_page, by_paper(rules.may_edit))
def edit(page: PaperPage) -> tuple[str, int]:
    return _show(Desk.of(page))


@bp.post("/my-papers/<int:number>/edit")
@access(paper_page, by_paper(rules.may_read_as_author))
def save(page: PaperPage) -> Any:
    """The rule is asked by the operation: a call that closed while somebody typed must give the text back."""
    desk = Desk.posted(page)
    if "rows" in request.form:
        return _show(desk.rows_changed())
    if not _saved(desk):
        return _show(desk, 409 if desk.changes else 403 if desk.door is not None else 422)
    stored = Desk.of(page)
    if not _file_taken(stored) or not _submitted(stored):
        return _show(stored, 422)
    return _done(page)


def _saved(desk: Desk) -> bool:
    if desk.unfit():
        return False
    page = desk.page
    try:
        operations.save(
            page.submission, desk.content, standing=page.standing.event, version=desk.form.seen_version,
            actor=page.viewer.actor, at=g.now,
        )  # fmt: skip
    except Invalid as error:
        desk.blame(error)
        return False
    except StaleVersion:
        desk.show_stale()
        return False
    except Refused as refusal:
        desk.door = refusal.denial
        return False
    return True


def _file_taken(desk: Desk) -> bool:
    """Keep the file that came with the form. One that is refused leaves everything else saved."""
    upload = uploaded()
    if upload is None:
        return True
    seen, _kept = take(desk.page, upload)
    if seen.refused:
        desk.form.blame({"file": " ".join(check.text for check in seen.refusals)})
        desk.kept = _("What you typed is saved. The file was not kept:")
        return False
    return True


def _submitted(desk: Desk) -> bool:
    """Submit when asked to. What is missing leaves a draft, and says so."""
    page = desk.page
    if request.form.get("action") != "submit" or page.submission.state is not SubmissionState.DRAFT:
        return True
    try:
        operations.submit(page.submission, standing=page.standing.event, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        desk.blame(error)
        desk.kept = _("Saved as a draft, not submitted yet. This is still missing:")
        return False
    notice(_l("Your paper was submitted. A receipt is on its way to all its contacts."))
    return True


def _done(page: PaperPage) -> Any:
    where = {"slug": page.event.slug, "number": page.submission.number}
    if page.submission.state is SubmissionState.DRAFT:
        notice(_l("Saved as a draft. It is not submitted yet."))
        return back(".edit", **where)
    if request.form.get("action") != "submit":
        notice(_l("Your changes are saved."))
    return back(".record", **where)


@bp.post("/my-papers/<int:number>/autosave")
@access(paper_page, by_paper(rules.may_read_as_author))
def autosave(page: PaperPage) -> Any:
    """Keep a draft while it is typed. A submitted paper changes only when somebody says so."""
    if page.submission.state is not SubmissionState.DRAFT:
        return jsonify(message=_("This paper is submitted: please save your changes yourself.")), 409
    desk = Desk.posted(page)
    try:
        operations.save(
            page.submission, desk.content, standing=page.standing.event, version=desk.form.seen_version,
            actor=page.viewer.actor, at=g.now, quiet=True,
        )  # fmt: skip
    except Invalid as error:
        return jsonify(message=str(error)), 422
    except StaleVersion:
        return jsonify(message=_("Somebody else saved this paper. Save it yourself to compare.")), 409
    except Refused as refusal:
        return jsonify(message=str(refusal.denial.reason)), 422
    return jsonify(saved=_saved_line(page), version=page.submission.version)

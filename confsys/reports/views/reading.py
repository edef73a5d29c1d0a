"""A report, the rows behind its figures, and its files."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.files import send
from confsys.core.i18n import current_locale
from confsys.reports import listing
from confsys.reports.context import (
    FilePage,
    ReportPage,
    RowsPage,
    file_page,
    readable,
    report_page,
    rows_page,
)
from confsys.reports.queries import reports
from confsys.reports.states import FileForm
from confsys.reports.views.blueprint import bp
from confsys.reports.words import FORMS

FORM_NAMES = ",".join(form.value for form in FileForm)


@bp.get("/reports/<code>")
@bp.get("/events/<slug>/reports/<code>")
@access(report_page, readable)
def show(page: ReportPage) -> str:
    report = page.report
    view = page.view if report.made_at is not None else None
    return render_template("reports/report.html", page=page, report=report, view=view, files=_files(page))


def _files(page: ReportPage) -> list[dict[str, str]]:
    """What can be downloaded, the reader's language first."""
    order = sorted(page.report.files, key=lambda one: (one.locale != current_locale(), one.locale, one.id))
    return [
        {
            "label": str(FORMS[one.form]), "locale": one.locale, "size": str(one.file.size),
            "href": page.href("download", form=one.form.value, locale=one.locale or None),
        }
        for one in order
    ]  # fmt: skip


@bp.get("/reports/<code>/rows/<figure>")
@bp.get("/events/<slug>/reports/<code>/rows/<figure>")
@access(rows_page, readable)
def rows(page: RowsPage) -> Any:
    found = listing.answer(page.figure, page.rows, request.args)
    if isinstance(found, Response):
        return found
    return render_template("reports/rows.html", page=page, figure=page.figure, rows=page.rows, found=found)


@bp.get(f"/reports/<code>/report.<any({FORM_NAMES}):form>")
@bp.get(f"/reports/<code>/<any(en,zh):locale>/report.<any({FORM_NAMES}):form>")
@bp.get(f"/events/<slug>/reports/<code>/report.<any({FORM_NAMES}):form>")
@bp.get(f"/events/<slug>/reports/<code>/<any(en,zh):locale>/report.<any({FORM_NAMES}):form>")
@access(file_page, readable)
def download(page: FilePage) -> Response:
    kept = reports.file_of(page.report, page.form, page.locale)
    if kept is None:
        raise NotFound
    about = str(page.report.year) if page.page is None else page.page.event.slug
    language = f"-{page.locale}" if page.locale else ""
    return send(kept.file, name=f"report-{about}{language}.{page.form.value}")

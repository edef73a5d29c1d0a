"""Lists of reports, and what makes, refreshes and freezes them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, redirect, render_template, request, url_for

from confsys.core.access import access, viewer_only
from confsys.core.errors import StaleVersion
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, event_page
from confsys.reports import rules
from confsys.reports.context import ReportPage, readable, report_page
from confsys.reports.forms import YearForm
from confsys.reports.models import Report
from confsys.reports.operations import reports as operations
from confsys.reports.queries import reports
from confsys.reports.states import ReportKind
from confsys.reports.views.blueprint import bp


def _this_year() -> int:
    zone = ZoneInfo(current_app.extensions["settings"].zone)
    return int(g.now.astimezone(zone).year)


def _to_progress(report: Report, target: str) -> Response:
    return redirect(url_for("core.job", job_id=report.job_id, next=target), code=303)  # type: ignore[return-value]


@bp.route("/reports", methods=["GET", "POST"])
@access(viewer_only, rules.may_read_year)
def years(viewer: Viewer) -> Any:
    """The society's reports, and the form that makes one."""
    form = YearForm(data={"year": _this_year()})
    if form.validate_on_submit():
        made = form.attempt(lambda: operations.ask_year(form.year.data, actor=viewer.actor, at=g.now))
        if made:
            return _to_progress(made, url_for(".show", code=made.code))
    return render_template("reports/years.html", form=form, lines=reports.of_years()), form.status


@bp.get("/events/<slug>/reports")
@access(event_page, by_standing(rules.may_read_exchange))
def of_event(page: EventPage) -> str:
    return render_template("reports/event.html", event=page.event, lines=reports.of_event(page.event.id))


@bp.post("/events/<slug>/reports")
@access(event_page, by_standing(rules.may_read_exchange))
def make(page: EventPage) -> Response:
    made = operations.ask_exchange(page.event, actor=page.viewer.actor, at=g.now)
    return _to_progress(made, url_for(".show", slug=page.event.slug, code=made.code))


@bp.post("/reports/<code>/refresh")
@bp.post("/events/<slug>/reports/<code>/refresh")
@access(report_page, readable)
def refresh(page: ReportPage) -> Response:
    """Count again. Of a frozen report a new one is made beside it."""
    actor, report = page.viewer.actor, page.report
    if report.kind is ReportKind.YEAR and report.year is not None:
        made = operations.ask_year(report.year, actor=actor, at=g.now)
        return _to_progress(made, url_for(".show", code=made.code))
    assert page.page is not None  # noqa: S101  the other kind has an event
    made = operations.ask_exchange(page.page.event, actor=actor, at=g.now)
    return _to_progress(made, url_for(".show", slug=page.page.event.slug, code=made.code))


@bp.post("/reports/<code>/freeze")
@bp.post("/events/<slug>/reports/<code>/freeze")
@access(report_page, readable)
def freeze(page: ReportPage) -> Response:
    text = request.form.get("version", "")
    try:
        operations.freeze(page.report, version=int(text) if text.isdigit() else 0, actor=page.viewer.actor, at=g.now)
        notice(_l("Frozen: the figures stay as they are now."))
    except StaleVersion:
        notice(_l("The figures were brought up to date meanwhile. Look at them, then freeze the report."), "warning")
    return redirect(page.href("show"), code=303)  # type: ignore[return-value]  # Flask's own Response

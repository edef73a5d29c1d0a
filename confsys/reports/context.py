"""From an address of this room to what it names, with the viewer's standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.exceptions import NotFound

from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page
from confsys.reports import reading, rules
from confsys.reports.models import Report
from confsys.reports.queries import reports
from confsys.reports.reading import FigureView, ReportView, RowsView
from confsys.reports.states import FileForm


@dataclass(frozen=True, slots=True)
class ReportPage:
    """``page``: the event's, for a report on an event."""

    viewer: Viewer
    report: Report
    page: EventPage | None

    def href(self, endpoint: str, **values: Any) -> str:
        slug = self.page.event.slug if self.page is not None else None
        return url_for(f"reports.{endpoint}", slug=slug, code=self.report.code, **values)

    @property
    def view(self) -> ReportView:
        return reading.read(self.report.data)


@dataclass(frozen=True, slots=True)
class RowsPage(ReportPage):
    """The rows behind one figure of a report."""

    shown: ReportView
    figure: FigureView
    rows: RowsView


@dataclass(frozen=True, slots=True)
class FilePage(ReportPage):
    form: FileForm
    locale: str


def report_page(viewer: Viewer, code: str, slug: str | None = None) -> ReportPage:
    report = reports.by_code(code)
    if report is None or (report.event_id is None) != (slug is None):
        raise NotFound
    page = event_page(viewer, slug) if slug is not None else None
    if page is not None and page.event.id != report.event_id:
        raise NotFound
    return ReportPage(viewer, report, page)


def rows_page(viewer: Viewer, code: str, figure: str, slug: str | None = None) -> RowsPage:
    page = report_page(viewer, code, slug)
    shown = page.view if page.report.made_at is not None else None
    found = shown.figure(figure) if shown is not None else None
    if shown is None or found is None:
        raise NotFound
    return RowsPage(page.viewer, page.report, page.page, shown, *found)


def file_page(viewer: Viewer, code: str, form: str, locale: str = "", slug: str | None = None) -> FilePage:
    page = report_page(viewer, code, slug)
    return FilePage(page.viewer, page.report, page.page, FileForm(form), locale)


def readable(page: ReportPage) -> Decision:
    """Rows and files have the rights of their report."""
    if page.page is None:
        return rules.may_read_year(page.viewer)
    return rules.may_read_exchange(page.page.standing)

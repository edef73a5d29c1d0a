"""The report as a workbook: the figures, the charts with their numbers, and every row behind them.

On a sheet of rows each figure has a column of its own that marks with 1 the rows it was counted from: a reader filters
or adds up what the report says.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from confsys.core.exporting import safe
from confsys.core.i18n import gettext as _
from confsys.core.money import Money
from confsys.reports.reading import ChartView, FigureView, PartView, ReportView, RowsView, said

BOLD = Font(bold=True)
LINK = Font(color="0F5A5E", underline="single")
WIDEST = 60


def workbook(view: ReportView) -> bytes:
    """The XLSX in the language that is forced at present."""
    book = Workbook()
    sheets = _Sheets(book)
    front = book.active
    assert isinstance(front, Worksheet)  # noqa: S101  a new workbook has one
    front.title = sheets.name(_("Figures"))
    targets = {
        (part.key, rows.key): _rows(book.create_sheet(sheets.name(rows.title)), part, rows)
        for part in view.parts
        for rows in part.rows
    }
    _front(front, view, targets)
    _charts(book, sheets, view)
    for part in view.parts:
        for table in part.tables:
            if table.rows:
                sheet = book.create_sheet(sheets.name(table.title))
                _lines(sheet, [list(table.columns), *[list(row) for row in table.rows]])
    sink = io.BytesIO()
    book.properties.title = view.title
    book.properties.created = book.properties.modified = view.made_at.replace(tzinfo=None)
    book.save(sink)
    return sink.getvalue()


class _Sheets:
    """Names of sheets: at most 31 characters, without some signs, each once whatever its case."""

    def __init__(self, book: Workbook) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        plain = "".join(c for c in wanted if c not in "[]:*?/\\'")[:27] or "-"
        number, name = 1, plain
        while name.lower() in self._taken:
            number += 1
            name = f"{plain} {number}"
        self._taken.add(name.lower())
        return name


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    cell = sheet.cell(row, column)
    plain = value if isinstance(value, date) else safe(value)
    cell.value = plain
    if isinstance(plain, str):
        cell.data_type = "s"  # text stays text, whatever it looks like
    return cell


def _front(sheet: Worksheet, view: ReportView, targets: dict[tuple[str, str], str]) -> None:
    _put(sheet, 1, 1, view.title).font = Font(bold=True, size=14)
    for column, title in enumerate((_("Part"), _("Figure"), _("Value"), _("Counted from"), _("Rows")), 1):
        _put(sheet, 3, column, title).font = BOLD
    line = 4
    for part, figure in view.figures():
        _put(sheet, line, 1, part.title)
        _put(sheet, line, 2, figure.label)
        value = _put(sheet, line, 3, figure.words if figure.few else _plain(figure.value, figure.kind, figure.unit))
        value.number_format, value.alignment = _format(figure.kind), Alignment(horizontal="right")
        _put(sheet, line, 4, figure.basis or figure.note)
        if figure.opens:
            link = _put(sheet, line, 5, len(figure.at))
            link.hyperlink, link.font = f"#'{targets[part.key, figure.rows]}'!A1", LINK
        line += 1
    sheet.freeze_panes = "A4"
    _widths(sheet)


def _rows(sheet: Worksheet, part: PartView, rows: RowsView) -> str:
    """All rows, with a mark for each figure that was counted from them; gives the name of the sheet."""
    counted = [figure for figure in part.figures if figure.rows == rows.key]
    for place, title in enumerate([*(c.label for c in rows.columns), *(f.label for f in counted)], 1):
        _put(sheet, 1, place, title).font = BOLD
    marks = [_marks(figure) for figure in counted]
    for number, row in enumerate(rows.rows):
        for place, (value, column) in enumerate(zip(row, rows.columns, strict=True), 1):
            cell = _put(sheet, number + 2, place, _plain(value, column.kind))
            cell.number_format = _format(column.kind)
        for place, mark in enumerate(marks, len(rows.columns) + 1):
            if number in mark:
                _put(sheet, number + 2, place, 1)
    sheet.freeze_panes = "A2"
    if rows.rows:
        sheet.auto_filter.ref = sheet.dimensions
    _widths(sheet)
    return str(sheet.title)


def _marks(figure: FigureView) -> frozenset[int]:
    return frozenset(figure.hits if figure.measure == "share" else figure.at)


def _charts(book: Workbook, sheets: _Sheets, view: ReportView) -> None:
    charts = [chart for part in view.parts for chart in part.charts]
    if not charts:
        return
    sheet, top = book.create_sheet(sheets.name(_("Charts")), 1), 1
    for chart in charts:
        top = _chart(sheet, chart, top)
    _widths(sheet)


def _chart(sheet: Worksheet, chart: ChartView, top: int) -> int:
    """The numbers, and beside them the chart made of them; gives the line where the next one begins."""
    _put(sheet, top, 1, chart.title).font = BOLD
    for place, (label, values) in enumerate(chart.series, 2):
        _put(sheet, top + 1, place, label).font = BOLD
        for number, value in enumerate(values):
            _put(sheet, top + 2 + number, place, value)
    for number, label in enumerate(chart.labels):
        _put(sheet, top + 2 + number, 1, label)
    last = top + 1 + len(chart.labels)
    made = LineChart() if chart.kind == "line" else BarChart()
    if isinstance(made, BarChart):
        made.type = "bar" if chart.across else "col"
        made.grouping, made.overlap = ("stacked", 100) if chart.kind == "stacked" else ("clustered", None)
    made.title, made.height, made.width = chart.title, 7.5, 15
    made.x_axis.delete = made.y_axis.delete = False
    if isinstance(made, BarChart) and chart.across:
        made.x_axis.scaling.orientation = "maxMin"
    made.add_data(Reference(sheet, 2, top + 1, 1 + len(chart.series), last), titles_from_data=True)
    made.set_categories(Reference(sheet, 1, top + 2, 1, last))
    sheet.add_chart(made, f"{get_column_letter(len(chart.series) + 4)}{top}")
    return max(last, top + 16) + 2


def _plain(value: Any, kind: str, unit: str = "") -> Any:
    """What a spreadsheet can reckon with: a date, a number, money in whole units of its currency."""
    value = said(value)
    if value is None or value == "":
        return None
    if kind == "date":
        return datetime.fromisoformat(value).date() if "T" in value else date.fromisoformat(value)
    if kind == "money":
        return float(Money(round(value), unit or "CNY").amount)
    return value


def _format(kind: str) -> str:
    return {"percent": "0.0%", "money": "#,##0.00", "date": "yyyy-mm-dd", "days": "0.0"}.get(kind, "General")


def _lines(sheet: Worksheet, lines: Sequence[Sequence[Any]]) -> None:
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line, 1):
            cell = _put(sheet, number, place, value)
            if number == 1:
                cell.font = BOLD
    sheet.freeze_panes = "A2"
    _widths(sheet)


def _widths(sheet: Worksheet) -> None:
    """Wide enough for what stands there; a Chinese character takes the room of two."""
    for column in sheet.iter_cols():
        texts = ("" if cell.value is None else str(cell.value) for cell in column[1:])
        longest = max((sum(2 if ord(c) > 0x2E7F else 1 for c in text) for text in texts), default=8)
        sheet.column_dimensions[get_column_letter(column[0].column or 1)].width = min(WIDEST, max(10, longest + 2))

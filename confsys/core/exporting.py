"""Every list as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from werkzeug.http import dump_options_header

#: A cell that begins so would be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Any) -> Any:
    """A value a spreadsheet shows and does not run."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (int, float)) or value is None:
        return value
    text = str(value)
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV in pieces, with the mark that makes spreadsheets read it as UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for row in (header, *rows) if isinstance(rows, Sequence) else _chain(header, rows):
        writer.writerow(["" if value is None else safe(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _chain(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield header
    yield from rows


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(c for c in title if c not in "[]:*?/\\")[:31] or "Sheet")
    sheet.freeze_panes = "A2"
    for row in _chain(header, rows):
        cells = []
        for value in row:
            plain = safe(value)
            cell = WriteOnlyCell(sheet, value=plain)
            if isinstance(plain, str):
                cell.data_type = "s"  # text stays text, whatever it looks like
            cells.append(cell)
        sheet.append(cells)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def download(format_: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The answer to ``?format=csv`` or ``?format=xlsx``."""
    if format_ == "xlsx":
        response = Response(as_xlsx(header, rows, name), mimetype=XLSX)
    else:
        response = Response("".join(as_csv(header, rows)), mimetype="text/csv; charset=utf-8")
    file_name = f"{name}.{'xlsx' if format_ == 'xlsx' else 'csv'}"
    ascii_name = file_name.encode("ascii", "ignore").decode()
    names = {"filename": ascii_name} if ascii_name == file_name else {"filename": ascii_name, "filename*": file_name}
    response.headers["Content-Disposition"] = dump_options_header("attachment", names)
    return response

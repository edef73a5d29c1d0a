"""The rows behind a figure as a list: found, sorted, paged and exported like every other, but from what was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response

from confsys.core import listing
from confsys.core.exporting import download
from confsys.core.listing import PAGE_SIZE
from confsys.core.names import folded
from confsys.reports.reading import FigureView, RowsView, said, worded

Row = Sequence[Any]


def answer(figure: FigureView, rows: RowsView, arguments: Mapping[str, str]) -> listing.Page[Row] | Response:
    """A page of rows for the template, or all of them as a file."""
    kept = [rows.rows[n] for n in figure.at]
    query, sort = arguments.get("q", "").strip()[:300], arguments.get("sort", "")
    found = _sorted(_narrowed(kept, rows, query), rows, sort)
    if arguments.get("format") in {"csv", "xlsx"}:
        header = [column.label for column in rows.columns]
        return download(arguments["format"], figure.key, header, [[said(value) for value in row] for row in found])
    pages = max(1, -(-len(found) // PAGE_SIZE))
    asked = arguments.get("page", "")
    number = min(max(1, int(asked) if asked.isdigit() and len(asked) < 7 else 1), pages)
    window = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]

    def address(**changed: Any) -> str:
        state = {"q": query, "sort": sort, **changed}
        return "?" + urlencode({name: value for name, value in state.items() if value})

    return listing.Page(window, len(found), number, pages, query, sort, [], _columns(rows), address)


def _columns(rows: RowsView) -> list[listing.Column[Row]]:
    def column(place: int, key: str, label: str, kind: str) -> listing.Column[Row]:
        shown = kind if kind in {"text", "date"} else "number"
        # Any sort at all: the template only asks whether the column has one.
        return listing.Column(key, label, lambda row: worded(row[place], kind), True, shown)  # type: ignore[arg-type]

    return [column(place, c.key, c.label, c.kind) for place, c in enumerate(rows.columns)]


def _narrowed(found: list[Row], rows: RowsView, query: str) -> list[Row]:
    """Rows in which every word stands somewhere, as the reader sees them."""
    words = folded(query).split()
    if not words:
        return found
    return [row for row in found if _has_all(words, row, rows)]


def _has_all(words: Sequence[str], row: Row, rows: RowsView) -> bool:
    text = folded(" ".join(worded(value, c.kind) for value, c in zip(row, rows.columns, strict=True)))
    return all(word in text for word in words)


def _sorted(found: list[Row], rows: RowsView, sort: str) -> list[Row]:
    place = next((n for n, c in enumerate(rows.columns) if c.key == sort.removeprefix("-")), None)
    if place is None:
        return found
    known = [row for row in found if row[place] is not None]
    known.sort(key=lambda row: _key(row[place]), reverse=sort.startswith("-"))
    return known + [row for row in found if row[place] is None]


def _key(value: Any) -> Any:
    value = said(value)
    return value if isinstance(value, (int, float)) else str(value)

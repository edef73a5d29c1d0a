"""From what the rooms contribute to one plain document that can be kept, in both languages.

    {"schema", "kind", "title", "first", "last", "made_at",
     "parts": [{"key", "title", "lead", "figures", "charts", "tables", "rows"}]}

Its shape is written down in ``docs/report.schema.json``. Small counts of people are left out here, before anything is
kept: neither page nor file can hold them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from confsys.core.formatting import day
from confsys.core.i18n import Lazy, force_locale
from confsys.core.localized import LOCALES, LocalizedText
from confsys.core.registry import (
    Behind,
    ReportChart,
    ReportFigure,
    ReportPart,
    ReportRows,
    ReportScope,
    ReportTable,
    contributed,
)
from confsys.core.reporting import FEW, guarded

SCHEMA = "confsys-report/1"


class TwoFigures(RuntimeError):
    """Two rooms gave one key to different figures: a fault of theirs that would mix up a data file."""


def collect(scope: ReportScope, *, kind: str, title: LocalizedText, at: datetime) -> dict[str, Any]:
    """The whole report. Raises TwoFigures."""
    freezer = _Freezer()
    parts = [freezer.part(part) for part in contributed("report", scope)]
    keys = [figure["key"] for part in parts for figure in part["figures"]]
    if len(keys) != len(set(keys)):
        raise TwoFigures(", ".join(sorted({key for key in keys if keys.count(key) > 1})))
    return {
        "schema": SCHEMA, "kind": kind, "title": title.as_dict(), "first": scope.first.isoformat(),
        "last": scope.last.isoformat(), "made_at": at.isoformat(), "parts": parts,
    }  # fmt: skip


class _Freezer:
    """Texts said in both languages; each Lazy only once."""

    def __init__(self) -> None:
        self._said: dict[int, tuple[Lazy, dict[str, str]]] = {}

    def text(self, value: Any) -> dict[str, str]:
        if isinstance(value, LocalizedText):
            return {locale: value.in_(locale) for locale in LOCALES}
        if not isinstance(value, Lazy):
            return dict.fromkeys(LOCALES, str(value))
        if id(value) not in self._said:
            said = {}
            for locale in LOCALES:
                with force_locale(locale):
                    said[locale] = str(value)
            self._said[id(value)] = (value, said)  # kept with the Lazy, so that its id stays its own
        return self._said[id(value)][1]

    def cell(self, value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if isinstance(value, (Lazy, LocalizedText)):
            return self.text(value)
        return str(value)

    def texts(self, values: Iterable[Any]) -> list[dict[str, str]]:
        return [self.text(value) for value in values]

    def part(self, part: ReportPart) -> dict[str, Any]:
        return {
            "key": part.key, "title": self.text(part.title), "lead": self.text(part.lead),
            "figures": [self.figure(figure) for figure in part.figures],
            "charts": [self.chart(chart) for chart in part.charts],
            "tables": [self.table(table) for table in part.tables],
            "rows": [self.rows(rows) for rows in part.rows],
        }  # fmt: skip

    def figure(self, figure: ReportFigure) -> dict[str, Any]:
        # Nought, too: where it is told, "fewer than five" would say that there is somebody.
        few = figure.sensitive and figure.value is not None and figure.value < FEW
        return {
            "key": figure.key, "label": self.text(figure.label), "kind": figure.kind, "unit": figure.unit,
            "value": None if few else figure.value, "few": few, "note": self.text(figure.note),
            "href": "" if few else figure.href,
            "behind": None if few or figure.sensitive else _behind(figure.behind),
        }  # fmt: skip

    def chart(self, chart: ReportChart) -> dict[str, Any]:
        series = [
            {"label": self.text(label), "values": guarded(values) if chart.sensitive else list(values)}
            for label, values in chart.series
        ]
        left_out = chart.sensitive and any(None in one["values"] for one in series)
        return {
            "key": chart.key, "title": self.text(chart.title), "see": self.text(chart.see), "kind": chart.kind,
            "across": chart.across, "labels": self.texts(chart.labels), "series": series, "few": left_out,
        }  # fmt: skip

    def table(self, table: ReportTable) -> dict[str, Any]:
        return {
            "key": table.key, "title": self.text(table.title), "columns": self.texts(table.columns),
            "rows": [[self.shown(value) for value in row] for row in table.rows],
        }  # fmt: skip

    def shown(self, value: Any) -> Any:
        """A cell of a table is only read, never sorted or counted: a date stands there in words."""
        if not isinstance(value, date):
            return self.cell(value)
        words = {}
        for locale in LOCALES:
            with force_locale(locale):
                words[locale] = day(value)
        return words

    def rows(self, rows: ReportRows) -> dict[str, Any]:
        columns = [{"key": key, "label": self.text(label), "kind": kind} for key, label, kind in rows.columns]
        lines = [[self.cell(value) for value in row] for row in rows.rows]
        return {"key": rows.key, "title": self.text(rows.title), "columns": columns, "rows": lines}


def _behind(behind: Behind | None) -> dict[str, Any] | None:
    if behind is None:
        return None
    return {
        "rows": behind.rows, "at": list(behind.at), "measure": behind.measure, "column": behind.column,
        "hits": list(behind.hits),
    }  # fmt: skip

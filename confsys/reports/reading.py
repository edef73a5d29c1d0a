"""A kept report in the reader's language: frozen views of its parts, and the words of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.numbers import format_currency

from confsys.core import formatting
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.money import Money
from confsys.core.reporting import FEW


def said(value: Any) -> Any:
    """A kept text in the reader's language; anything else as it is."""
    return value[current_locale()] if isinstance(value, dict) else value


def worded(value: Any, kind: str, unit: str = "") -> str:
    """A value as a reader sees it; a dash where nothing is known."""
    value = said(value)
    if value is None or value == "":
        return "–"
    if kind == "date":
        moment = str(value)
        return formatting.day(datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _number(value, kind, unit) if isinstance(value, (int, float)) else str(value)


def _number(value: float, kind: str, unit: str) -> str:
    if kind == "percent":
        return formatting.percent(round(value, 3))
    if kind == "money":
        return _amount(Money(round(value), unit or "CNY"))
    if kind == "days":
        return _("%(days)s days", days=formatting.number(round(value, 1)))
    if kind == "year":
        return str(value)
    return formatting.number(round(value, 2))


def _amount(money: Money) -> str:
    """A report rounds nothing, but does not write noughts after the point either."""
    whole = money.amount == money.amount.to_integral_value()
    locale = formatting.BABEL_LOCALES[current_locale()]
    return format_currency(
        money.amount, money.currency, "¤#,##0" if whole else None, locale=locale, currency_digits=not whole
    )


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class RowsView:
    """Rows as kept: cells are plain values."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class FigureView:
    """``at``: which rows of ``rows`` stand behind it; ``opens`` says whether a reader can look at them."""

    key: str
    label: str
    kind: str
    unit: str
    value: float | None
    few: bool
    note: str
    href: str
    rows: str
    at: Sequence[int]
    hits: Sequence[int]
    measure: str
    column: str

    @property
    def opens(self) -> bool:
        return bool(self.rows)

    @property
    def words(self) -> str:
        if self.few:
            return _("fewer than %(few)s", few=FEW)
        return worded(self.value, self.kind, self.unit)

    @property
    def basis(self) -> str:
        """What the figure was made of, where the number alone does not say it."""
        if self.measure == "share":
            return _("%(hits)s of %(all)s", hits=formatting.number(len(self.hits)), all=formatting.number(len(self.at)))
        if self.measure in {"mean", "median"} and self.at:
            return _("from %(count)s rows", count=formatting.number(len(self.at)))
        return ""


@dataclass(frozen=True, slots=True)
class ChartView:
    key: str
    title: str
    see: str
    kind: str
    across: bool
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    few: bool

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """The series as the design system's chart takes them."""
        return [{"label": label, "values": values} for label, values in self.series]


@dataclass(frozen=True, slots=True)
class TableView:
    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class PartView:
    key: str
    title: str
    lead: str
    figures: Sequence[FigureView]
    charts: Sequence[ChartView]
    tables: Sequence[TableView]
    rows: Sequence[RowsView]


@dataclass(frozen=True, slots=True)
class ReportView:
    title: str
    first: date
    last: date
    made_at: datetime
    parts: Sequence[PartView]

    def figures(self) -> Iterator[tuple[PartView, FigureView]]:
        for part in self.parts:
            for figure in part.figures:
                yield part, figure

    def figure(self, key: str) -> tuple[FigureView, RowsView] | None:
        """A figure and the table its rows are in; None unless its rows can be opened."""
        for part, figure in self.figures():
            if figure.key == key and figure.opens:
                return figure, next(rows for rows in part.rows if rows.key == figure.rows)
        return None


def read(data: Mapping[str, Any]) -> ReportView:
    """The report in the language of whoever reads now."""
    return ReportView(
        title=said(data["title"]), first=date.fromisoformat(data["first"]), last=date.fromisoformat(data["last"]),
        made_at=datetime.fromisoformat(data["made_at"]), parts=[_part(part) for part in data["parts"]],
    )  # fmt: skip


def _part(part: Mapping[str, Any]) -> PartView:
    return PartView(
        key=part["key"], title=said(part["title"]), lead=said(part["lead"]),
        figures=[_figure(figure) for figure in part["figures"]],
        # One bar alone shows nothing that its figure does not.
        charts=[_chart(chart) for chart in part["charts"] if len(chart["labels"]) > 1],
        tables=[_table(table) for table in part["tables"]], rows=[_rows(rows) for rows in part["rows"]],
    )  # fmt: skip


def _figure(figure: Mapping[str, Any]) -> FigureView:
    behind = figure["behind"] or {"rows": "", "at": [], "hits": [], "measure": "", "column": ""}
    return FigureView(
        key=figure["key"], label=said(figure["label"]), kind=figure["kind"], unit=figure["unit"],
        value=figure["value"], few=figure["few"], note=said(figure["note"]), href=figure["href"], **behind,
    )  # fmt: skip


def _chart(chart: Mapping[str, Any]) -> ChartView:
    return ChartView(
        key=chart["key"], title=said(chart["title"]), see=said(chart["see"]), kind=chart["kind"],
        across=chart["across"], labels=[said(label) for label in chart["labels"]],
        series=[(said(one["label"]), one["values"]) for one in chart["series"]], few=chart["few"],
    )  # fmt: skip


def _table(table: Mapping[str, Any]) -> TableView:
    rows = [[worded(value, "number") for value in row] for row in table["rows"]]
    return TableView(table["key"], said(table["title"]), [said(column) for column in table["columns"]], rows)


def _rows(rows: Mapping[str, Any]) -> RowsView:
    columns = [Column(column["key"], said(column["label"]), column["kind"]) for column in rows["columns"]]
    return RowsView(rows["key"], said(rows["title"]), columns, rows["rows"])

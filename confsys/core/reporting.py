"""Figures that cannot disagree with the rows behind them: a room gives rows, and its figures are counted from them.

papers = Rows("papers", _l("Papers"), found, [Col("track", _l("Track"), lambda p: p.track)])
papers.count("papers.accepted", _l("Accepted"), lambda p: p.accepted)
ReportPart(…, figures=[…], rows=[papers.table()])
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app

from confsys.core.i18n import Lazy
from confsys.core.registry import Behind, ReportFigure, ReportRows, ReportScope

T = TypeVar("T")
#: Fewer people than this might be recognised.
FEW = 5


@dataclass(frozen=True, slots=True)
class Col(Generic[T]):
    """A column of the rows; ``kind``: text, number, date, days, percent, rating or money."""

    key: str
    label: Lazy | str
    value: Callable[[T], Any]
    kind: str = "text"


class Rows(Generic[T]):
    """Things to count, with what a reader sees of each. Every figure remembers which of them it was counted from."""

    def __init__(self, key: str, title: Lazy | str, items: Iterable[T], columns: Sequence[Col[T]]) -> None:
        self.key, self.title, self.items, self.columns = key, title, list(items), columns

    def table(self) -> ReportRows:
        columns = [(c.key, c.label, c.kind) for c in self.columns]
        return ReportRows(self.key, self.title, columns, [[c.value(item) for c in self.columns] for item in self.items])

    def _at(self, keep: Callable[[T], bool] | None) -> tuple[int, ...]:
        return tuple(n for n, item in enumerate(self.items) if keep is None or keep(item))

    def _values(self, column: str, at: Iterable[int]) -> list[float]:
        read = next(c.value for c in self.columns if c.key == column)
        return [value for n in at if (value := read(self.items[n])) is not None]

    def count(
        self, key: str, label: Lazy | str, keep: Callable[[T], bool] | None = None, *, note: Lazy | str = "",
        sensitive: bool = False,
    ) -> ReportFigure:  # fmt: skip
        at = self._at(keep)
        return ReportFigure(key, label, len(at), note=note, behind=Behind(self.key, at), sensitive=sensitive)

    def total(
        self, key: str, label: Lazy | str, column: str, keep: Callable[[T], bool] | None = None, *,
        note: Lazy | str = "", kind: str = "number", unit: str = "",
    ) -> ReportFigure:  # fmt: skip
        at = self._at(keep)
        behind = Behind(self.key, at, "total", column)
        return ReportFigure(key, label, sum(self._values(column, at)), note=note, kind=kind, unit=unit, behind=behind)

    def share(
        self, key: str, label: Lazy | str, of: Callable[[T], bool], among: Callable[[T], bool] | None = None, *,
        note: Lazy | str = "",
    ) -> ReportFigure:  # fmt: skip
        """How many of those ``among`` are ``of``; not known when there are none."""
        at = self._at(among)
        hits = tuple(n for n in at if of(self.items[n]))
        value = len(hits) / len(at) if at else None
        return ReportFigure(
            key, label, value, note=note, kind="percent", behind=Behind(self.key, at, "share", hits=hits)
        )

    def mean(
        self, key: str, label: Lazy | str, column: str, keep: Callable[[T], bool] | None = None, *,
        note: Lazy | str = "", kind: str = "number",
    ) -> ReportFigure:  # fmt: skip
        return self._middle("mean", key, label, column, keep, note, kind)

    def median(
        self, key: str, label: Lazy | str, column: str, keep: Callable[[T], bool] | None = None, *,
        note: Lazy | str = "", kind: str = "number",
    ) -> ReportFigure:  # fmt: skip
        return self._middle("median", key, label, column, keep, note, kind)

    def _middle(
        self, measure: str, key: str, label: Lazy | str, column: str, keep: Callable[[T], bool] | None,
        note: Lazy | str, kind: str,
    ) -> ReportFigure:  # fmt: skip
        """Of rows without a value in the column nothing is known, so they do not stand behind the figure."""
        read = next(c.value for c in self.columns if c.key == column)
        at = tuple(n for n in self._at(keep) if read(self.items[n]) is not None)
        value = measured(measure, self._values(column, at))
        return ReportFigure(key, label, value, note=note, kind=kind, behind=Behind(self.key, at, measure, column))


def measured(measure: str, values: Sequence[float]) -> float | None:
    """What a measure makes of the values of its rows."""
    if measure == "total":
        return sum(values)
    if not values:
        return None
    return float(statistics.fmean(values) if measure == "mean" else statistics.median(values))


def span_of(scope: ReportScope) -> tuple[datetime, datetime]:
    """The moments between which the days of the report lie, in the society's zone; the last does not belong."""
    zone = ZoneInfo(current_app.extensions["settings"].zone)
    first = datetime.combine(scope.first, time(), tzinfo=zone)
    return first, datetime.combine(scope.last + timedelta(days=1), time(), tzinfo=zone)


def days_between(first: datetime | None, last: datetime | None) -> float | None:
    """Whole and broken days, to a tenth."""
    if first is None or last is None:
        return None
    return round((last - first).total_seconds() / 86400, 1)


def guarded(values: Sequence[float | None]) -> list[float | None]:
    """Counts of people by group, as they may be told: small ones are left out.

    Where one alone is left out it could be found from the sum, so the next smallest goes with it.
    """
    told = [None if value is not None and 0 < value < FEW else value for value in values]
    left_out = sum(before is not None and after is None for before, after in zip(values, told, strict=True))
    if left_out == 1:
        rest = [n for n, value in enumerate(told) if value]
        if rest:
            told[min(rest, key=lambda n: told[n] or 0)] = None
    return told

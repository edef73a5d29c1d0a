"""Lists that page, sort, filter and export, all in the database.

A room declares a ``Listing`` once: columns, filters, search. The address holds the whole state: ``q`` is the
query as typed ("state:submitted 张伟"; a chip only writes it), ``sort``, ``page``, ``format``.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import urlencode

from flask import Response, request
from sqlalchemy import Select, func, select
from sqlalchemy.sql.elements import SQLCoreOperations

from confsys.core.db import db
from confsys.core.exporting import download
from confsys.core.i18n import Lazy

R = TypeVar("R")
#: A query of whatever columns, and something it can be ordered by.
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
Sortable: TypeAlias = SQLCoreOperations[Any]
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """``value`` gives the exported value; the page draws its own cell. ``sort`` is a database expression."""

    key: str
    label: Lazy | str
    value: Callable[[R], Any]
    sort: Sortable | None = None
    kind: str = "text"  # text, number, date, state
    #: Left out of the table but part of the export.
    export_only: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """``state:submitted``. ``choices`` gives (value, label); ``apply`` narrows the query."""

    key: str
    label: Lazy | str
    choices: Callable[[], Sequence[tuple[str, Lazy | str]]]
    apply: Callable[[AnySelect, str], AnySelect]


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    href: str
    active: bool


@dataclass(frozen=True)
class Page(Generic[R]):
    """What the template draws."""

    rows: Sequence[R]
    total: int
    number: int
    pages: int
    query: str
    sort: str
    chips: Sequence[tuple[str, Sequence[Chip]]]
    columns: Sequence[Column[R]]
    address: Callable[..., str]

    def sort_href(self, column: Column[R]) -> str:
        return self.address(sort=f"-{column.key}" if self.sort == column.key else column.key, page=None)

    @property
    def previous_href(self) -> str:
        return self.address(page=self.number - 1) if self.number > 1 else ""

    @property
    def next_href(self) -> str:
        return self.address(page=self.number + 1) if self.number < self.pages else ""

    def export_href(self, format_: str) -> str:
        return self.address(format=format_, page=None)


@dataclass(frozen=True)
class Listing(Generic[R]):
    """One list of the product. ``view`` turns database rows into the frozen views a page may show."""

    name: str
    columns: Sequence[Column[R]]
    view: Callable[[Sequence[Any]], Sequence[R]]
    search: Callable[[AnySelect, str], AnySelect]
    filters: Sequence[Filter] = ()
    default_sort: str = ""
    #: Makes the order total, so that pages neither repeat nor skip a row.
    tie_break: Sequence[Sortable] = field(default_factory=tuple)

    def selected(self, query: AnySelect, text: str) -> AnySelect:
        """The query narrowed by what was typed. Unknown words are searched, not refused."""
        known = {f.key: f for f in self.filters}
        words = []
        for word in _words(text):
            key, colon, value = word.partition(":")
            if colon and key in known and value:
                query = known[key].apply(query, value)
            else:
                words.append(word)
        return self.search(query, " ".join(words)) if words else query

    def _ordered(self, query: AnySelect, sort: str) -> AnySelect:
        sorts = {c.key: c.sort for c in self.columns if c.sort is not None}
        expression = sorts.get(sort.removeprefix("-"))
        if expression is None:
            return query.order_by(*self.tie_break)
        direction = expression.desc().nulls_last() if sort.startswith("-") else expression.asc().nulls_last()
        return query.order_by(direction, *self.tie_break)

    def answer(self, query: AnySelect, arguments: Mapping[str, str] | None = None) -> Page[R] | Response:
        """A page for the template, or the whole list as a file when the address asks for one."""
        arguments = request.args if arguments is None else arguments
        text, sort = arguments.get("q", "").strip()[:300], arguments.get("sort", "") or self.default_sort
        narrowed = self.selected(query, text)
        if arguments.get("format") in {"csv", "xlsx"}:
            return self._download(self._ordered(narrowed, sort), arguments["format"])
        total = db.session.scalar(select(func.count()).select_from(narrowed.order_by(None).subquery())) or 0
        pages = max(1, -(-total // PAGE_SIZE))
        number = min(max(1, _whole(arguments.get("page"))), pages)
        window = self._ordered(narrowed, sort).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
        rows = self.view(db.session.execute(window).all())

        def address(**changed: Any) -> str:
            state = {
                "q": text,
                "sort": "" if sort == self.default_sort else sort,
                "page": "" if number == 1 else number,
            }
            state.update({key: "" if value in (None, 1) and key == "page" else value for key, value in changed.items()})
            return "?" + urlencode({key: value for key, value in state.items() if value})

        shown = [c for c in self.columns if not c.export_only]
        return Page(rows, total, number, pages, text, sort, self._chips(text, address), shown, address)

    def _chips(self, text: str, address: Callable[..., str]) -> list[tuple[str, list[Chip]]]:
        words = _words(text)
        groups = []
        for f in self.filters:
            others = [word for word in words if not word.startswith(f"{f.key}:")]
            chips = []
            for value, label in f.choices():
                word = f"{f.key}:{value}"
                active = word in words
                wanted = others if active else [*others, word]
                query = " ".join(shlex.quote(w) if " " in w else w for w in wanted)
                chips.append(Chip(str(label), address(q=query, page=None), active))
            groups.append((str(f.label), chips))
        return groups

    def _download(self, query: AnySelect, format_: str) -> Response:
        rows = self.view(db.session.execute(query).all())
        header = [str(column.label) for column in self.columns]
        return download(format_, self.name, header, [[column.value(row) for column in self.columns] for row in rows])


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # an open quotation mark
        return text.replace('"', " ").replace("'", " ").split()


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else 1


def like(text: str) -> str:
    """A LIKE pattern that finds ``text`` anywhere; its own wildcards are plain characters (escape: backslash)."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

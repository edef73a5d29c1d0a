"""What a feature brings into the house.

Pages that span rooms (navigation, the home pages, the organiser's overview, audit sentences, sample data) are
put together from what each feature registers. Taking a feature's line out of the factory takes it out of the
product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from click import Command
from flask import Blueprint, Flask, current_app

from confsys.core.i18n import Lazy

#: The chain: the groups of the organisers' navigation, in order.
GROUPS = ("call", "papers", "review", "programme", "registration", "proceedings", "exchange", "settings")


@dataclass(frozen=True, slots=True)
class NavItem:
    """A word of the navigation; ``group`` is empty for ordinary people's pages."""

    label: Lazy | str
    href: str
    endpoint: str
    group: str = ""
    badge: int | None = None
    order: int = 50


@dataclass(frozen=True, slots=True)
class Action:
    """What a visitor of an event's public site would do today: submit, register, read. The first by order is the
    one large button; ``note`` is a line under it, such as the deadline."""

    label: Lazy | str
    href: str
    note: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on a home page: what it is, how it stands, what to do next and until when."""

    title: str
    href: str
    state: str = ""
    state_tone: str = "open"  # open, waiting, done, closed, wrong
    next_step: str = ""
    button: str = ""
    button_href: str = ""
    due: datetime | None = None
    facts: Sequence[str] = ()
    event_name: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a person's home page: "Your papers", "Your reviews"."""

    key: str
    title: Lazy | str
    cards: Sequence[Card]
    order: int = 50
    empty: Lazy | str = ""
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the organiser's overview; it opens the list behind it."""

    label: Lazy | str
    value: int | str
    href: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A feature's part of the organiser's overview."""

    key: str
    title: Lazy | str
    figures: Sequence[Figure] = ()
    todo: Sequence[Card] = ()
    order: int = 50
    #: Rows of (label, done, total) drawn as bars.
    bars: Sequence[tuple[Lazy | str, int, int]] = ()


@dataclass(frozen=True, slots=True)
class ReportScope:
    """What a report is about: an event (its EventPage in ``page``), or the society's year when ``page`` is None.

    Both days are included. ``viewer`` is who reads it: a room contributes only what they may know. A report is kept
    and read by all who hold the same office, so nothing in it depends on who that is (a conflict with a paper).
    """

    viewer: Any
    at: datetime
    first: date
    last: date
    page: Any = None


@dataclass(frozen=True, slots=True)
class Behind:
    """Which rows of the part's table ``rows`` a figure was counted from, and how.

    ``measure``: count, total, share (``hits`` of ``at``), mean or median; all but the first two of a ``column``.
    """

    rows: str
    at: tuple[int, ...]
    measure: str = "count"
    column: str = ""
    hits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One number of a report; ``behind`` are the rows it was counted from (see ``core.reporting``), or ``href`` opens
    them, a page with rights of its own.

    ``key`` names it in the data file and never changes: ``papers.accepted``. ``value`` None: not known.
    ``kind``: number, percent (0.25 is 25 %), days, money (minor units, with ``unit`` as currency) or rating.
    ``sensitive``: it counts people of whom few could be recognised; a small count is not told.
    """

    key: str
    label: Lazy | str
    value: float | None
    href: str = ""
    note: Lazy | str = ""
    kind: str = "number"
    unit: str = ""
    behind: Behind | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class ReportChart:
    """A picture of a report; the same arguments as the ``chart`` macro. ``series``: (label, values).

    ``labels`` are words or names (LocalizedText). ``sensitive``: groups of few people are left out.
    """

    key: str
    title: Lazy | str
    labels: Sequence[Any]
    series: Sequence[tuple[Lazy | str, Sequence[float | None]]]
    see: Lazy | str = ""
    kind: str = "bar"  # bar, stacked, line
    across: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows that belong into the report itself: the year's events, sessions without a question."""

    key: str
    title: Lazy | str
    columns: Sequence[Lazy | str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What figures are counted from; ``columns``: (key, label, kind), kind as of a list's column or money, percent.

    A cell is a plain value, a date, a LocalizedText or a Lazy. Rows hold nothing that a reader of the report may not
    know: no name of a person who was promised none, no title of a paper that was not accepted.
    """

    key: str
    title: Lazy | str
    columns: Sequence[tuple[str, Lazy | str, str]]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A room's part of a report. Its texts are Lazy or LocalizedText: the report is kept in both languages."""

    key: str
    title: Lazy | str
    figures: Sequence[ReportFigure] = ()
    charts: Sequence[ReportChart] = ()
    tables: Sequence[ReportTable] = ()
    lead: Lazy | str = ""
    order: int = 50
    rows: Sequence[ReportRows] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A room's contributions. ``page`` below is the events room's EventPage, which core does not know."""

    name: str
    blueprints: Sequence[Blueprint] = ()
    #: page -> items of the event's navigation this viewer may use
    navigation: Callable[[Any], Iterable[NavItem]] | None = None
    #: viewer -> words of the society's own navigation, on pages that belong to no event
    society: Callable[[Any], Iterable[NavItem]] | None = None
    #: viewer -> lines of the menu of the signed-in person
    account: Callable[[Any], Iterable[NavItem]] | None = None
    #: page -> what a visitor would do today, at most one a room
    actions: Callable[[Any], Iterable[Action]] | None = None
    #: page, what, number -> links to what this room knows of a thing of an earlier room: ("session", 7), ("track", 3),
    #: ("event", 1). Asked for each thing of a list, so a room reads once a request (core/once).
    about: Callable[[Any, str, int], Iterable[NavItem]] | None = None
    #: viewer, at -> sections of the viewer's home page
    home: Callable[[Any, datetime], Iterable[Section]] | None = None
    #: page -> panels of the organiser's overview
    overview: Callable[[Any], Iterable[Panel]] | None = None
    #: ReportScope -> the room's parts of a report on an event or on the society's year
    report: Callable[[ReportScope], Iterable[ReportPart]] | None = None
    #: audit action -> sentence with %(…)s of facts
    sentences: Mapping[str, Lazy | str] = field(default_factory=dict)
    #: page -> a condition on AuditEntry: which entries of the event's story this room lets its reader see
    story: Callable[[Any], Any] | None = None
    #: called in order of features; makes the sample of `make run`
    sample: Callable[[Any], None] | None = None
    #: sentences for named constraints
    constraints: Mapping[str, Lazy | str] = field(default_factory=dict)
    commands: Sequence[Command] = ()
    #: called once with the application, for signals and extensions
    setup: Callable[[Flask], None] | None = None


def features() -> list[Feature]:
    """The features of the running application, in the order of the house."""
    found: list[Feature] = current_app.extensions["features"]
    return found


def contributed(what: str, *arguments: Any) -> list[Any]:
    """All that the features contribute to ``what`` (home, navigation, actions, report …), in order."""
    found: list[Any] = []
    for feature in features():
        contribution = getattr(feature, what)
        if contribution is not None:
            found.extend(contribution(*arguments))
    return sorted(found, key=lambda item: item.order)

"""This room's part of the yearly report: the events of the society."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportScope, ReportTable
from confsys.core.reporting import Col, Rows
from confsys.events.models import Event
from confsys.events.presets import presets
from confsys.events.queries.events import begun_between
from confsys.events.states import Mode
from confsys.events.words import MODES


def kind_name(event: Event) -> LocalizedText:
    """What its kind is called; the word itself where its preset is gone."""
    preset = presets().get(event.kind)
    return preset.name if preset is not None else LocalizedText(event.kind)


COLUMNS: list[Col[Event]] = [
    Col("name", _l("Event"), lambda e: e.name),
    Col("kind", _l("Kind"), kind_name),
    Col("first", _l("First day"), lambda e: e.starts_on, "date"),
    Col("last", _l("Last day"), lambda e: e.ends_on, "date"),
    Col("place", _l("Place"), lambda e: e.place),
    Col("mode", _l("Mode"), lambda e: MODES[e.mode]),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is not None:
        return
    found = begun_between(scope.first, scope.last)
    events, today = Rows("events", _l("Events"), found, COLUMNS), scope.at.date()
    figures = [
        events.count("events.all", _l("Events")),
        events.count("events.over", _l("Of these already over"), lambda e: e.ends_on is not None and e.ends_on < today),
        events.count("events.online", _l("With a part on line"), lambda e: e.mode is not Mode.IN_PERSON),
    ]
    kinds = Counter(kind_name(event) for event in found)
    charts = [
        ReportChart(
            "events.kinds", _l("Events by kind"), list(kinds), [(_l("events"), list(kinds.values()))], across=True
        )
    ]  # fmt: skip
    table = ReportTable(
        "events.list", _l("Events of the year"), [_l("Event"), _l("Kind"), _l("First day"), _l("Place")],
        [[e.name, kind_name(e), e.starts_on, e.place] for e in found],
    )  # fmt: skip
    yield ReportPart("events", _l("Events"), figures, charts if found else [], [table], order=10, rows=[events.table()])

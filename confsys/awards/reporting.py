"""This room's part of the reports: what was awarded, which is public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from confsys.awards.queries import awards
from confsys.awards.states import AwardState
from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.states import Feature


@dataclass(frozen=True, slots=True)
class Given:
    """An announced award as a row."""

    name: str
    event: str
    announced_at: datetime | None
    winners: int
    people: str


COLUMNS: list[Col[Given]] = [
    Col("award", _l("Award"), lambda row: row.name),
    Col("event", _l("Event"), lambda row: row.event),
    Col("announced", _l("Announced"), lambda row: row.announced_at, "date"),
    Col("people", _l("Winners"), lambda row: row.people),
    Col("winners", _l("Number of winners"), lambda row: row.winners, "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is None:
        found = awards.announced_between(*span_of(scope))
    elif scope.page.standing.on(Feature.AWARDS):
        listed = awards.of_event(scope.page.event.id, drafts=False)
        found = [award for award in listed if award.state is AwardState.ANNOUNCED]
    else:
        return
    winners = awards.winners([award.id for award in found])
    given = [
        Given(
            tx(award.name), tx(award.event.name) if award.event else "", award.announced_at, len(winners[award.id]),
            "; ".join(one.title for one in winners[award.id]),
        )
        for award in found
    ]  # fmt: skip
    rows = Rows("awards", _l("Awards"), given, COLUMNS)
    figures = [
        rows.count("awards.announced", _l("Awards announced")),
        rows.total("awards.winners", _l("Winners"), "winners"),
    ]
    yield ReportPart("awards", _l("Awards"), figures, order=62, rows=[rows.table()])

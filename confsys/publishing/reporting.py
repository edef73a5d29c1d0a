"""This room's part of the reports: what was printed and is open to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import ReportChart, ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.states import Feature
from confsys.publishing.models import Volume, VolumePaper
from confsys.publishing.queries import downloads, figures
from confsys.publishing.rules import may_manage_volumes

#: Before any of these volumes could be read.
EARLIEST = date(2000, 1, 1)
PAPERS: list[Col[VolumePaper]] = [
    Col("title", _l("Title"), lambda p: p.title),
    Col("volume", _l("Volume"), lambda p: p.build.volume.title),
    Col("pages", _l("Pages"), lambda p: p.last_page - p.first_page + 1, "number"),
    Col("doi", _l("DOI"), lambda p: p.doi),
]
VOLUMES: list[Col[Volume]] = [
    Col("title", _l("Volume"), lambda v: v.title),
    Col("event", _l("Event"), lambda v: v.event.name),
    Col("published", _l("Published"), lambda v: v.published_at, "date"),
    Col("isbn", _l("ISBN"), lambda v: v.isbn),
]


Month = tuple[date, int]
DOWNLOADS: list[Col[Month]] = [
    Col("month", _l("Month from"), lambda m: m[0], "date"),
    Col("count", _l("Downloads"), lambda m: m[1], "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    """Published volumes are public, so nothing here is a secret; an event without proceedings says nothing."""
    if scope.page is not None:
        if not scope.page.standing.on(Feature.PUBLISHING) or not may_manage_volumes(scope.page.standing):
            return
        found = figures.published_of(scope.page.event.id)
        read = downloads.figures(EARLIEST, scope.at.date(), [volume.id for volume in found])
    else:
        found = figures.published_in(*span_of(scope))
        read = downloads.figures(scope.first, scope.last)
    volumes = Rows("volumes", _l("Volumes"), found, VOLUMES)
    papers = Rows("printed", _l("Published papers"), figures.printed_in(found), PAPERS)
    fetched = Rows("downloads", _l("Downloads"), read.months, DOWNLOADS)
    yield ReportPart(
        "publishing", _l("Proceedings"),
        [
            volumes.count("publishing.volumes", _l("Volumes published")),
            papers.count("publishing.papers", _l("Papers published")),
            papers.total("publishing.pages", _l("Pages"), "pages"),
            papers.count("publishing.doi", _l("Papers with a DOI"), lambda p: bool(p.doi)),
            fetched.total("publishing.downloads", _l("Downloads"), "count",
                          note=_l("of these volumes, until today") if scope.page else _l("of all volumes")),
        ],
        _charts(read.months),
        lead="" if found else _l("No volume was published in these days."), order=45,
        rows=[volumes.table(), papers.table(), fetched.table()],
    )  # fmt: skip


def _charts(months: Sequence[Month]) -> list[ReportChart]:
    labels = [f"{month:%Y-%m}" for month, _count in months]
    series = [(_l("downloads"), [count for _month, count in months])]
    return [ReportChart("publishing.downloads", _l("Downloads by month"), labels, series, kind="line")]

"""This room's part of the reports: what was printed and is open to read."""

from __future__ import annotations

from collections.abc import Iterable

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.events.states import Feature
from confsys.publishing.models import Volume, VolumePaper
from confsys.publishing.queries import figures
from confsys.publishing.rules import may_manage_volumes

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


def report(scope: ReportScope) -> Iterable[ReportPart]:
    """Published volumes are public, so nothing here is a secret; an event without proceedings says nothing."""
    if scope.page is not None:
        if not scope.page.standing.on(Feature.PUBLISHING) or not may_manage_volumes(scope.page.standing):
            return
        found = figures.published_of(scope.page.event.id)
    else:
        found = figures.published_in(*span_of(scope))
    volumes = Rows("volumes", _l("Volumes"), found, VOLUMES)
    papers = Rows("printed", _l("Published papers"), figures.printed_in(found), PAPERS)
    yield ReportPart(
        "publishing", _l("Proceedings"),
        [
            volumes.count("publishing.volumes", _l("Volumes published")),
            papers.count("publishing.papers", _l("Papers published")),
            papers.total("publishing.pages", _l("Pages"), "pages"),
            papers.count("publishing.doi", _l("Papers with a DOI"), lambda p: bool(p.doi)),
        ],
        lead="" if found else _l("No volume was published in these days."), order=45,
        rows=[volumes.table(), papers.table()],
    )  # fmt: skip

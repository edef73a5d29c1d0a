"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Feature, NavItem
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.reports import jobs as _jobs
from confsys.reports import rules
from confsys.reports.sample import tell
from confsys.reports.sentences import SENTENCES
from confsys.reports.views import bp


def navigation(page: EventPage) -> Iterable[NavItem]:
    if rules.may_read_exchange(page.standing):
        address = url_for("reports.of_event", slug=page.event.slug)
        yield NavItem(_l("Exchange report"), address, "reports.of_event", group="exchange", order=40)


def society(viewer: Viewer) -> Iterable[NavItem]:
    if rules.may_read_year(viewer):
        yield NavItem(_l("Yearly reports"), url_for("reports.years"), "reports.years", order=90)


feature = Feature(
    name="reports",
    blueprints=[bp],
    navigation=navigation,
    society=society,
    sample=tell,
    sentences=SENTENCES,
    constraints={
        "uq_report_event_id": _l("Somebody else asked for this report at the same moment."),
        "uq_report_year": _l("Somebody else asked for this report at the same moment."),
    },
)
__all__ = ["_jobs", "feature"]

"""What a report is about, for the rooms that contribute to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import current_app

from confsys.accounts.models import Person
from confsys.accounts.sessions import viewer_of
from confsys.core.db import db
from confsys.core.i18n import force_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LOCALES, LocalizedText
from confsys.core.registry import ReportScope
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, standing_in
from confsys.events.states import Role
from confsys.reports.models import Report

#: A report of the society is one document for all its readers, and holds the numbers of every office.
OFFICES = frozenset({"secretary", "treasurer", "outreach", "admin"})


def scope_of(report: Report, at: datetime) -> ReportScope:
    """The scope as every reader of the report has it, whoever asked for it."""
    if report.event is None:
        person = db.session.get(Person, report.asked_by_id) if report.asked_by_id is not None else None
        viewer = viewer_of(person) if person is not None else Viewer()
        everything = replace(viewer, site_roles=OFFICES, complete=True)
        return ReportScope(everything, at, report.first_day, report.last_day)
    # Nobody in person: what one organiser may know besides (the event's till) is not for all of them.
    standing = replace(standing_in(report.event, Viewer()), roles=frozenset({Role.ORGANISER}))
    return ReportScope(standing.viewer, at, report.first_day, report.last_day, EventPage(report.event, standing))


def title_of(report: Report) -> LocalizedText:
    settings = current_app.extensions["settings"]
    said = {}
    for locale in LOCALES:
        with force_locale(locale):
            if report.event is not None:
                title = _l("Exchange report: %(event)s", event=report.event.name.in_(locale))
            else:
                society = settings.society_zh if locale == "zh" else settings.society_en
                title = _l("Yearly report %(year)s of %(society)s", year=str(report.year), society=society)
            said[locale] = str(title)
    return LocalizedText(**said)

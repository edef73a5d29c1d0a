"""Asking for a report, keeping what was found, freezing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Job, enqueue
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.reports.models import Report, ReportFile
from confsys.reports.rules import may_freeze
from confsys.reports.states import FileForm, ReportKind

JOB = "reports.make"
FIRST_YEAR = 2000


def name_of(report: Report) -> str:
    return str(report.year) if report.year is not None else report.code


@operation
def ask_year(year: int, *, actor: Actor, at: datetime) -> Report:
    """The society's year, from New Year's Day to the last of December. The one that is open is brought up to date."""
    if not FIRST_YEAR <= year <= at.year + 1:
        raise Invalid(year=_l("Choose a year between %(first)s and this one.", first=FIRST_YEAR))
    open_one = db.session.scalar(select(Report).where(Report.year == year, Report.frozen_at.is_(None)))
    report = open_one or Report(
        kind=ReportKind.YEAR, year=year, first_day=date(year, 1, 1), last_day=date(year, 12, 31)
    )
    return _ask(report, actor, at)


@operation
def ask_exchange(event: Event, *, actor: Actor, at: datetime) -> Report:
    """Was there an exchange? The event's own days, or the day of asking while it has none."""
    query = select(Report).where(Report.event_id == event.id, Report.frozen_at.is_(None))
    report = db.session.scalar(query) or Report(kind=ReportKind.EXCHANGE, event_id=event.id)
    report.first_day = event.starts_on or at.date()
    report.last_day = event.ends_on or report.first_day
    return _ask(report, actor, at)


def _ask(report: Report, actor: Actor, at: datetime) -> Report:
    """One job at a time: who asks again meanwhile is shown the one that runs."""
    running = db.session.get(Job, report.job_id) if report.job_id is not None else None
    if running is not None and running.finished_at is None:
        return report
    report.asked_at, report.asked_by_id = at, actor.person_id
    record("report.ask", report, actor=actor, at=at, changes={}, name=name_of(report))
    key = f"{JOB}:{report.id}:{report.version}"
    report.job_id = enqueue(JOB, key=key, actor=actor, at=at, event_id=report.event_id, report_id=report.id).id
    return report


@operation
def keep(
    report: Report, data: dict[str, Any], files: Mapping[tuple[FileForm, str], StoredFile], *, at: datetime
) -> bool:
    """Put the figures in place of older ones. False when it was frozen meanwhile: then nothing changes."""
    lock(report)
    if report.frozen_at is not None:
        return False
    report.data, report.made_at = data, at
    report.files.clear()
    db.session.flush()  # the old files go before new ones take their places
    report.files.extend(ReportFile(form=form, locale=locale, file=file) for (form, locale), file in files.items())
    record("report.made", report, actor=SYSTEM, at=at, changes={}, name=name_of(report))
    return True


@operation
def freeze(report: Report, *, version: int | None, actor: Actor, at: datetime) -> None:
    """From now on its figures and files stay as they are."""
    lock(report)
    expect_version(report, version)
    demand(may_freeze(report.made_at is not None, report.frozen_at is not None))
    report.frozen_at, report.frozen_by_id = at, actor.person_id
    record("report.freeze", report, actor=actor, at=at, changes={}, name=name_of(report))

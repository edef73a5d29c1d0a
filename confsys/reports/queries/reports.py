"""Reports that were made, by their code and by what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload, selectinload

from confsys.core.db import db
from confsys.reports.models import Report, ReportFile
from confsys.reports.states import FileForm


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list; its figures are not read for that."""

    code: str
    year: int | None
    job_id: int | None
    made_at: datetime | None
    frozen_at: datetime | None


def by_code(code: str) -> Report | None:
    query = select(Report).where(Report.code == code)
    return db.session.scalar(query.options(selectinload(Report.files).joinedload(ReportFile.file)))


def by_id(report_id: int) -> Report | None:
    return db.session.scalar(select(Report).where(Report.id == report_id).options(joinedload(Report.event)))


def _lines(query: Select[Report]) -> list[ReportLine]:
    rows = db.session.scalars(query.options(defer(Report.data)))
    return [ReportLine(r.code, r.year, r.job_id, r.made_at, r.frozen_at) for r in rows]


def of_years() -> list[ReportLine]:
    """The society's reports, the latest year first and in it the one that is still brought up to date."""
    query = select(Report).where(Report.year.is_not(None))
    return _lines(query.order_by(Report.year.desc(), Report.frozen_at.desc().nulls_first(), Report.id.desc()))


def of_event(event_id: int) -> list[ReportLine]:
    query = select(Report).where(Report.event_id == event_id)
    return _lines(query.order_by(Report.frozen_at.desc().nulls_first(), Report.id.desc()))


def file_of(report: Report, form: FileForm, locale: str) -> ReportFile | None:
    wanted = "" if form is FileForm.JSON else locale
    return next((one for one in report.files if one.form is form and one.locale == wanted), None)

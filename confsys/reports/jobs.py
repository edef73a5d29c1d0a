"""Making a report in the background. Killed at any line it begins again: only its last step keeps anything."""

from __future__ import annotations

from typing import Any

from flask import current_app

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.core.jobs.registry import N_
from confsys.reports import collecting, scopes
from confsys.reports.operations.reports import JOB, keep
from confsys.reports.queries import reports
from confsys.reports.writing import written

STEPS = {"count": N_("Counting in every room"), "write": N_("Writing the documents")}


@job(JOB, _l("Making the report"))
def make(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    report = reports.by_id(arguments["report_id"])
    if report is None or report.frozen_at is not None:
        return {"already": True}
    at = clock.now()
    progress.say(STEPS["count"])
    # Rooms write addresses without a host, as on a page.
    with current_app.test_request_context():
        data = collecting.collect(
            scopes.scope_of(report, at), kind=report.kind.value, title=scopes.title_of(report), at=at
        )
    db.session.rollback()
    progress.step(1, 2)
    progress.say(STEPS["write"])
    files = written(data, actor=SYSTEM, at=at)
    keep(report, data, files, at=at)
    progress.step(2, 2)
    return {"figures": sum(len(part["figures"]) for part in data["parts"])}

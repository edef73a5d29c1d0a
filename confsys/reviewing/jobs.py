"""Background work of peer review. Each is safe to run twice."""

from __future__ import annotations

from typing import Any

from flask import current_app

from confsys.core import clock
from confsys.core.db import db
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.core.jobs.registry import N_
from confsys.reviewing.listening import COMPARE, NEAR
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.nearness import nearness
from confsys.reviewing.matching.solution import solve
from confsys.reviewing.models import AssignmentRun
from confsys.reviewing.operations import calibration, runs
from confsys.reviewing.operations.nearness import keep_nearness
from confsys.reviewing.queries.material import material
from confsys.reviewing.queries.texts import texts
from confsys.reviewing.states import RunState
from confsys.submissions.operations import conflicts


@job(runs.JOB, _l("Find the best assignment"))
def assign(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Compute one assignment run."""
    # The engine loads OR-Tools: kept out of the web's start.
    from reviewers import BadInstance  # noqa: PLC0415

    run = db.session.get(AssignmentRun, arguments["run_id"])
    if run is None or run.state is not RunState.COMPUTING:
        return {}
    progress.step(0, 4)
    conflicts.refresh(run.event_id, at=clock.now())
    progress.say(N_("Conflicts of interest compared."))
    progress.step(1, 4)
    _refresh_nearness(run.event_id)
    progress.say(N_("Papers compared with what reviewers wrote."))
    known, parameters = material(run.event_id, clock.now()), Parameters.of(run.parameters)
    progress.step(2, 4)
    progress.say(
        N_("%(papers)s papers and %(reviewers)s reviewers read."),
        papers=len(known.papers), reviewers=len(known.reviewers),
    )  # fmt: skip
    db.session.rollback()  # no read transaction stays open while the solver works
    try:
        solution = solve(known, parameters)
    except BadInstance as error:
        runs.keep_solution(run, None, sentence=str(error))
        return {}
    progress.step(3, 4)
    runs.keep_solution(run, solution)
    progress.step(4, 4)
    return {"run_id": run.id}


@job(COMPARE, _l("Compare papers and committee"))
def compare(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Bring the conflicts of an event up to date."""
    done = conflicts.refresh(arguments["event"], at=clock.now())
    return {"added": done.added, "removed": done.removed}


@job(NEAR, _l("Compare papers with what reviewers wrote"))
def near(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Bring the nearness of texts up to date, by which bids are sorted and assignments scored."""
    return {"pairs": _refresh_nearness(arguments["event"])}


@job(calibration.JOB, _l("Estimate scores without the habits of reviewers"))
def calibrate(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Bring the estimate of an event up to date."""
    return {"estimated": calibration.recalibrate(arguments["event"], at=clock.now())}


def _refresh_nearness(event_id: int) -> int:
    known = texts(event_id)
    db.session.rollback()  # no read transaction stays open meanwhile
    cache = current_app.extensions["settings"].var / "cache" / "embeddings"
    found = nearness(known.papers, known.written, cache)
    keep_nearness(event_id, found)
    return len(found)

"""Arranging, mending and setting booklets in the background.

The engine runs in a thread of its own; this one writes down what it finds, at most twice a second, and looks whether
an organiser wants it to stop. Killed at any line, the job goes on from the best timetable it had written.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import receive_path
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.core.jobs.registry import N_
from confsys.events.models import Event
from confsys.programme.arranging.outcome import Desk
from confsys.programme.arranging.problem import Problem
from confsys.programme.arranging.wishes import Wishes
from confsys.programme.models import Booklet, Plan, Release
from confsys.programme.operations import plans
from confsys.programme.operations.booklets import JOB as BOOKLET
from confsys.programme.operations.booklets import keep_booklet
from confsys.programme.operations.plans import ARRANGE, MEND, Found
from confsys.programme.printing import booklet_pdf
from confsys.programme.queries.released import Latest, programme_of_release
from confsys.programme.queries.scene import place_of, scene
from confsys.programme.states import PlanState

if TYPE_CHECKING:
    from confsys.programme import solver

#: Seconds between two looks at what the engine has found.
LOOK = 0.5
EXPLAIN_SECONDS = 20.0
MEND_SECONDS = 45.0
ALTERNATIVES = 3


class _Watched:
    """A search in a thread, watched from this one."""

    def __init__(self, plan_id: int, search: Callable[[_Watched], Any]) -> None:
        self._plan_id, self._search = plan_id, search
        self.best: Any = None
        self._stopped, self._done = threading.Event(), threading.Event()
        self._result: Any = None
        self._error: BaseException | None = None

    def better(self, progress: Any) -> None:
        """For the engine: another best schedule."""
        self.best = progress

    def stopped(self) -> bool:
        """For the engine: whether to end now."""
        return self._stopped.is_set()

    def run(self, keep: Callable[[Any], None]) -> Any:
        """The result; ``keep`` is given each better schedule that was found since the last look."""
        thread = threading.Thread(target=self._work, daemon=True, name=f"plan-{self._plan_id}")
        thread.start()
        kept = None
        while not self._done.wait(LOOK):
            if self.best is not kept:
                kept = self.best
                keep(kept)
            if plans.is_stopped(self._plan_id):
                self._stopped.set()
        thread.join()
        if self._error is not None:
            raise self._error
        return self._result

    def _work(self) -> None:
        try:
            self._result = self._search(self)
        except BaseException as error:
            self._error = error
        finally:
            self._done.set()


def _opened(plan_id: int) -> tuple[Plan, Event] | None:
    plan = db.session.get(Plan, plan_id)
    event = db.session.get(Event, plan.event_id) if plan is not None else None
    return (plan, event) if plan is not None and event is not None and plan.state is PlanState.WORKING else None


@job(ARRANGE, _l("Arranging the timetable"))
def arrange(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Look for a better timetable until the time is over, the best is proven, or somebody says stop."""
    from confsys.programme import solver  # noqa: PLC0415  OR-Tools is heavy; only this work needs it

    opened = _opened(arguments["plan_id"])
    if opened is None:
        return {"already": True}
    plan, event = opened
    number, wishes = plan.id, Wishes.of(plan.wishes)
    base = {key: place_of(kept) for key, kept in plan.base.items()}
    desk = Desk(Problem(scene(event, base), wishes))
    earlier = {key: place_of(kept) for key, kept in plan.places.items()}
    found = desk.problem.with_places({**base, **earlier})
    start = solver.read_schedule(found, desk.instance, outdated=True)
    db.session.rollback()
    progress.say(N_("Looking for a place for each of %(count)s items"), count=len(desk.problem.moving))
    history: list[list[float]] = []

    def keep(best: solver.Progress) -> None:
        history.append([round(best.seconds, 1), *best.report.cost[1:], *best.bound])
        plans.keep_progress(number, desk.places(best.schedule), {"history": history, "cost": list(best.report.cost)})
        progress.step(min(int(best.seconds), wishes.seconds), wishes.seconds)

    watched = _Watched(
        number,
        lambda at: solver.solve(
            desk.instance, seconds=wishes.seconds, seed=wishes.seed, start=start if any(start) else None,
            watch=at.better, stop=at.stopped,
        ),
    )  # fmt: skip
    result: solver.Result = watched.run(keep)
    if result.schedule is None or result.report is None:
        return _nothing(number, desk, result, progress)
    report = desk.report(result.report, result.schedule)
    history.append([round(result.seconds, 1), *result.report.cost[1:], *result.bound])
    report.update(
        history=history, status=result.status.value, bound=list(result.bound), gap=result.gap,
        seconds=round(result.seconds, 1), stopped=watched.stopped(),
        before=desk.report(solver.evaluate(desk.instance, desk.start), desk.start),
    )  # fmt: skip
    plans.finish(number, [Found(desk.places(result.schedule), report)], at=clock.now())
    return {"status": result.status.value, "points": list(result.report.cost)}


def _nothing(number: int, desk: Desk, result: solver.Result, progress: Progress) -> dict[str, Any]:
    """Say why there is no timetable: which rules cannot hold together, and the cheapest way out."""
    from confsys.programme import solver  # noqa: PLC0415

    impossible = result.status is solver.Status.IMPOSSIBLE
    report: dict[str, Any] = {"status": result.status.value, "seconds": round(result.seconds, 1)}
    progress.say(N_("Finding out what cannot hold together"))
    why = solver.explain(desk.instance, seconds=EXPLAIN_SECONDS)
    if why.status is solver.Status.IMPOSSIBLE:
        impossible = True
        report["explanation"] = desk.explanation(why)
    plans.fail(number, PlanState.IMPOSSIBLE if impossible else PlanState.EMPTY, report, at=clock.now())
    return {"status": result.status.value}


@job(MEND, _l("Mending the timetable"))
def mend(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The fewest moves after which nothing is broken any more, and a few ways to do it."""
    from confsys.programme import solver  # noqa: PLC0415

    opened = _opened(arguments["plan_id"])
    if opened is None:
        return {"already": True}
    plan, event = opened
    number, wishes = plan.id, Wishes.of(plan.wishes)
    base = {key: place_of(kept) for key, kept in plan.base.items()}
    desk = Desk(Problem(scene(event, base), wishes, mending=True))
    db.session.rollback()
    progress.say(N_("Looking for the fewest moves among %(count)s items"), count=len(desk.problem.moving))
    watched = _Watched(
        number,
        lambda at: solver.repair(
            desk.instance, desk.start, alternatives=ALTERNATIVES, seconds=MEND_SECONDS, stop=at.stopped
        ),
    )
    repairs: solver.Repairs = watched.run(lambda _best: None)
    if not repairs.alternatives:
        why = solver.explain(desk.instance, seconds=EXPLAIN_SECONDS)
        report = {"status": why.status.value, "explanation": desk.explanation(why)}
        plans.fail(number, PlanState.IMPOSSIBLE, report, at=clock.now())
        return {"status": "impossible"}
    before = desk.report(solver.evaluate(desk.instance, desk.start), desk.start)
    found = [_mended(desk, repair, before) for repair in repairs.alternatives]
    plans.finish(number, found, at=clock.now())
    return {"alternatives": len(found), "moved": [len(repair.moved) for repair in repairs.alternatives]}


def _mended(desk: Desk, repair: solver.Repair, before: dict[str, Any]) -> Found:
    report = desk.report(repair.report, repair.schedule)
    report.update(
        status="optimal" if repair.least else "feasible", least=repair.least, best=repair.best, before=before,
        seconds=round(repair.seconds, 1), moved=len(repair.moved), people=len(repair.people),
    )  # fmt: skip
    return Found(desk.places(repair.schedule), report)


@job(BOOKLET, _l("Setting the booklet of the programme"))
def set_booklet(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The PDF of a release, kept with it."""
    booklet = db.session.get(Booklet, arguments["booklet_id"])
    if booklet is None or booklet.file_id is not None:
        return {"already": True}
    release = db.session.get_one(Release, booklet.release_id)
    programme = programme_of_release(Latest(release.id, release.number, release.token))
    progress.say(N_("Setting %(count)s sessions"), count=len(programme.sessions))
    pdf = booklet_pdf(programme, booklet.locale, abstracts=booklet.abstracts)
    with tempfile.TemporaryDirectory(prefix="confsys-booklet-") as folder:
        path = Path(folder) / "booklet.pdf"
        path.write_bytes(pdf)
        stored = receive_path(path, name=f"{programme.slug}-{release.number}.pdf", actor=Actor(), at=clock.now())
    keep_booklet(booklet, stored)
    progress.step(1, 1)
    return {"bytes": len(pdf)}

"""The timetable engine beside bounds and published values: `python -m tests.bench.solver [SECONDS] [NAME ...]`.

SECONDS caps every run (default 60, the targets' own limits apply below it); names restrict the table.
"""

import resource
import sys
from dataclasses import dataclass, replace

from confsys.programme.solver import (
    Instance,
    Level,
    Schedule,
    evaluate,
    explain,
    load_json,
    read_instance,
    repair,
    solve,
)
from confsys.programme.solver.data.instance import Ban
from tests.shared import ROOT

DATA = ROOT.parent / "shared" / "data" / "scheduling" / "instances"
CLASH = {"presenter_conflicts_session": Level.HARD}


@dataclass(frozen=True)
class Row:
    """An instance with its limit, the target there, the best known proven bound and the published value."""

    name: str
    seconds: float
    target: int
    known_bound: int
    published: str
    parallel_rooms: int = 1
    levels: dict[str, Level] | None = None
    #: Only where the cap allows its whole time: the same instance has a shorter row.
    patient: bool = False


ROWS = (
    Row("N2OR", 5, 1, 1, "2"),
    Row("GECCO20", 30, 5839, 5781, "6298"),
    Row("GECCO20", 300, 5773, 5773, "6298", parallel_rooms=2),
    Row("OR60F", 60, 433, 427, "433"),
    Row("OR60F", 300, 427, 427, "433", patient=True),
    Row("GECCO21", 120, 11130, 11130, "11130", levels=CLASH),
    Row("ISF22", 60, 335_000, 29, "-"),
    Row("GECCO23", 60, 1_021_000, 421, "-"),
    Row("GECCO20Workshop", 60, 162_318, 119_318, "-"),
)


def _instance(name: str) -> Instance:
    return read_instance(load_json(DATA / f"{name}.json", "instance"))


def _say(*columns: object) -> None:
    widths = (16, 3, 9, 10, 10, 10, 10, 10, 8, 8)
    sys.stdout.write("".join(str(c).rjust(w) for c, w in zip(columns, widths, strict=False)) + "\n")
    sys.stdout.flush()


def _solve(row: Row, cap: float) -> Schedule | None:
    instance = replace(_instance(row.name), levels=row.levels or {})
    result = solve(instance, seconds=min(row.seconds, cap), parallel_rooms=row.parallel_rooms)
    judged = evaluate(instance, result.schedule) if result.schedule is not None else None
    value = judged.objective if judged is not None and judged.feasible else "none"
    first = f"{result.first_seconds or 0:.1f}"
    seconds = f"{result.seconds:.1f}"
    _say(row.name, row.parallel_rooms, result.status, value, row.target, result.bound[1], row.known_bound,
         row.published, first, seconds)  # fmt: skip
    return result.schedule


def _repair(name: str, schedule: Schedule) -> None:
    """One item may no longer run in the session it is in."""
    instance = _instance(name)
    place = schedule[0]
    if place is None:
        return
    changed = replace(instance, bans=(Ban(frozenset({0}), frozenset({place.session})),))
    mended = repair(changed, schedule, alternatives=1).alternatives[0]
    proof = "proven" if mended.least else "not proven"
    sys.stdout.write(f"{name}: one cancellation, {len(mended.moved)} moved, {proof}, {mended.seconds:.1f} s\n")


def _explain() -> None:
    hard = {"submissions_sessions": Level.HARD, **CLASH}
    found = explain(replace(_instance("GECCO20"), levels=hard))
    sys.stdout.write(
        f"GECCO20: conflict of {len(found.conflict)} demands named in {found.conflict_seconds:.1f} s, "
        f"minimal {found.minimal}, {len(found.relaxation)} to give up, cheapest {found.cheapest}\n"
    )


def main(arguments: list[str]) -> None:
    if not DATA.exists():
        sys.stdout.write(f"shared data absent: {DATA}\n")
        return
    cap = float(arguments[0]) if arguments else 60.0
    names = set(arguments[1:])
    _say("instance", "K", "status", "found", "target", "bound", "known", "published", "first s", "s")
    schedules: dict[str, Schedule] = {}
    for row in ROWS:
        if (not names or row.name in names) and not (row.patient and cap < row.seconds):
            schedule = _solve(row, cap)
            if schedule is not None:
                schedules.setdefault(row.name, schedule)
    for name in ("GECCO20", "OR60F"):
        if name in schedules:
            _repair(name, schedules[name])
    if not names or "GECCO20" in names:
        _explain()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"most memory: {memory} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])

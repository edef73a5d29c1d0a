"""What each command does: files in, an answer out. Nothing is printed here."""

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from confsys.programme.solver import telling
from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.data.reading import load_json, read_instance
from confsys.programme.solver.data.solution import displaced, read_schedule, write_schedule
from confsys.programme.solver.errors import InputError
from confsys.programme.solver.evaluator import evaluate
from confsys.programme.solver.explain import Explanation, explain
from confsys.programme.solver.price import Pricer
from confsys.programme.solver.progress import Status
from confsys.programme.solver.repair import repair
from confsys.programme.solver.rules import RULES, Level
from confsys.programme.solver.solve import solve

DONE, BAD_INPUT, IMPOSSIBLE, OUT_OF_TIME = 0, 2, 3, 4
EXPLAIN_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    """Exit status, the answer as JSON-ready data, and the same in words."""

    status: int
    data: Any
    text: str


def solve_instance(options: argparse.Namespace) -> Answer:
    instance = _instance(options)
    start = _schedule(options.start, instance, outdated=True) if options.start else None
    result = solve(
        instance,
        seconds=options.seconds,
        seed=options.seed,
        workers=options.workers,
        start=start,
        parallel_rooms=options.parallel_rooms,
        watch=options.watch,
    )
    if result.status is Status.IMPOSSIBLE:
        why = explain(instance, start=start, parallel_rooms=options.parallel_rooms, seconds=EXPLAIN_SECONDS)
        return _explained(instance, why, options, impossible=True)
    if result.schedule is None:
        return _out_of_time("no schedule was found in the time given, and none proven impossible")
    _write(options.output, instance, result.schedule)
    summary = telling.result_summary(result)
    return Answer(DONE, summary, telling.lines(summary))


def evaluate_solution(options: argparse.Namespace) -> Answer:
    instance = _instance(options)
    schedule = _schedule(options.solution, instance)
    report = evaluate(instance, schedule)
    told = schedule if options.cases else None
    data, text = telling.report(instance, report, told, options.language)
    return Answer(DONE if report.feasible else IMPOSSIBLE, data, text)


def repair_solution(options: argparse.Namespace) -> Answer:
    instance = _instance(options)
    data = load_json(options.old, "solution")
    old = read_schedule(data, instance, outdated=True)
    result = repair(
        instance,
        old,
        displaced=displaced(data, instance, old),
        alternatives=options.alternatives,
        parallel_rooms=options.parallel_rooms,
        seconds=options.seconds,
        seed=options.seed,
        workers=options.workers,
    )
    if result.impossible:
        why = explain(instance, start=old, parallel_rooms=options.parallel_rooms, seconds=EXPLAIN_SECONDS)
        return _explained(instance, why, options, impossible=True)
    if not result.alternatives:
        return _out_of_time("no repair was found in the time given, and none proven impossible")
    summaries = []
    for number, option in enumerate(result.alternatives, start=1):
        path = options.output if number == 1 else options.output.with_suffix(f".{number}{options.output.suffix}")
        _write(path, instance, option.schedule)
        summaries.append({"file": str(path), **telling.repair_summary(instance, option)})
    return Answer(DONE, summaries, "\n\n".join(map(telling.lines, summaries)))


def explain_instance(options: argparse.Namespace) -> Answer:
    instance = _instance(options)
    start = _schedule(options.start, instance, outdated=True) if options.start else None
    explanation = explain(
        instance,
        start=start,
        parallel_rooms=options.parallel_rooms,
        seconds=options.seconds,
        seed=options.seed,
        workers=options.workers,
    )
    return _explained(instance, explanation, options, impossible=False)


def price_submission(options: argparse.Namespace) -> Answer:
    instance = _instance(options)
    schedule = _schedule(options.solution, instance)
    if options.submission not in instance.item_index:
        raise InputError(f"submission: there is no submission '{options.submission}'.")
    item = instance.item_index[options.submission]
    prices = Pricer(instance).prices(schedule, item)
    data, text = telling.prices(instance, item, prices[: options.limit] if options.limit else prices)
    return Answer(DONE, data, text)


def _instance(options: argparse.Namespace) -> Instance:
    """The instance with the levels of the command line in place of its own."""
    instance = read_instance(load_json(options.instance, "instance"))
    for remark in instance.remarks:
        options.remark(f"not used: {remark}")
    levels = dict(instance.levels)
    for level in Level:
        for rule in getattr(options, level):
            if level not in RULES[rule].levels or instance.form not in RULES[rule].forms:
                raise InputError(f"--{level} {rule}: the rule cannot have this level in this instance.")
            levels[rule] = level
    return replace(instance, levels=levels)


def _schedule(path: Path, instance: Instance, *, outdated: bool = False) -> Schedule:
    return read_schedule(load_json(path, "solution"), instance, outdated=outdated)


def _write(path: Path, instance: Instance, schedule: Schedule) -> None:
    text = json.dumps(write_schedule(instance, schedule), ensure_ascii=False, indent=1)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"--output {path}: cannot be written ({error.strerror}).") from None


def _explained(
    instance: Instance, explanation: Explanation, options: argparse.Namespace, *, impossible: bool
) -> Answer:
    """`impossible` is already proven, even where the explanation ran out of time."""
    status = {Status.FEASIBLE: DONE, Status.IMPOSSIBLE: IMPOSSIBLE}.get(explanation.status, OUT_OF_TIME)
    data, text = telling.explanation(instance, explanation, options.language)
    return Answer(IMPOSSIBLE if impossible else status, data, text)


def _out_of_time(text: str) -> Answer:
    return Answer(OUT_OF_TIME, {"status": Status.UNKNOWN, "text": text}, text)

"""Answers of the engine as JSON-ready data and as text for a terminal."""

from collections.abc import Sequence
from typing import Any

from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.data.times import moment_of
from confsys.programme.solver.evaluator import Case, Report
from confsys.programme.solver.explain import Explanation
from confsys.programme.solver.price import Price
from confsys.programme.solver.progress import Result
from confsys.programme.solver.repair import Repair
from confsys.programme.solver.rules import RULES, Level
from confsys.programme.solver.sentences import Language, case_sentence, claim_phrase, explanation_text

Told = tuple[Any, str]


def figures(report: Report) -> dict[str, Any]:
    hard, strong, nice = report.cost
    return {
        "feasible": report.feasible,
        "objective": report.objective,
        "cost": {"hard": hard, "strong": strong, "nice": nice},
        "counts": {rule: count for rule, count in report.counts.items() if count},
        "waived_by_pins": len(report.waived),
    }


def result_summary(result: Result) -> dict[str, Any]:
    return {
        "status": result.status,
        **(figures(result.report) if result.report is not None else {}),
        "bound": {"strong": result.bound[0], "nice": result.bound[1]},
        "gap": result.gap,
        "seconds": round(result.seconds, 2),
        "first_schedule_seconds": round(result.first_seconds or 0.0, 2),
        "parallel_rooms": result.parallel_rooms,
        "reproducible": result.reproducible,
    }


def repair_summary(instance: Instance, option: Repair) -> dict[str, Any]:
    return {
        "moved": [instance.items[item].id for item in option.moved],
        "shifted_within_session": [instance.items[item].id for item in option.shifted],
        "added": [instance.items[item].id for item in option.added],
        "people_affected": len(option.people),
        "fewest_moves_proven": option.least,
        "points_proven_least": option.best,
        "seconds": round(option.seconds, 2),
        **figures(option.report),
    }


def lines(summary: dict[str, Any]) -> str:
    """A summary as one line per entry."""
    told = []
    for key, value in summary.items():
        text = value
        if isinstance(value, dict):
            text = ", ".join(f"{name} {figure}" for name, figure in value.items())
        elif isinstance(value, list):
            text = ", ".join(map(str, value)) or "none"
        told.append(f"{key.replace('_', ' ')}: {text}")
    return "\n".join(told)


def report(instance: Instance, judged: Report, schedule: Schedule | None, language: Language) -> Told:
    """All terms that count; with the schedule, every breach in a sentence."""
    data = figures(judged)
    data["terms"] = {
        rule: {"level": level.value, "weight": instance.weight(rule), "count": judged.counts[rule]}
        for rule in RULES
        if (level := instance.level(rule)) is not Level.OFF
    }
    rows = [f"{'rule':30} {'level':7} {'weight':>8} {'count':>8} {'points':>10}"]
    for rule, term in data["terms"].items():
        points = term["weight"] * term["count"]
        rows.append(f"{rule:30} {term['level']:7} {term['weight']:8} {term['count']:8} {points:10}")
    hard, strong, nice = judged.cost
    rows.append(f"hard {hard}, strong {strong}, nice {nice}; objective {judged.objective}")
    if schedule is not None:
        cases = (*judged.cases, *judged.waived)
        data["cases"] = [case_sentence(instance, case, language, schedule) for case in cases]
        rows += [f"- {sentence}" for sentence in data["cases"]]
    broken = [rule for rule in RULES if instance.level(rule) is Level.HARD and judged.counts[rule]]
    if broken:
        rows.append(f"hard rules broken: {', '.join(broken)}")
    return data, "\n".join(rows)


def explanation(instance: Instance, found: Explanation, language: Language) -> Told:
    data = {
        "status": found.status,
        "shortage": found.shortage,
        "conflict": [_claim(instance, claim, language) for claim in found.conflict],
        "minimal": found.minimal,
        "relaxation": [_claim(instance, claim, language) for claim in found.relaxation],
        "cheapest": found.cheapest,
        "conflict_seconds": round(found.conflict_seconds, 2),
        "seconds": round(found.seconds, 2),
    }
    return data, explanation_text(instance, found, language)


def _claim(instance: Instance, claim: Case, language: Language) -> dict[str, Any]:
    return {
        "rule": claim.rule,
        "submissions": [instance.items[item].id for item in claim.items],
        "tracks": [instance.tracks[track].id for track in claim.tracks],
        "people": list(claim.people),
        "rooms": [instance.rooms[room].id for room in claim.rooms],
        "sessions": [instance.sessions[session].id for session in claim.sessions],
        "text": claim_phrase(instance, claim, language),
    }


def prices(instance: Instance, item: int, found: Sequence[Price]) -> Told:
    data, rows = [], []
    for price in found:
        session = instance.sessions[price.place.session].id
        room = instance.rooms[price.place.room].id
        start = moment_of(instance.own_span(item, price.place)[0], instance.zone).isoformat(timespec="minutes")
        change = None if price.change is None else dict(zip(("hard", "strong", "nice"), price.change, strict=True))
        swap = None if price.swap is None else instance.items[price.swap].id
        data.append(
            {
                "session": session,
                "room": room,
                "start": start,
                "change": change,
                "blocked": price.blocked,
                "swap": swap,
            }
        )
        points = " / ".join(f"{figure:+d}" for figure in price.change or ())
        note = f"swap with {swap}" if swap else (price.blocked or "")
        rows.append(f"{session:12} {start[:16]}  {room:24} {points}  {note}".rstrip())
    return data, "\n".join(rows)

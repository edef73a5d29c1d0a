"""What the engine says, as plain data in both languages: points, cases with names and times, proofs, explanations.

The engine is imported where it is used: OR-Tools is heavy, and only jobs and a few pages need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from confsys.programme.arranging.problem import Problem
from confsys.programme.arranging.scene import Place

if TYPE_CHECKING:
    from confsys.programme.solver import Explanation, Instance, Report, Schedule

LANGUAGES = ("en", "zh")
#: Cases of one rule that are kept with their sentences.
CASES_KEPT = 60


@dataclass(frozen=True)
class Desk:
    """A problem read by the engine, in both languages; items, rooms and days have the same numbers in each."""

    problem: Problem

    @cached_property
    def instances(self) -> dict[str, Instance]:
        from confsys.programme.solver import read_instance  # noqa: PLC0415  heavy, see the head

        return {locale: read_instance(self.problem.instance(locale)) for locale in LANGUAGES}

    @property
    def instance(self) -> Instance:
        return self.instances["en"]

    @cached_property
    def start(self) -> Schedule:
        """The present places, as far as the days and rooms in question have them."""
        from confsys.programme.solver import read_schedule  # noqa: PLC0415

        return read_schedule(self.problem.start("en"), self.instance, outdated=True)

    def places(self, schedule: Schedule) -> dict[str, Place | None]:
        """Where everything that may move now stands."""
        from datetime import UTC, datetime  # noqa: PLC0415

        found: dict[str, Place | None] = dict.fromkeys(thing.key for thing in self.problem.pointless)
        for number, thing in enumerate(self.problem.moving):
            place = schedule[number]
            if place is None:
                found[thing.key] = None
                continue
            begin, _ = self.instance.own_span(number, place)
            room = self.problem.scene.halls[place.room].id
            found[thing.key] = Place(datetime.fromtimestamp(begin * 60, UTC), room, thing.minutes)
        return found

    def report(self, report: Report, schedule: Schedule) -> dict[str, Any]:
        """Points by level, and every rule that is broken with its cases in words."""
        from confsys.programme.solver import RULES, case_sentence  # noqa: PLC0415

        rules: dict[str, dict[str, Any]] = {}
        for case in (*report.cases, *report.waived):
            row = rules.setdefault(
                case.rule,
                {
                    "rule": case.rule, "en": RULES[case.rule].en, "zh": RULES[case.rule].zh,
                    "level": self.instance.level(case.rule).value, "count": 0, "cases": [],
                },
            )  # fmt: skip
            row["count"] += 1
            if len(row["cases"]) < CASES_KEPT:
                sentences = [case_sentence(self.instances[lang], case, lang, schedule) for lang in LANGUAGES]  # type: ignore[arg-type]
                row["cases"].append(sentences)
        order = {"hard": 0, "strong": 1, "nice": 2}
        listed = sorted(rules.values(), key=lambda row: (order.get(row["level"], 3), -row["count"]))
        return {"cost": list(report.cost), "rules": listed}

    def explanation(self, explanation: Explanation) -> dict[str, str]:
        from confsys.programme.solver import explanation_text  # noqa: PLC0415

        return {lang: explanation_text(self.instances[lang], explanation, lang) for lang in LANGUAGES}  # type: ignore[arg-type]

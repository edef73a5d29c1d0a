"""A schedule in, a report out."""

from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.data.pairs import Pairs
from confsys.programme.solver.evaluator import cosplib, extended
from confsys.programme.solver.evaluator.plan import Plan
from confsys.programme.solver.evaluator.report import Report
from confsys.programme.solver.rules import Level

_TERMS = {**extended.TERMS, **cosplib.TERMS}


class Evaluator:
    """Judges schedules of one instance; keeps what does not depend on the schedule between calls."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._pairs = Pairs(instance)
        self._terms = [term for rule, term in _TERMS.items() if instance.level(rule) is not Level.OFF]

    def report(self, schedule: Schedule) -> Report:
        plan = Plan(self.instance, schedule)
        cases = [case for term in self._terms for case in term(plan, self._pairs)]
        return Report.of(self.instance, cases)


def evaluate(instance: Instance, schedule: Schedule) -> Report:
    """Every breach of every rule that is not off, with counts and costs; independent of the solver."""
    return Evaluator(instance).report(schedule)

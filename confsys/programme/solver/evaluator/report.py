"""What the evaluator says: cases, counts and costs."""

from dataclasses import dataclass

from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.rules import COSPLIB_TERMS, RULES, Form, Level


@dataclass(frozen=True, slots=True)
class Case:
    """One breach of one rule: its amount in the rule's unit, and indexes or names of what it is about."""

    rule: str
    amount: int
    items: tuple[int, ...] = ()
    tracks: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    rooms: tuple[int, ...] = ()
    sessions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Report:
    """Every breach found. `waived` are breaches of hard rules that pins alone decide: told, not counted."""

    cases: tuple[Case, ...]
    waived: tuple[Case, ...]
    counts: dict[str, int]
    costs: dict[Level, int]
    objective: int

    @property
    def feasible(self) -> bool:
        """Whether every hard rule holds, apart from what pins have decided."""
        return not self.costs[Level.HARD]

    @property
    def cost(self) -> tuple[int, int, int]:
        """Hard, strong and nice points; a smaller tuple is a better schedule."""
        return self.costs[Level.HARD], self.costs[Level.STRONG], self.costs[Level.NICE]

    @classmethod
    def of(cls, instance: Instance, cases: list[Case]) -> "Report":
        counted: list[Case] = []
        waived: list[Case] = []
        counts = dict.fromkeys(RULES, 0)
        costs = dict.fromkeys(Level, 0)
        for case in cases:
            level = instance.level(case.rule)
            if level is Level.HARD and _settled(instance, case):
                waived.append(case)
                continue
            counted.append(case)
            counts[case.rule] += case.amount
            costs[level] += case.amount * instance.weight(case.rule)
        objective = sum(instance.weights.get(term, 0) * counts[term] for term in COSPLIB_TERMS)
        return cls(tuple(counted), tuple(waived), counts, costs, objective)


def _settled(instance: Instance, case: Case) -> bool:
    """Whether pins alone decide a breach. A cell cannot hold two items in one slot, whatever the pins say."""
    if case.rule in ("placed", "pins") or not case.items:
        return False
    if instance.form is Form.CELLS and case.rule in ("room_overlap", "one_track"):
        return False
    return all(instance.settled(item, RULES[case.rule].aspect) for item in case.items)

"""What the evaluator says: cases, counts and costs."""

from dataclasses import dataclass

from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.rules import COSPLIB_TERMS, RULES, Level


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
            rule = RULES[case.rule]
            level = instance.level(case.rule)
            pinned = bool(case.items) and all(instance.settled(i, rule.aspect) for i in case.items)
            if level is Level.HARD and pinned and case.rule != "placed":
                waived.append(case)
                continue
            counted.append(case)
            counts[case.rule] += case.amount
            costs[level] += case.amount * instance.weight(case.rule)
        objective = sum(instance.weights.get(term, 0) * counts[term] for term in COSPLIB_TERMS)
        return cls(tuple(counted), tuple(waived), counts, costs, objective)

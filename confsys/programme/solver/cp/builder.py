"""A CP-SAT model that knows which rule each constraint speaks for."""

from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from confsys.programme.solver.data.instance import Instance
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.rules import Level

Literal = cp_model.LiteralT
Guards = dict[Case, cp_model.IntVar]


class Builder:
    """Collects breaches by level: hard ones become clauses, others cost points of their tier.

    With `guarded`, every hard claim gets a literal that switches it on; a model that cannot hold with all
    of them assumed can then name the claims that contradict each other.
    """

    def __init__(self, instance: Instance, *, guarded: bool = False) -> None:
        self.instance = instance
        self.model = cp_model.CpModel()
        self.guarded = guarded
        self.guards: Guards = {}
        self._costs: dict[Level, list[tuple[int, cp_model.LinearExprT]]] = {Level.STRONG: [], Level.NICE: []}
        self._constants = {Level.STRONG: 0, Level.NICE: 0}

    def boolean(self) -> cp_model.IntVar:
        return self.model.new_bool_var("")

    def guard(self, claim: Case) -> list[Literal]:
        """The literals a hard constraint of this claim is enforced by; none in an ordinary model."""
        if not self.guarded:
            return []
        key = replace(claim, amount=1)
        if key not in self.guards:
            self.guards[key] = self.boolean()
        return [self.guards[key]]

    def breach(self, claim: Case, points: int, *conjunctions: Sequence[Literal]) -> None:
        """Any of the conjunctions breaks the claim and costs `points` units of its rule.

        Conjunctions of one soft claim must exclude each other: they share one cost.
        """
        level = self.instance.level(claim.rule)
        if level is Level.HARD:
            switched = [~guard for guard in self.guard(claim)]
            for literals in conjunctions:
                self.model.add_bool_or([*(~literal for literal in literals), *switched])
        elif level is not Level.OFF and points and conjunctions:
            self.cost(claim.rule, points, self._either(conjunctions))

    def _either(self, conjunctions: Sequence[Sequence[Literal]]) -> Literal:
        """A literal that holds where any conjunction does; being a cost, it is false elsewhere."""
        if len(conjunctions) == 1 and len(conjunctions[0]) == 1:
            return conjunctions[0][0]
        broken = self.boolean()
        for literals in conjunctions:
            self.model.add_bool_or([broken, *(~literal for literal in literals)])
        return broken

    def cost(self, rule: str, points: int, expression: cp_model.LinearExprT) -> None:
        """`points` units of a soft rule for each unit of an expression."""
        level = self.instance.level(rule)
        if level in self._costs and points:
            self._costs[level].append((points * self.instance.weight(rule), expression))

    def credit(self, rule: str, points: int) -> None:
        """Units that the costs of a rule count too many in every schedule."""
        level = self.instance.level(rule)
        if level in self._constants:
            self._constants[level] -= points * self.instance.weight(rule)

    def levels(self) -> list[Level]:
        """The levels with anything to minimise, first things first."""
        return [level for level in (Level.STRONG, Level.NICE) if self._costs[level]]

    def total(self, level: Level) -> cp_model.LinearExprT:
        coefficients = [points for points, _ in self._costs[level]]
        expressions = [expression for _, expression in self._costs[level]]
        weighted = cp_model.LinearExpr.weighted_sum(expressions, coefficients)
        return weighted + self._constants[level]

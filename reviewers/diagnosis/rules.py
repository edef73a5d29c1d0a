"""Which rules beyond coverage and loads block an assignment, and for which papers and reviewers."""

from __future__ import annotations

import numpy as np

from ..errors import Infeasible, Reason, Remedy
from ..instance import Instance
from ..rows import Row
from .wording import named, plural


def explain_rules(instance: Instance, broken: list[tuple[Row, float]]) -> Infeasible:
    """From the rows that fall short, by the least possible amount, to a reason and a remedy for each rule."""
    by_rule: dict[str, list[tuple[Row, float]]] = {}
    for row, amount in broken:
        by_rule.setdefault(row.rule, []).append((row, amount))
    reasons, remedies = [], []
    for rule, rows in by_rule.items():
        reason = _reason(instance, rule, [row for row, _ in rows])
        short = max(1, round(sum(amount for _, amount in rows)))
        reasons.append(reason)
        where = named("paper", "papers", reason.papers)
        remedies.append(
            Remedy(
                "waive",
                f"Waive {_rule_name(rule)} for {where}.",
                dict.fromkeys(reason.papers, 1),
                short,
            )
        )
    return Infeasible(reasons, remedies)


def _rule_name(rule: str) -> str:
    if rule.startswith("limit:"):
        return f"the limit for each {rule.removeprefix('limit:')}"
    return {
        "seniors": "the wish for senior reviewers",
        "coauthors": "the ban on co-authors reviewing together",
        "cycle2": "the ban on authors reviewing each other",
        "cycle3": "the ban on rings of three authors",
    }[rule]


def _reason(instance: Instance, rule: str, rows: list[Row]) -> Reason:
    width = instance.shape[1]
    members = np.concatenate([row.members for row in rows])
    papers = tuple(instance.papers[p] for p in sorted({p for row in rows for p in row.papers}))
    reviewers = tuple(instance.reviewers[r] for r in np.unique(members % width).tolist())
    where = named("Paper", "Papers", papers)
    if rule == "seniors":
        text = (
            f"{where} cannot get {plural(instance.rules.seniors, 'senior reviewer')}: "
            f"{plural(len(reviewers), 'senior')} cannot be everywhere they are needed, "
            "counting conflicts and loads."
        )
    else:
        text = f"{where} cannot be covered while keeping {_rule_name(rule)}."
    return Reason(rule, text, papers, reviewers, len(rows), 0)

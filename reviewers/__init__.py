"""Reviewer matching: who should review what, exactly, fairly, and with reasons.

The package is pure: plain data in, plain data out. It needs no application, no database, no clock and no
network. The same functions stand behind `python -m reviewers`; formats are described in docs/reviewers.md.

    from reviewers import Infeasible, Rules, assign, build, sparse_by_id

    instance = build(
        papers, reviewers, sparse_by_id(papers, reviewers, {(paper, reviewer): score, ...}),
        coverage=3, load_max={reviewer: 6, ...}, conflicts=[(paper, reviewer), ...],
        rules=Rules(min_loads=True),
    )
    try:
        result = assign(instance)
    except Infeasible as why:
        why.reasons, why.remedies      # named papers, reviewers and rules; what would help, cheapest first
    result.assignment                  # [(paper, reviewer), ...]
    result.alternates                  # {paper: [reviewer, ...]}
    result.report                      # total, bound, gap, min, p5, gini, loads, ...

`check(instance, chosen)` judges any assignment independently of the solvers. `reviewers.conflicts` finds
conflicts of interest from what is known of people, `reviewers.affinity` how near their writing is to a paper.
"""

from .checker import Violation, check
from .engine import Result, assign
from .errors import BadInstance, Infeasible, Reason, Remedy
from .instance import Groups, Instance, Rules, build
from .report import Report, Unmet, paper_scores
from .scores import DenseScores, Scores, SparseScores, dense, sparse, sparse_by_id

__all__ = [
    "BadInstance",
    "DenseScores",
    "Groups",
    "Infeasible",
    "Instance",
    "Reason",
    "Remedy",
    "Report",
    "Result",
    "Rules",
    "Scores",
    "SparseScores",
    "Unmet",
    "Violation",
    "assign",
    "build",
    "check",
    "dense",
    "paper_scores",
    "sparse",
    "sparse_by_id",
]

"""The independent judge of a schedule: counts every rule from the instance; shares only the data model."""

from confsys.programme.solver.evaluator.evaluate import Evaluator, evaluate
from confsys.programme.solver.evaluator.report import Case, Report

__all__ = ["Case", "Evaluator", "Report", "evaluate"]

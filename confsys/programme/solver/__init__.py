"""The timetable engine: instances of `confsched-1` in, schedules with proof, prices and explanations out.

Pure: plain data, no database, no clock but time limits, nothing of the application. See docs/solver.md.
OR-Tools is a heavy library; import this package where it is needed, not at the start of a web process.
"""

from confsys.programme.solver.data.instance import Instance, Place, Schedule
from confsys.programme.solver.data.reading import load_json, read_instance
from confsys.programme.solver.data.solution import read_schedule, write_schedule
from confsys.programme.solver.errors import InputError
from confsys.programme.solver.evaluator import Case, Evaluator, Report, evaluate
from confsys.programme.solver.explain import Explanation, explain
from confsys.programme.solver.price import Price, Pricer
from confsys.programme.solver.progress import Progress, Result, Status
from confsys.programme.solver.repair import Repair, Repairs, repair
from confsys.programme.solver.rules import RULES, Form, Level
from confsys.programme.solver.sentences import case_sentence, claim_phrase, explanation_text
from confsys.programme.solver.solve import solve

__all__ = [
    "RULES",
    "Case",
    "Evaluator",
    "Explanation",
    "Form",
    "InputError",
    "Instance",
    "Level",
    "Place",
    "Price",
    "Pricer",
    "Progress",
    "Repair",
    "Repairs",
    "Report",
    "Result",
    "Schedule",
    "Status",
    "case_sentence",
    "claim_phrase",
    "evaluate",
    "explain",
    "explanation_text",
    "load_json",
    "read_instance",
    "read_schedule",
    "repair",
    "solve",
    "write_schedule",
]

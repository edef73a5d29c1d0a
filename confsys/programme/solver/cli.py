"""The engine on the command line.

Exit status: 0 done, 2 bad input (one sentence on stderr), 3 impossible or hard rules broken (named on
stdout), 4 the time ran out before anything was found or proven.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from confsys.programme.solver import commands
from confsys.programme.solver.errors import InputError
from confsys.programme.solver.progress import Progress
from confsys.programme.solver.rules import RULES, Level

Command = Callable[[argparse.Namespace], commands.Answer]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    options.watch = _tell
    options.remark = lambda text: print(text, file=sys.stderr)
    try:
        answer = options.run(options)
    except InputError as error:
        print(error, file=sys.stderr)
        return commands.BAD_INPUT
    print(json.dumps(answer.data, ensure_ascii=False, indent=1) if options.json else answer.text)
    return int(answer.status)


def _tell(progress: Progress) -> None:
    _, strong, nice = progress.report.cost
    bound = f"bound {progress.bound[0]} / {progress.bound[1]}"
    print(f"{progress.seconds:8.2f} s  strong {strong}  nice {nice}  {bound}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m confsys.programme.solver", description=__doc__)
    adding = parser.add_subparsers(required=True)
    solve = _command(adding, "solve", commands.solve_instance, "find a schedule and improve it")
    solve.add_argument("-o", "--output", type=Path, required=True, metavar="SOLUTION.json")
    solve.add_argument("--start", type=Path, metavar="OLD.json", help="a schedule to start from")
    _add_search(solve, 60.0)
    judge = _command(adding, "evaluate", commands.evaluate_solution, "count every rule, independently of the solver")
    judge.add_argument("solution", type=Path)
    judge.add_argument("--cases", action="store_true", help="tell each breach in a sentence")
    mend = _command(adding, "repair", commands.repair_solution, "mend a schedule with the fewest moves")
    mend.add_argument("old", type=Path)
    mend.add_argument("-o", "--output", type=Path, required=True, metavar="SOLUTION.json")
    mend.add_argument("--alternatives", type=int, default=3, choices=range(1, 6))
    _add_search(mend, 30.0)
    why = _command(adding, "explain", commands.explain_instance, "name the rules that cannot hold together")
    why.add_argument("--start", type=Path, metavar="OLD.json", help="the schedule of locked days")
    _add_search(why, commands.EXPLAIN_SECONDS)
    price = _command(adding, "price", commands.price_submission, "what each other place would cost a submission")
    price.add_argument("solution", type=Path)
    price.add_argument("submission")
    price.add_argument("--limit", type=int, default=20, help="places to tell (default 20, 0 is all)")
    return parser


def _command(adding: Any, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = adding.add_parser(name, help=text, description=text)
    parser.add_argument("instance", type=Path, metavar="INSTANCE.json")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    for level in Level:
        told = f"treat a rule as {level}; may be given several times"
        parser.add_argument(f"--{level}", action="append", default=[], metavar="RULE", choices=sorted(RULES), help=told)
    parser.set_defaults(run=run)
    return parser


def _add_search(parser: argparse.ArgumentParser, seconds: float) -> None:
    parser.add_argument("--seconds", type=_seconds, default=seconds, help=f"time limit (default {seconds:g})")
    parser.add_argument("--seed", type=_at_least_zero, default=0)
    parser.add_argument("--workers", type=int, default=2, choices=range(1, 65), metavar="N",
                        help="1 makes the result reproducible (default 2)")  # fmt: skip
    parser.add_argument("--parallel-rooms", type=int, default=1, choices=range(1, 100), metavar="K",
                        help="rooms a track may use at once in a session (default 1)")  # fmt: skip


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("must be above 0 and at most 86400")
    return value


def _at_least_zero(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError("must be from 0 to 2147483647")
    return value

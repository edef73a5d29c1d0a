"""The command line: `python -m reviewers assign|check`.

Exit codes: 0 solved (or nothing wrong), 1 a checked result breaks rules, 2 bad input, 3 infeasible.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .checker import check
from .engine import OBJECTIVES, assign
from .errors import BadInstance, Infeasible
from .formats import read, read_pairs, write_json

SOLVED, BROKEN, BAD_INPUT, INFEASIBLE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BadInstance as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror}.", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reviewers", description="Match reviewers to papers.")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_assign(commands.add_parser("assign", help="assign reviewers to papers"))
    _add_check(commands.add_parser("check", help="judge a result by the rules of its instance"))
    return parser


def _add_assign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path, help=".npz file or folder of CSV")
    parser.add_argument("-o", "--output", type=Path, help="where to write the result (JSON)")
    parser.add_argument("--objective", choices=OBJECTIVES, default="total")
    parser.add_argument("--min-loads", action="store_true", help="give every reviewer their minimum load")
    parser.add_argument("--alternates", type=int, default=5, help="how many to rank for each paper")
    parser.set_defaults(run=_assign)


def _assign(options: argparse.Namespace) -> int:
    instance = read(options.instance)
    if options.min_loads:
        instance = instance.with_rules(min_loads=True)
    try:
        result = assign(instance, options.objective, alternates=options.alternates)
    except Infeasible as infeasible:
        if options.output:
            write_json({"infeasible": infeasible.as_dict()}, options.output)
        _print_infeasible(infeasible)
        return INFEASIBLE
    if options.output:
        write_json(result.as_dict(), options.output)
    report = result.report
    print(
        f"total {report.total:.4f} (bound {report.bound:.4f}), paper score mean {report.mean:.4f}, "
        f"min {report.min:.4f}, p5 {report.p5:.4f}, gini {report.gini:.4f}; "
        f"{report.violations} violations; {report.cpu_seconds:.2f} CPU s, {report.peak_mb:.0f} MB"
    )
    return SOLVED


def _print_infeasible(infeasible: Infeasible) -> None:
    print("No assignment keeps every rule.", file=sys.stderr)
    for reason in infeasible.reasons:
        print(f"- {reason.text}", file=sys.stderr)
    if infeasible.remedies:
        print("Any one of these would help:", file=sys.stderr)
    for remedy in infeasible.remedies:
        print(f"- {remedy.text}", file=sys.stderr)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path, help=".npz file or folder of CSV")
    parser.add_argument("result", type=Path, help="JSON with the pairs under assignment")
    parser.add_argument("--min-loads", action="store_true", help="hold the result to the minimum loads too")
    parser.add_argument("-o", "--output", type=Path, help="where to write the violations (JSON)")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    instance = read(options.instance)
    if options.min_loads:
        instance = instance.with_rules(min_loads=True)
    violations = check(instance, read_pairs(options.result, instance))
    for violation in violations:
        print(f"{violation.rule}: {violation.text}")
    if options.output:
        write_json({"violations": [asdict(violation) for violation in violations]}, options.output)
    if not violations:
        print("No rule is broken.")
    return BROKEN if violations else SOLVED

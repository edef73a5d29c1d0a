"""The command line: `python -m reviewers assign|topup|check|affinity|calibrate|rings`.

Exit codes: 0 solved (or nothing wrong), 1 a checked result breaks rules, 2 bad input, 3 infeasible.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from .afterwards import add_calibrate, add_rings, add_topup, topped_up
from .checker import check
from .engine import OBJECTIVES, assign
from .errors import BadInstance, Infeasible
from .formats import read, read_pairs, write_json
from .instance import Instance

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
    _add_assign(commands.add_parser("topup", help="fill the gaps that refusals left; nothing else moves"), _topup)
    _add_check(commands.add_parser("check", help="judge a result by the rules of its instance"))
    _add_affinity(commands.add_parser("affinity", help="how near reviewers' own texts are to papers"))
    add_calibrate(commands.add_parser("calibrate", help="papers' quality and reviewers' habits from review scores"))
    add_rings(commands.add_parser("rings", help="bids that look arranged"))
    return parser


def _add_affinity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--papers", type=Path, required=True, help="JSON lines: id, title, abstract (.gz allowed)")
    parser.add_argument("--profiles", type=Path, required=True, help="JSON: reviewer to ids of past papers")
    parser.add_argument("--past", type=Path, action="append", default=[], help="more papers the profiles speak of")
    parser.add_argument("--pairs", type=Path, help="CSV reviewer,paper: only these; else all")
    parser.add_argument("--model", choices=("auto", "tfidf", "minilm"), default="auto")
    parser.add_argument("--cache", type=Path, help="a folder where embeddings are kept by the hash of their text")
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to write reviewer,paper,score")
    parser.set_defaults(run=_affinity)


def _affinity(options: argparse.Namespace) -> int:
    # SciPy's sparse matrices take a moment to load: only for who asks for them
    from . import affinity as texts  # noqa: PLC0415

    papers = texts.read_papers(options.papers)
    past = {text.id: text for path in (options.papers, *options.past) for text in texts.read_papers(path)}
    profiles, wanted = texts.read_profiles(options.profiles), None
    if options.pairs:
        wanted = texts.read_wanted(options.pairs)
        named = {paper for _, paper in wanted}
        papers = [text for text in past.values() if text.id in named]
    found = texts.affinity(papers, profiles, past, options.model, options.cache)
    count = texts.write_scores(found, options.output, wanted)
    print(f"{count} pairs of {len(found.papers)} papers and {len(found.reviewers)} reviewers by {found.model}")
    return SOLVED


def _add_assign(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int] | None = None) -> None:
    parser.add_argument("instance", type=Path, help=".npz file or folder of CSV")
    if run is not None:
        add_topup(parser)
    parser.add_argument("-o", "--output", type=Path, help="where to write the result (JSON)")
    parser.add_argument("--objective", choices=OBJECTIVES, default="total")
    parser.add_argument("--floor", type=float, help="the score every paper should reach (fair)")
    parser.add_argument("--cap", type=float, help="the greatest chance of a pair (randomised)")
    parser.add_argument("--kept", type=float, help="the share of the greatest total to keep (randomised, 0.95)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same assignment (randomised)")
    parser.add_argument("--seconds", type=float, help="how long a search may go on closing its gap")
    _add_rules(parser)
    parser.add_argument("--alternates", type=int, default=5, help="how many to rank for each paper")
    parser.set_defaults(run=run or _assign)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    rules = parser.add_argument_group("rules, besides those of the instance")
    rules.add_argument("--min-loads", action="store_true", help="give every reviewer their minimum load")
    rules.add_argument("--seniors", type=int, metavar="N", help="at least N senior reviewers on a paper")
    rules.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="KIND=K",
        help="at most K reviewers of one group on a paper",
    )
    rules.add_argument("--cycles", type=int, choices=(2, 3), help="no rings of authors up to this length")
    rules.add_argument("--no-coauthors", action="store_true", help="no co-authors together on one paper")
    rules.add_argument("--keep", type=float, help="worth of keeping an existing pair; inf: as many as possible")


def _ruled(instance: Instance, options: argparse.Namespace) -> Instance:
    """The instance under the rules of the command line, where given."""
    changes: dict[str, object] = {}
    if options.min_loads:
        changes["min_loads"] = True
    if options.no_coauthors:
        changes["coauthors"] = True
    for name in ("seniors", "cycles", "keep"):
        if getattr(options, name) is not None:
            changes[name] = getattr(options, name)
    if options.limit:
        changes["limits"] = {**instance.rules.limits, **dict(map(_limit, options.limit))}
    return instance.with_rules(**changes) if changes else instance


def _limit(text: str) -> tuple[str, int]:
    kind, _, number = text.partition("=")
    if not kind or not number.isdecimal():
        raise BadInstance(f"A limit reads KIND=K, such as organisation=1, not {text}.")
    return kind, int(number)


def _assign(options: argparse.Namespace) -> int:
    return _solve(_ruled(read(options.instance), options), options)


def _topup(options: argparse.Namespace) -> int:
    instance = _ruled(read(options.instance), options)
    return _solve(topped_up(instance, read_pairs(options.present, instance), options), options)


def _solve(instance: Instance, options: argparse.Namespace) -> int:
    try:
        result = assign(
            instance,
            options.objective,
            floor=options.floor,
            cap=options.cap,
            kept=options.kept,
            seed=options.seed,
            seconds=options.seconds,
            alternates=options.alternates,
        )
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
    _add_rules(parser)
    parser.add_argument("-o", "--output", type=Path, help="where to write the violations (JSON)")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    instance = _ruled(read(options.instance), options)
    violations = check(instance, read_pairs(options.result, instance))
    for violation in violations:
        print(f"{violation.rule}: {violation.text}")
    if options.output:
        write_json({"violations": [asdict(violation) for violation in violations]}, options.output)
    if not violations:
        print("No rule is broken.")
    return BROKEN if violations else SOLVED

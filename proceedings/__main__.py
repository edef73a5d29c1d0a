"""The command line: ``python -m proceedings build VOLUME_DIR -o OUT`` and ``python -m proceedings check
VOLUME_DIR``.

Exit codes: 0 built (or checked) and verified, 1 with warnings, 2 bad input, 3 a paper refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from proceedings.building import Progress, build, check
from proceedings.findings import LANGUAGES, Finding, Severity
from proceedings.making import FORMATS
from proceedings.result import Result

_SUMMARY = {
    0: "built and verified",
    1: "built and verified, with the warnings above",
    2: "not built: the input must be corrected",
    3: "not built: the papers named above are refused",
}
_CHECKED = {
    0: "all fine",
    1: "can be built; see the warnings above",
    2: "cannot be built: the input must be corrected",
    3: "cannot be built: the papers named above are refused",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = _parser().parse_args(arguments)
    if options.command == "check":
        result = check(options.volume, options.report, jobs=options.jobs, progress=_tell(options.quiet))
    else:
        only = options.only.split(",") if options.only else None
        try:
            result = build(
                options.volume,
                options.output,
                only,
                jobs=options.jobs,
                schemas=options.schemas,
                progress=_tell(options.quiet),
            )
        except ValueError as error:  # an unknown format
            print(error, file=sys.stderr)
            return 2
    _print(result, options.language, options.quiet)
    print((_CHECKED if options.command == "check" else _SUMMARY)[result.code])
    return result.code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="proceedings", description="Proceedings from papers and their metadata.")
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("volume", type=Path, metavar="VOLUME_DIR", help="folder with volume.json and the papers")
    common.add_argument("--jobs", type=int, metavar="N", help="worker processes (default: one per processor)")
    common.add_argument("--language", choices=LANGUAGES, default="en", help="language of the messages")
    common.add_argument("--quiet", action="store_true", help="no progress, no notes")
    building = commands.add_parser("build", parents=[common], help="make the volume in every format")
    building.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="folder to put it in")
    building.add_argument("--only", metavar="FORMAT,…", help=f"some of: {', '.join(FORMATS)}")
    building.add_argument("--schemas", type=Path, metavar="DIR", help="official XML schemas to validate against")
    checking = commands.add_parser("check", parents=[common], help="check everything, make nothing")
    checking.add_argument("--report", type=Path, metavar="DIR", help="write the report and its pictures there")
    return parser


def _tell(quiet: bool) -> Callable[[Progress], None]:
    def tell(at: Progress) -> None:
        if not quiet and at.subject:
            print(f"{at.step} {at.done + 1}/{at.total}: {at.subject}", file=sys.stderr)

    return tell


def _print(result: Result, language: str, quiet: bool) -> None:
    """Findings paper by paper; in a refused volume the papers that are fine are named as well."""
    for finding in (finding for finding in result.findings if finding.paper is None):
        _line("", finding, language, quiet)
    for id_ in result.papers:
        own = [finding for finding in result.findings if finding.paper == id_]
        for finding in own:
            _line(id_, finding, language, quiet)
        if not any(finding.severity is Severity.ERROR for finding in own) and result.refused:
            print(f"{id_}: fine")


def _line(id_: str, finding: Finding, language: str, quiet: bool) -> None:
    if not (quiet and finding.severity is Severity.NOTE):
        print(f"{f'{id_}: ' if id_ else ''}{finding.severity}: {finding.text(language)}")


if __name__ == "__main__":
    sys.exit(main())

"""How long a stamped and verified volume takes beside a bare concatenation: ``python -m tests.bench.proceedings``.

The bench makes its papers: ten pages each, set by typst, no two alike. Both sides begin with the papers, set the stamps
and write the same pages with them; the bare one neither inspects, sets front matter, links, nor reads anything back.
Each runs in a process of its own; memory is that of all its processes together, looked at fifty times a second.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import typst

from proceedings.assembly.stamping import stamp
from proceedings.building import build
from proceedings.isolation import Pool
from proceedings.setting import Press

PAGES = 10
BOUND_TIME, BOUND_MEMORY = 3.0, 400  # times the bare concatenation; megabytes, for 200 papers
_WORDS = ["method", "result", "model", "graph", "theory", "sample", "figure", "proof", "search", "language", "system"]
_SOURCE = """
#set page("a4", margin: (x: 25mm, y: 28mm))
#set text(font: "Libertinus Serif", size: 10pt)
#set document(date: none)
#text(16pt)[{title}]

{author}

{body}
"""


def make(folder: Path, count: int) -> None:
    """``count`` papers and their ``volume.json``."""
    papers = []
    (folder / "papers").mkdir(parents=True)
    for number in range(count):
        random = Random(number)
        title, author = f"On the {random.choice(_WORDS)} of {random.choice(_WORDS)} {number}", f"Ada Number{number}"
        pages = [" ".join(random.choice(_WORDS) for _ in range(430)) for _ in range(PAGES)]
        body = "\n#pagebreak()\n".join(pages)
        data = typst.compile(_SOURCE.format(title=title, author=author, body=body).encode(), format="pdf", timestamp=0)
        (folder / f"papers/{number}.pdf").write_bytes(data)
        given, _, family = author.partition(" ")
        record = {"id": str(number), "title": title, "authors": [{"given": given, "family": family}]}
        papers.append(record | {"file": f"papers/{number}.pdf"})
    sessions = [{"title": "All", "papers": papers}]
    volume = {"title": "Proceedings of the Bench", "acronym": "BENCH", "year": 2026, "sessions": sessions}
    (folder / "volume.json").write_text(json.dumps(volume), "utf-8")


def bare(folder: Path) -> float:
    """All papers one after the other, stamped, saved; nothing else. Gives the seconds that setting the stamps took."""
    warnings.simplefilter("ignore")
    begun = time.perf_counter()
    count = len(list((folder / "papers").iterdir()))
    with Pool(1) as pool, Press(pool) as press:
        set_in = press.begin("stamps", [{"stamps": _stamps(count * PAGES)}]).files()[0]
        marks = BytesIO(set_in.read_bytes())
    set_after = time.perf_counter() - begun
    with pikepdf.new() as volume, pikepdf.open(marks) as stamped:
        sources = []
        for number in range(count):
            source = pikepdf.open(folder / f"papers/{number}.pdf")
            sources.append(source)
            first = len(volume.pages)
            volume.pages.extend(source.pages)
            for page in range(first, len(volume.pages)):
                stamp(volume, volume.pages[page], stamped.pages[page], page)
        volume.save(folder / "bare.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return set_after


def _stamps(count: int) -> list[dict[str, object]]:
    """The stamps of all pages, as the engine sets them."""
    return [
        {"w": 595.28, "h": 841.89, "even": n % 2 == 1, "folio": str(n + 1), "kind": "later", "side": 56, "head_top": 26,
         "foot_bottom": 24, "head": ["Proceedings of the Bench"], "aside": [], "foot": []}
        for n in range(count)
    ]  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Wall seconds, processor seconds, seconds that setting the stamps took (0: not told), peak megabytes."""

    seconds: float
    processor: float
    stamps: float
    memory: float


def _timed(command: list[str]) -> Run:
    """This module with ``command``, its workers included."""
    process = subprocess.Popen([sys.executable, "-m", __spec__.name, *command], stdout=subprocess.PIPE, text=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _family(process.pid))))
        time.sleep(0.02)
    said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit("a run failed")
    seconds, processor, stamps = map(float, said.split()[-3:])
    return Run(seconds, processor, stamps, peak)


def _family(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it may have ended
            found += [one for child in path.read_text().split() for one in _family(int(child))]
    return found


def _resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except (OSError, IndexError):
        return 0.0


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _run(action: str, folder: Path, jobs: int) -> None:
    begun, before = time.perf_counter(), _processor()
    stamps = 0.0
    if action == "bare":
        stamps = bare(folder)
    else:
        result = build(folder, folder / "out", only=("pdf",), jobs=jobs)
        if result.code > 1 or not all(check.held for check in result.checks):
            raise SystemExit("the volume was not verified")
    print(f"{time.perf_counter() - begun:.2f} {_processor() - before:.2f} {stamps:.2f}")


def _seconds(run: Run) -> float:
    return run.seconds


def main() -> None:
    """Print a line per size, and fail where a bound is broken at 200 papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[50, 100, 200])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", nargs=2, metavar=("ACTION", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        _run(options.run[0], Path(options.run[1]), options.jobs)
        return
    failed = False
    for count in options.papers:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            folder = Path(scratch) / "volume"
            make(folder, count)
            jobs = ["--jobs", str(options.jobs)]
            plain = min((_timed(["--run", "bare", str(folder), *jobs]) for _ in range(options.rounds)), key=_seconds)
            ours = min((_timed(["--run", "build", str(folder), *jobs]) for _ in range(options.rounds)), key=_seconds)
        ratio = ours.seconds / plain.seconds
        print(
            f"{count} papers: bare {plain.seconds:.2f} s ({plain.processor:.2f} of processor; {plain.stamps:.2f} s for "
            f"the stamps), {plain.memory:.0f} MB; verified volume {ours.seconds:.2f} s ({ours.processor:.2f} of "
            f"processor), {ours.memory:.0f} MB with its {options.jobs} workers; {ratio:.2f} times, "
            f"{1000 * ours.processor / count:.0f} ms of processor a paper"
        )
        failed = failed or (count == 200 and (ratio > BOUND_TIME or ours.memory > BOUND_MEMORY))
    if failed:
        raise SystemExit(f"slower than {BOUND_TIME} times the bare concatenation, or above {BOUND_MEMORY} MB")


if __name__ == "__main__":
    main()

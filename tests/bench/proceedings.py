"""How long a stamped and verified volume takes beside a bare concatenation: ``python -m tests.bench.proceedings``.

The bench makes its papers: ten pages each, set by typst, no two alike. Both sides write the same pages with the same
stamps; the bare one neither inspects, sets front matter, links, nor reads anything back. Each runs in a process of its
own, so that memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import typst

from proceedings.assembly.stamping import stamp
from proceedings.building import build
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


def stamps(count: int) -> bytes:
    """The stamps of all pages, as the engine sets them."""
    pages = [
        {"w": 595.28, "h": 841.89, "even": n % 2 == 1, "folio": str(n + 1), "kind": "later", "side": 56, "head_top": 26,
         "foot_bottom": 24, "head": ["Proceedings of the Bench"], "aside": [], "foot": []}
        for n in range(count)
    ]  # fmt: skip
    with Press() as press:
        return press.set("stamps", {"stamps": pages})


def bare(folder: Path, marks: Path) -> None:
    """All papers one after the other, stamped, saved; nothing else."""
    warnings.simplefilter("ignore")
    with pikepdf.new() as volume, pikepdf.open(BytesIO(marks.read_bytes())) as stamped:
        sources = []
        for number in range(len(list((folder / "papers").iterdir()))):
            source = pikepdf.open(folder / f"papers/{number}.pdf")
            sources.append(source)
            first = len(volume.pages)
            volume.pages.extend(source.pages)
            for page in range(first, len(volume.pages)):
                stamp(volume, volume.pages[page], stamped.pages[page], page)
        volume.save(folder / "bare.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _timed(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak megabytes of this module with ``command``, its workers included."""
    done = subprocess.run([sys.executable, "-m", __spec__.name, *command], check=True, capture_output=True, text=True)
    seconds, processor, memory = done.stdout.split()[-3:]
    return float(seconds), float(processor), float(memory)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _run(action: str, folder: Path, jobs: int) -> None:
    begun, before = time.perf_counter(), _processor()
    if action == "bare":
        bare(folder, folder / "marks.pdf")
    else:
        result = build(folder, folder / "out", only=("pdf",), jobs=jobs)
        if result.code > 1 or not all(check.held for check in result.checks):
            raise SystemExit("the volume was not verified")
    seconds, processor = time.perf_counter() - begun, _processor() - before
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"{seconds:.2f} {processor:.2f} {own + (jobs * children if action == 'build' else 0):.0f}")


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
            (folder / "marks.pdf").write_bytes(stamps(count * PAGES))
            jobs = ["--jobs", str(options.jobs)]
            plain = min(_timed(["--run", "bare", str(folder), *jobs]) for _ in range(options.rounds))
            ours = min(_timed(["--run", "build", str(folder), *jobs]) for _ in range(options.rounds))
        ratio = ours[0] / plain[0]
        print(
            f"{count} papers: bare {plain[0]:.2f} s ({plain[1]:.2f} of processor), {plain[2]:.0f} MB; verified volume "
            f"{ours[0]:.2f} s ({ours[1]:.2f} of processor), {ours[2]:.0f} MB with its {options.jobs} workers; "
            f"{ratio:.2f} times, {1000 * ours[1] / count:.0f} ms of processor a paper"
        )
        failed = failed or (count == 200 and (ratio > BOUND_TIME or ours[2] > BOUND_MEMORY))
    if failed:
        raise SystemExit(f"slower than {BOUND_TIME} times the bare concatenation, or above {BOUND_MEMORY} MB")


if __name__ == "__main__":
    main()

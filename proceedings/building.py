"""From a folder with ``volume.json`` to a finished, verified volume in every format asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from proceedings.findings import Finding, Severity
from proceedings.isolation import Pool
from proceedings.making import FORMATS, Maker
from proceedings.papers import Prepared, prepare
from proceedings.publish import replacing
from proceedings.result import Result, artefacts
from proceedings.setting import Press
from proceedings.volume import Book, Volume, VolumeError, load
from proceedings.volume.layout import lay_out


@dataclass(frozen=True)
class Progress:
    """Where a build stands.

    ``step`` is read, papers, set, bind, formats or verify; ``subject`` a paper or format.
    """

    step: str
    done: int
    total: int
    subject: str = ""


def build(
    volume_dir: Path | str,
    out_dir: Path | str,
    only: Collection[str] | None = None,
    *,
    jobs: int | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Result:
    """Build the volume in ``volume_dir`` into ``out_dir``.

    ``only`` names formats (default: all of :data:`FORMATS`); ``ValueError`` for one that is unknown.
    Never raises for what the volume or its papers hold: a bad ``volume.json`` or a refused paper gives a
    result without artefacts, and ``out_dir`` stays as it was. Same input, same bytes.
    """
    wanted = _wanted(only)
    progress(Progress("read", 0, 1))
    try:
        volume = load(volume_dir)
    except VolumeError as error:
        return Result(Path(out_dir), None, {}, error.findings)
    jobs = jobs or os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="volume-") as scratch, Pool(jobs) as pool:
        prepared = prepare(volume, Path(scratch), pool, lambda *at: progress(Progress("papers", *at)))
        book, faults = lay_out(volume, {id_: paper.count for id_, paper in prepared.items()})
        findings = [*(f for paper in prepared.values() for f in paper.findings), *faults]
        if any(finding.severity is Severity.ERROR for finding in findings):
            return Result(Path(out_dir), book, prepared, tuple(findings))
        return _make(volume, book, prepared, Path(out_dir), wanted, findings, pool, progress)


def _wanted(only: Collection[str] | None) -> list[str]:
    unknown = sorted(set(only or ()) - set(FORMATS))
    if unknown:
        raise ValueError(f"unknown format: {', '.join(unknown)}")
    return [name for name in FORMATS if only is None or name in only]


def _make(
    volume: Volume,
    book: Book,
    prepared: dict[str, Prepared],
    out_dir: Path,
    wanted: list[str],
    findings: list[Finding],
    pool: Pool,
    progress: Callable[[Progress], None],
) -> Result:
    with Press(volume.folder / "fonts") as press, replacing(out_dir) as folder:
        maker = Maker(book, prepared, press, pool, folder)
        for number, name in enumerate(wanted):
            progress(Progress("formats", number, len(wanted), name))
            maker.make(name)
        made = artefacts(folder, maker.made)
        progress(Progress("formats", len(wanted), len(wanted)))
    return Result(out_dir, book, prepared, (*findings, *maker.findings), made)

"""The publishing engine: papers and their metadata in, a verified volume in every format out.

Pure: plain data and files in, files out; no database, no network, no clock (dates come in).

Looking at one uploaded file::

    report = inspect(path, name="paper.pdf", accept=("pdf",), authors=[Person.of({...})], blind=True)
    report.refused                      # must the author upload another?
    for finding in report.findings:     # Finding(code, severity, params, marks, paper)
        finding.text("en"), finding.text("zh"), finding.severity, finding.group
    report.kind, report.opens, report.encryption, report.pages, report.fonts, report.metadata, report.text
    Report.from_dict(report.as_dict())  # plain data for a JSON column

The file is read in a process apart, bounded in time and memory; a :class:`Pool` passed as ``pool=`` keeps
that process between calls.

Building a volume (``volume.json`` is described in docs/proceedings.md and by ``volume/schema.json``)::

    result = build(volume_dir, out_dir, only=("pdf", "bibtex"), progress=lambda p: print(p.step, p.done))
    result.code                         # 0 verified, 1 with warnings, 2 bad volume.json, 3 a paper refused
    result.pages["p17"]                 # Range(first, last)
    result.findings, result.refused     # findings carry the paper's id; refused lists ids
    result.artefacts                    # Artefact(path, format, size, sha256), relative to result.folder

A build that is refused or killed leaves ``out_dir`` as it was. Records without a build::

    volume = load(volume_dir)           # or volume_of(data, folder); VolumeError(findings)
    book = Book(volume, {"p17": Range(5, 12)})
    export(book, "bibtex")              # {relative path: bytes}; RECORDS names the formats

What a name stands for is imported when it is first used: a worker that only reads PDF files must not hold
the tables of pinyin, the setter and the Word libraries as well.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proceedings.building import Progress, build, check
    from proceedings.findings import Finding, Mark, Severity
    from proceedings.formats import RECORDS, export
    from proceedings.inspection import Report, anonymity, inspect
    from proceedings.isolation import Pool
    from proceedings.making import FORMATS
    from proceedings.people import Person
    from proceedings.result import Artefact, Result
    from proceedings.text import Text
    from proceedings.volume import Book, Paper, Range, Volume, VolumeError, load, volume_of

_HOMES = {
    "building": ("Progress", "build", "check"),
    "findings": ("Finding", "Mark", "Severity"),
    "formats": ("RECORDS", "export"),
    "inspection": ("Report", "anonymity", "inspect"),
    "isolation": ("Pool",),
    "making": ("FORMATS",),
    "people": ("Person",),
    "result": ("Artefact", "Result"),
    "text": ("Text",),
    "volume": ("Book", "Paper", "Range", "Volume", "VolumeError", "load", "volume_of"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FORMATS",
    "RECORDS",
    "Artefact",
    "Book",
    "Finding",
    "Mark",
    "Paper",
    "Person",
    "Pool",
    "Progress",
    "Range",
    "Report",
    "Result",
    "Severity",
    "Text",
    "Volume",
    "VolumeError",
    "anonymity",
    "build",
    "check",
    "export",
    "inspect",
    "load",
    "volume_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)

"""What a build says when it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proceedings.findings import Finding, Severity
from proceedings.papers import Prepared
from proceedings.verify.check import Check
from proceedings.volume.book import Book, Range


@dataclass(frozen=True)
class Artefact:
    """One file that was made.

    Path relative to the output folder, format, size in bytes, SHA-256 in hexadecimal.
    """

    path: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Result:
    """Outcome of a build.

    ``book`` is ``None`` if ``volume.json`` could not be used; ``checks`` are what was verified on the
    finished files.
    """

    folder: Path
    book: Book | None
    papers: Mapping[str, Prepared]
    findings: tuple[Finding, ...]
    artefacts: tuple[Artefact, ...] = field(default=())
    checks: tuple[Check, ...] = field(default=())

    @property
    def pages(self) -> Mapping[str, Range]:
        """First and last page of each printed paper, by id."""
        return self.book.pages if self.book else {}

    @property
    def refused(self) -> tuple[str, ...]:
        """Ids of the papers that stand in the way, in order of the volume."""
        return tuple(
            dict.fromkeys(f.paper for f in self.findings if f.severity is Severity.ERROR and f.paper is not None)
        )

    @property
    def code(self) -> int:
        """Exit code: 0 built and verified, 1 built with warnings, 2 bad input, 3 a paper refused."""
        if self.refused:
            return 3
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            return 2
        return int(any(finding.severity is Severity.WARNING for finding in self.findings))

    def file(self, path: str) -> Path:
        """Absolute path of an artefact."""
        return self.folder / path


def artefacts(folder: Path, formats: Mapping[str, str]) -> tuple[Artefact, ...]:
    """Every file of ``folder``; ``formats`` maps relative paths to the format that made each."""
    made = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            made.append(Artefact(name, formats.get(name, ""), path.stat().st_size, digest))
    return tuple(made)

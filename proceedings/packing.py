"""One ZIP with everything.

Products, records, report, what the volume was made from, and a checksum for each file.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from proceedings.volume.book import Book
from proceedings.volume.load import NAME

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STORED = {".pdf", ".docx", ".epub", ".png", ".jpg", ".jpeg", ".zip"}  # packed already
SUMS = "SHA256SUMS"
PACKAGE = "package.zip"


def package(book: Book, folder: Path) -> None:
    """Write ``SHA256SUMS`` and ``package.zip`` into ``folder``."""
    files = dict(_contents(book, folder))
    sums = []
    with zipfile.ZipFile(folder / PACKAGE, "w") as archive:
        for name, path in files.items():
            digest = _add(archive, name, path)
            sums.append(f"{digest}  {name}\n")
        (folder / SUMS).write_text("".join(sums), "utf-8")
        _add(archive, SUMS, folder / SUMS)


def _contents(book: Book, folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path
    volume = book.volume
    given = [volume.folder / NAME, volume.cover]
    given += [preface.file for preface in volume.prefaces]
    given += [file for paper in volume.papers() for file in (paper.file, paper.source, *paper.supplements)]
    for path in dict.fromkeys(filter(None, given)):
        if path.is_file():
            yield f"inputs/{path.relative_to(volume.folder).as_posix()}", path


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in _STORED else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(entry, "w") as target:
        while piece := source.read(1 << 20):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()

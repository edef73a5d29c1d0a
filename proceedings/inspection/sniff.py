"""What a file really is, by its bytes; its name and extension are never believed."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What the bytes say."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"  # Word before 2007
    LOCKED_OFFICE = "locked-office"  # a DOCX with a password is an OLE container
    ODT = "odt"
    RTF = "rtf"
    OFFICE = "office"  # a spreadsheet or slides
    ZIP = "zip"
    ARCHIVE = "archive"
    HTML = "html"
    IMAGE = "image"
    POSTSCRIPT = "postscript"
    LATEX = "latex"
    TEXT = "text"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_HEAD = 4096
_PDF_WITHIN = 1024  # readers accept junk before the header up to here (ISO 32000-1, annex H.3)
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind.RTF),
    (b"%!PS", Kind.POSTSCRIPT),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(path: Path) -> Kind:
    """The kind of the file at ``path``. Reads a few kilobytes, and a ZIP's directory."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return Kind.EMPTY
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path, head)
    if head.startswith(_OLE):
        return _ole_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _text_kind(head)


def _zip_kind(path: Path, head: bytes) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        # A DOCX cut short has lost its directory, but its first entries still name themselves.
        return Kind.DOCX if b"[Content_Types].xml" in head or b"word/" in head else Kind.ZIP
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return Kind.DOCX
    if "[Content_Types].xml" in names:
        return Kind.OFFICE
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.ODT
    return Kind.ZIP


def _ole_kind(path: Path) -> Kind:
    """An OLE container: stream names are UTF-16 in its directory, wherever that lies."""
    with path.open("rb") as file:
        data = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Kind.LOCKED_OFFICE
    return Kind.DOC if "WordDocument".encode("utf-16-le") in data else Kind.OFFICE


def _text_kind(head: bytes) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<!doctype html|<html|<head|<body", start) or re.search(rb"<html[\s>]", start[:2048]):
        return Kind.HTML
    if b"\x00" in head:
        return Kind.UNKNOWN
    if b"\\documentclass" in head or b"\\begin{document}" in head:
        return Kind.LATEX
    printable = sum(byte >= 32 or byte in (9, 10, 13) for byte in head)
    return Kind.TEXT if printable > 0.97 * len(head) else Kind.UNKNOWN

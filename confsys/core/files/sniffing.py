"""What a file really is, from its content."""

from __future__ import annotations

import zipfile
from pathlib import Path

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
EPUB = "application/epub+zip"
ZIP = "application/zip"
TEXT = "text/plain"
BINARY = "application/octet-stream"

EXTENSIONS = {
    PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx", EPUB: ".epub", ZIP: ".zip", TEXT: ".txt",
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
    "video/mp4": ".mp4", "video/webm": ".webm",
}  # fmt: skip
VIDEOS = frozenset({"video/mp4", "video/webm"})
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
)


def sniff(path: Path) -> str:
    """The media type of a file by its first bytes and, for a package, by what it holds."""
    with path.open("rb") as source:
        head = source.read(1024)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if b"%PDF-" in head:  # readers accept a little junk before the header
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    return TEXT if _is_text(head) else BINARY


def _package(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "xl/workbook.xml" in names:
                return XLSX
            if "ppt/presentation.xml" in names:
                return PPTX
            if "mimetype" in names and package.read("mimetype")[:20] == EPUB.encode():
                return EPUB
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        # A package cut short still says what it wanted to be: let the check on opening tell the person.
        return DOCX if b"word/" in path.read_bytes()[:4096] else ZIP
    return ZIP


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for cut in range(4):  # the window may have cut a character in half
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return True
    return False

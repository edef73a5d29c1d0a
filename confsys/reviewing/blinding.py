"""A copy of a paper's file that tells nothing of who made it: no names in properties, comments or changes.

What the pages themselves say is the authors' own; this takes away what they do not see. Pure: files in, files out.
It runs in a process apart, since the files are strangers'.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Kinds of files that can be made blind.
KINDS = frozenset({PDF, DOCX})

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_PROPERTIES = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}
#: Who wrote a comment or made a change; people.xml links the names to accounts.
_WHO = re.compile(rb'((?:w|w15):(?:author|initials|userId)=)"[^"]*"')


def blind(source: str, target: str, media_type: str) -> None:
    """Write a blind copy of ``source`` to ``target``. Raises ValueError for a kind that cannot be made blind."""
    if media_type == PDF:
        _blind_pdf(source, target)
    elif media_type == DOCX:
        _blind_docx(Path(source), Path(target))
    else:
        raise ValueError(media_type)


def _blind_pdf(source: str, target: str) -> None:
    # A library with a large binary: kept out of the web's start.
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(source) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for owner in (pdf.Root, *(page.obj for page in pdf.pages)):
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                if key in owner:
                    del owner[key]
        for page in pdf.pages:
            for note in page.obj.get("/Annots", []):
                if isinstance(note, pikepdf.Dictionary) and "/T" in note and note.get("/Subtype") != "/Widget":
                    del note["/T"]
        pdf.save(target)


def _blind_docx(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = _PROPERTIES[part.filename].encode() if part.filename in _PROPERTIES else old.read(part)
            if part.filename.startswith("word/") and part.filename.endswith(".xml"):
                content = _WHO.sub(rb'\1"Author"', content)
            plain = zipfile.ZipInfo(part.filename)  # without the dates of the original
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, content)

"""Facts of a PDF. Runs in a worker process (see :mod:`proceedings.isolation`): the file may be hostile."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from proceedings.inspection.fonts import fonts_of
from proceedings.inspection.ink import ink_of
from proceedings.inspection.limits import MAX_CHARACTERS, MAX_CHARACTERS_PAGE, MAX_PAGES

_INFO = {
    "/Title": "title",
    "/Author": "author",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Creator": "creator",
    "/Producer": "producer",
    "/Company": "company",
    "/Manager": "manager",
}
_XMP = {
    "dc:creator": "xmp_creator",
    "dc:title": "xmp_title",
    "dc:rights": "xmp_rights",
    "photoshop:AuthorsPosition": "xmp_position",
    "pdfx:Company": "company",
    "xmpMM:Manager": "manager",
}


def facts(path: str) -> dict[str, Any]:
    """What the PDF at ``path`` is and holds, as plain data with the fields of ``Report`` plus "problem".

    ``problem`` is ``None``, "password", "damaged", "no-pages" or "too-many-pages".
    """
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError:
        return {"opens": False, "problem": "password", "encryption": "user"}
    except (pikepdf.PdfError, RuntimeError, OSError, ValueError):
        return {"opens": False, "problem": "damaged"}
    with pdf:
        try:
            return _read(pdf, path)
        except (
            pikepdf.PdfError,
            RuntimeError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            RecursionError,
        ):
            return {"opens": False, "problem": "damaged"}


def _read(pdf: pikepdf.Pdf, path: str) -> dict[str, Any]:
    count = len(pdf.pages)
    if count == 0 or count > MAX_PAGES:
        return {"opens": False, "problem": "no-pages" if count == 0 else "too-many-pages", "count": count}
    broken = _damage(pdf)
    for _ in pdf.objects:  # reading each object once makes the library tell which are damaged
        pass
    repaired = sum("duplicated key" not in str(warning) for warning in pdf.get_warnings())  # harmless, and common
    texts, inks = _visible(path)
    return {
        "opens": True,
        "problem": None,
        "encryption": "owner" if pdf.is_encrypted else None,
        "pages": [_page(page) | ink for page, ink in zip(pdf.pages, inks, strict=True)],
        "fonts": fonts_of(pdf),
        "metadata": _metadata(pdf),
        "text": texts,
        "broken_pages": broken,
        "traits": _traits(pdf) | ({"repaired": repaired} if repaired else {}),
    }


def _damage(pdf: pikepdf.Pdf) -> list[int]:
    """Pages (from 1) whose instructions cannot be unpacked or hold no sense.

    They would print in part or not at all.
    """
    broken = []
    for number, page in enumerate(pdf.pages, 1):
        before = len(pdf.get_warnings())
        try:
            contents = page.obj.get("/Contents")
            for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
                if stream is not None:
                    stream.read_bytes()
        except (pikepdf.PdfError, RuntimeError, AttributeError, TypeError):
            broken.append(number)
        else:
            if len(pdf.get_warnings()) > before:
                broken.append(number)
    return broken


def _page(page: pikepdf.Page) -> dict[str, Any]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    unit = float(page.obj.get("/UserUnit", 1))
    rotation = int(page.rotation) % 360 if page.rotation is not None else 0
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    if rotation in (90, 270):
        width, height = height, width
    return {"width": round(width, 2), "height": round(height, 2), "rotation": rotation}


def _metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    found: dict[str, str] = {}
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key, name in _INFO.items():
            with contextlib.suppress(ValueError, TypeError):
                _keep(found, name, info.get(key))
    with contextlib.suppress(Exception):  # a stranger's XML: any failure is "none"
        xmp = pdf.open_metadata(strict=False)  # read only: to leave it as a context would write it anew
        for key, name in _XMP.items():
            value = xmp.get(key)
            _keep(found, name, "; ".join(map(str, value)) if isinstance(value, list | set | tuple) else value)
    return found


def _keep(found: dict[str, str], name: str, value: object) -> None:
    text = re.sub(r"\s+", " ", str(value)).strip() if value is not None else ""
    if text and text.lower() not in {"none", "untitled", "anonymous"}:
        found.setdefault(name, text[:2000])


def _traits(pdf: pikepdf.Pdf) -> dict[str, int]:
    root = pdf.Root
    counts = {"attachments": len(list(pdf.attachments))}
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        fields = form.get("/Fields")
        counts["form_fields"] = len(fields) if isinstance(fields, pikepdf.Array) else 0
        counts["signatures"] = sum(_name(f, "/FT") == "/Sig" for f in fields or [])
        counts["xfa"] = int("/XFA" in form)
    names = root.get("/Names")
    scripts = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    action = root.get("/OpenAction")
    counts["scripts"] = int(scripts or _name(action, "/S") in ("/JavaScript", "/Launch"))
    for page in pdf.pages:
        for note in page.obj.get("/Annots") or []:
            kind = _name(note, "/Subtype")
            action_kind = _name(note.get("/A"), "/S") if isinstance(note, pikepdf.Dictionary) else ""
            key = {"/Link": "links", "/Widget": "widgets", "/Popup": "popups"}.get(kind, "annotations")
            counts[key] = counts.get(key, 0) + 1
            counts["scripts"] += action_kind in ("/JavaScript", "/Launch")
    return {key: count for key, count in counts.items() if count}


def _name(thing: object, key: str) -> str:
    return str(thing.get(key, "")) if isinstance(thing, pikepdf.Dictionary) else ""


def _visible(path: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Text and ink of every page, in one pass: parsing a page is what costs."""
    texts: list[str] = []
    inks: list[dict[str, Any]] = []
    room = MAX_CHARACTERS
    with contextlib.closing(pdfium.PdfDocument(path)) as document:
        for number in range(len(document)):
            with _opened(document, number) as pages:
                text = _clean(pages[1].get_text_range())[: min(room, MAX_CHARACTERS_PAGE)] if pages else ""
                inks.append(ink_of(*pages) if pages else {})
            room -= len(text)
            texts.append(text)
    return texts, inks


@contextlib.contextmanager
def _opened(document: pdfium.PdfDocument, number: int) -> Iterator[tuple[pdfium.PdfPage, pdfium.PdfTextPage] | None]:
    """A page and its text, or ``None`` for a page that is broken: one does not hide the others."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        yield None
        return
    try:
        yield page, text
    finally:
        text.close()
        page.close()


def _clean(raw: str) -> str:
    # pdfium marks a hyphen at a line's end with U+FFFE or U+0002: the word goes on after the break.
    return re.sub("[\ufffe\x02]\\s*", "", raw).replace("\r\n", "\n").replace("\x00", "")


def text_of_pages(path: str, first: int = 0, last: int | None = None) -> list[str]:
    """Text of pages ``first`` to ``last`` (from 0, end excluded), as pdfium reads it; soft hyphens joined."""
    with contextlib.closing(pdfium.PdfDocument(path)) as document:
        end = min(len(document), last if last is not None else len(document))
        texts = []
        for number in range(first, end):
            with _opened(document, number) as pages:
                texts.append(_clean(pages[1].get_text_range()) if pages else "")
        return texts

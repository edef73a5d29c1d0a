"""Page by page what a finished PDF says. Runs in a worker process, in parallel over parts of the volume."""

from __future__ import annotations

import contextlib
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from proceedings.inspection.fonts import fonts_of
from proceedings.setting.terms import roman

_BAND = 60.0  # points at the upper and lower edge in which folios stand


def read(path: str, first: int, last: int, whole: list[int]) -> list[dict[str, str]]:
    """``{text, edge}`` of pages ``first`` to ``last`` (from 0, end excluded).

    ``text`` is the whole text of the pages in ``whole``, else empty; ``edge`` the words near the upper
    and lower edge.
    """
    wanted = set(whole)
    pages = []
    with contextlib.closing(pdfium.PdfDocument(path)) as document:
        for number in range(first, last):
            page = document[number]
            text = page.get_textpage()
            pages.append({"text": text.get_text_range() if number in wanted else "", "edge": _edge(page, text)})
            text.close()
            page.close()
    return pages


def _edge(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> str:
    left, bottom, right, top = page.get_bbox()
    strips = ((left, bottom, right, bottom + _BAND), (left, top - _BAND, right, top))
    if page.get_rotation() % 180:
        strips = ((left, bottom, left + _BAND, top), (right - _BAND, bottom, right, top))
    return "\n".join(text.get_text_bounded(*strip) for strip in strips)


def structure(path: str) -> dict[str, Any]:
    """Of a volume.

    Labels of all pages, targets of the links of each page (page numbers from 0), fonts not embedded.
    """
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = [_targets(page, numbers) for page in pdf.pages]
        missing = sorted({font["name"] for font in fonts_of(pdf) if not font["embedded"]})
        return {"labels": _labels(pdf), "links": links, "missing": missing}


def _labels(pdf: pikepdf.Pdf) -> list[str]:
    """The label of every page, from the tree of ranges (asking page by page looks the tree up each time)."""
    ranges = dict(pikepdf.NumberTree(pdf.Root.PageLabels)) if "/PageLabels" in pdf.Root else {}
    labels: list[str] = []
    style, number = "", 1
    for page in range(len(pdf.pages)):
        if page in ranges:
            style, number = str(ranges[page].get("/S", "")), int(ranges[page].get("/St", 1))
        labels.append(roman(number) if style == "/r" else str(number) if style == "/D" else "")
        number += 1
    return labels


def _targets(page: pikepdf.Page, numbers: dict[tuple[int, int], int]) -> list[int]:
    """Pages that the page's own links lead to; -1 for one that leads nowhere."""
    found = []
    for note in page.obj.get("/Annots") or []:
        action = note.get("/A") if isinstance(note, pikepdf.Dictionary) else None
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
            target = action.get("/D")
            if isinstance(target, pikepdf.Array) and isinstance(target[0], pikepdf.Dictionary):
                found.append(numbers.get(target[0].objgen, -1))
    return found

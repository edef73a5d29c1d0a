"""Page by page what a finished PDF says. Runs in a worker process, in parallel over parts of the volume."""

from __future__ import annotations

import contextlib
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from proceedings.inspection.fonts import fonts_of

_CLOSE = 1.5  # points by which a stamp may miss the page that it covers
_ROMAN = tuple(
    zip(
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)


def texts(path: str, pages: list[int]) -> list[str]:
    """The whole text of each of ``pages`` (from 0)."""
    found = []
    with contextlib.closing(pdfium.PdfDocument(path)) as document:
        for number in pages:
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
    return found


def stamped(path: str, first: int, last: int) -> list[str | None]:
    """What the stamp drawn last on each page from ``first`` to ``last`` (end excluded) says.

    ``None`` where a page draws none, or one that does not lie on it edge to edge. The stamps alone are
    taken from the finished file and read: the pages under them need not be set again for that.
    """
    found: list[str | None] = [None] * (last - first)
    with pikepdf.open(path) as volume, pikepdf.new() as apart:
        held = []
        for number in range(first, last):
            form = _drawn_last(volume.pages[number])
            if form is not None:
                page = pikepdf.Page(apart.make_indirect(_alone(apart, form)))
                apart.pages.append(page)
                held.append(number - first)
        if not held:  # pdfium opens no document without pages
            return found
        data = BytesIO()
        apart.save(data)
    with contextlib.closing(pdfium.PdfDocument(data.getvalue())) as document:
        for place, number in enumerate(held):
            page = document[place]
            text = page.get_textpage()
            found[number] = text.get_text_range()
            text.close()
            page.close()
    return found


def _drawn_last(page: pikepdf.Page) -> pikepdf.Stream | None:
    """The form that the page draws at its very end, if it covers the visible page."""
    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Array) or not len(contents):
        return None
    steps = pikepdf.parse_content_stream(contents[-1])
    drawn = [step.operands[0] for step in steps if str(step.operator) == "Do"]
    moves = [step.operands for step in steps if str(step.operator) == "cm"]
    if len(drawn) != 1 or len(moves) != 1:
        return None
    forms: Any = page.resources.get("/XObject")
    form = forms.get(str(drawn[0])) if isinstance(forms, pikepdf.Dictionary) else None
    return form if isinstance(form, pikepdf.Stream) and _covers(page, form, moves[0]) else None


def _covers(page: pikepdf.Page, form: pikepdf.Stream, move: Any) -> bool:
    left, bottom, right, top = (float(value) for value in form.BBox)
    placed = pikepdf.Matrix(form.get("/Matrix", pikepdf.Array([1, 0, 0, 1, 0, 0]))) @ pikepdf.Matrix(
        *(float(value) for value in move)
    )
    lies = placed.transform(pikepdf.Rectangle(left, bottom, right, top))
    box = [float(value) for value in page.cropbox]
    wanted = (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
    return all(abs(a - b) <= _CLOSE for a, b in zip((lies.llx, lies.lly, lies.urx, lies.ury), wanted, strict=True))


def _alone(apart: pikepdf.Pdf, form: pikepdf.Stream) -> pikepdf.Dictionary:
    """A page that holds nothing but the stamp."""
    copy = apart.copy_foreign(form)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=copy.BBox,
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Stamp=copy)),
        Contents=apart.make_stream(b"/Stamp Do"),
    )


def labels(path: str) -> list[str]:
    """The label of every page."""
    with pikepdf.open(path) as pdf:
        return _labels(pdf)


def structure(path: str) -> dict[str, Any]:
    """Targets of the links of each page (page numbers from 0), and fonts that are not embedded."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = [_targets(page, numbers) for page in pdf.pages]
        missing = sorted({font["name"] for font in fonts_of(pdf) if not font["embedded"]})
        return {"links": links, "missing": missing}


def _labels(pdf: pikepdf.Pdf) -> list[str]:
    """From the tree of ranges: asking page by page looks the tree up each time."""
    ranges = dict(pikepdf.NumberTree(pdf.Root.PageLabels)) if "/PageLabels" in pdf.Root else {}
    labels: list[str] = []
    style, number = "", 1
    for page in range(len(pdf.pages)):
        if page in ranges:
            style, number = str(ranges[page].get("/S", "")), int(ranges[page].get("/St", 1))
        labels.append(_roman(number) if style == "/r" else str(number) if style == "/D" else "")
        number += 1
    return labels


def _roman(number: int) -> str:
    parts = []
    for letters, value in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


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

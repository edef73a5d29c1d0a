"""Where on a page there is ink: its extent, what stands near the edges, how fine its pictures are.

Coordinates are those of the page as a reader sees it: points from the lower left corner, after rotation
and cropping.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

BAND = 72.0  # points from the upper and lower edge within which boxes and words are told
_MOST_BOXES = 60
_MOST_WORDS = 300
_SMALLEST_PICTURE = 72.0  # points: a smaller one is an icon, and its fineness does not matter
_WHITE = 250  # of 255: lighter fills are paper

Box = tuple[float, float, float, float]


class Frame:
    """Turns the page's own coordinates into what a reader sees, and back."""

    __slots__ = ("bottom", "height", "inner", "left", "rotation", "width")

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()  # inherited boxes and all
        self.left, self.bottom = left, bottom
        self.inner = (right - left, top - bottom)
        self.rotation = page.get_rotation()
        self.width, self.height = self.inner if self.rotation % 180 == 0 else self.inner[::-1]

    def seen(self, box: Box) -> Box:
        """A box of the page's own coordinates as seen."""
        if self.rotation == 0:
            left, bottom = self.left, self.bottom
            return box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom
        return _ordered(*self._point(box[0], box[1]), *self._point(box[2], box[3]))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        width, height = self.inner
        return {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[self.rotation]

    def own(self, box: Box) -> Box:
        """A seen box in the page's own coordinates."""
        return _ordered(*self._back(box[0], box[1]), *self._back(box[2], box[3]))

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.inner
        x, y = {0: (x, y), 90: (width - y, x), 180: (width - x, height - y), 270: (y, height - x)}[self.rotation]
        return x + self.left, y + self.bottom


def _ordered(x0: float, y0: float, x1: float, y1: float) -> Box:
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def ink_of(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> dict[str, Any]:
    """``{ink, edges, head, foot, dpi, faces}``: extent or ``None``; boxes near upper and lower edge;
    words there; the coarsest picture's dots per inch (0: no picture); widths set in each font.
    """
    frame = Frame(page)
    extent: Box | None = None
    edges: list[Box] = []
    dpi = 0
    faces: Counter[str] = Counter()
    names: dict[int, str] = {}
    corners = tuple(ctypes.c_float() for _ in range(4))
    for item in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, item)
        kind = raw.FPDFPageObj_GetType(thing)
        box = _bounds(thing, corners)
        if box is None or (kind == raw.FPDF_PAGEOBJ_PATH and _is_paper(thing)):
            continue
        seen = _clipped(frame.seen(box), frame.width, frame.height)
        if seen is None:
            continue
        extent = seen if extent is None else _joined(extent, seen)
        if seen[1] < BAND or seen[3] > frame.height - BAND:
            _gather(edges, seen)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            faces[_face(thing, names)] += max(1, round(box[2] - box[0]))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            fineness = _fineness(thing, box)
            dpi = min(dpi or fineness, fineness) if fineness else dpi
    bands = (frame.own((0, frame.height - BAND, frame.width, frame.height)), frame.own((0, 0, frame.width, BAND)))
    head, foot = (text.get_text_bounded(*band)[:_MOST_WORDS].replace("\r\n", "\n") for band in bands)
    return {
        "ink": _rounded(extent) if extent else None,
        "edges": [_rounded(box) for box in edges],
        "head": head.replace("\x00", ""),
        "foot": foot.replace("\x00", ""),
        "dpi": dpi,
        "faces": dict(faces.most_common(12)),
    }


def _bounds(thing: Any, corners: tuple[ctypes.c_float, ...]) -> Box | None:
    """The box of a thing; ``corners`` take the figures (a page holds thousands of things)."""
    left, bottom, right, top = corners
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    box = (left.value, bottom.value, right.value, top.value)
    return box if box[2] > box[0] or box[3] > box[1] else None


def _is_paper(thing: Any) -> bool:
    """A path that only fills an area with white leaves no ink."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, mode, stroke)
    if stroke.value:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not mode.value or not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return not mode.value
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _clipped(box: Box, width: float, height: float) -> Box | None:
    left, bottom, right, top = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def _joined(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _gather(boxes: list[Box], new: Box) -> None:
    """Join to the last box if on the same line; letters come one by one from some programs."""
    if boxes and abs(boxes[-1][1] - new[1]) < 3 and -2 < new[0] - boxes[-1][2] < 12:
        boxes[-1] = _joined(boxes[-1], new)
    elif len(boxes) < _MOST_BOXES:
        boxes.append(new)
    else:
        boxes[-1] = _joined(boxes[-1], new)


def _face(thing: Any, names: dict[int, str]) -> str:
    """The font of a piece of text; ``names`` are those of this page asked for before, by address."""
    font = raw.FPDFTextObj_GetFont(thing)
    address = ctypes.addressof(font.contents) if font else 0
    if address not in names:
        buffer = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, buffer, 128)
        names[address] = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    return names[address]


def _fineness(thing: Any, box: Box) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    across, up = box[2] - box[0], box[3] - box[1]
    if min(across, up) < _SMALLEST_PICTURE or not raw.FPDFImageObj_GetImagePixelSize(thing, width, height):
        return 0
    return round(min(width.value / across, height.value / up) * 72)


def _rounded(box: Box) -> list[float]:
    return [round(value, 1) for value in box]

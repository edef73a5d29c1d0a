"""Where on an author's page a stamp has room: nothing of the paper may be printed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proceedings.inspection.report import Box, Page

SIDE = 56.0  # points from the left and right edge to the stamp
_FOLIO = 30.0  # width kept for the page number
_LINE = 8.6  # of the note on a first page
_HEADS = (26.0, 12.0, 40.0)  # tries, from the upper edge to the top of the running head
_FEET = (24.0, 11.0, 38.0)  # tries, from the lower edge to the bottom of the folio
_HEAD_HEIGHT, _FOLIO_HEIGHT = 15.0, 11.0


@dataclass(frozen=True)
class Place:
    """Where a paper's stamps go. ``head`` is ``None`` where no running head fits; ``note`` counts the
    lines that fit.

    ``crowded`` are the pages (from 1) whose number must stand over something.
    """

    head: float | None
    foot: float
    note: int
    crowded: tuple[int, ...] = ()


def place(pages: Sequence[Page], first_number: int, lines: int) -> Place:
    """The same place on all pages of a paper, so that it looks set and not scattered."""
    evens = [(first_number + offset) % 2 == 0 for offset in range(len(pages))]
    head = next((top for top in _HEADS if not any(_hits(page, _head(page, top)) for page in pages)), None)
    crowds = {
        bottom: tuple(
            number
            for number, (page, even) in enumerate(zip(pages, evens, strict=True), 1)
            if _hits(page, _folio(page, bottom, even))
        )
        for bottom in _FEET
    }
    foot = min(_FEET, key=lambda bottom: len(crowds[bottom]))
    note = next((n for n in range(lines, 0, -1) if not _hits(pages[0], _note(pages[0], foot, evens[0], n))), 0)
    return Place(head, foot, note, crowds[foot])


def _hits(page: Page, box: Box) -> bool:
    return any(box[0] < edge[2] and edge[0] < box[2] and box[1] < edge[3] and edge[1] < box[3] for edge in _seen(page))


def _seen(page: Page) -> Iterable[Box]:
    """Boxes near the edges, without backgrounds: a frame around the whole page is no obstacle."""
    area = page.width * page.height
    return (edge for edge in page.edges if (edge[2] - edge[0]) * (edge[3] - edge[1]) < 0.8 * area)


def _head(page: Page, top: float) -> Box:
    return SIDE, page.height - top - _HEAD_HEIGHT, page.width - SIDE, page.height - top


def _folio(page: Page, bottom: float, even: bool) -> Box:
    left = SIDE if even else page.width - SIDE - _FOLIO
    return left, bottom, left + _FOLIO, bottom + _FOLIO_HEIGHT


def _note(page: Page, bottom: float, even: bool, lines: int) -> Box:
    left = SIDE + _FOLIO if even else SIDE
    return left, bottom, left + page.width - 2 * SIDE - _FOLIO, bottom + lines * _LINE

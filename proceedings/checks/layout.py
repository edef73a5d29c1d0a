"""Groups 1, 3 and 13: size of the pages, margins, fineness of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from proceedings.findings import Finding, Mark, found, on_pages, page_list
from proceedings.inspection import Page, Report
from proceedings.sizes import SIZES
from proceedings.volume.model import Profile

_TOLERANCE = 1.5  # points: programs round A4 differently
_TRIM = 8.5  # points, 3 mm: what a cutter may take
_SIDES = (("top", "上"), ("right", "右"), ("bottom", "下"), ("left", "左"))


def check(printed: Report, profile: Profile) -> Iterator[Finding]:
    """Size and direction of pages; ink in margins; coarse pictures."""
    yield from _sizes(printed, profile)
    for side in range(4):
        yield from _margin(printed, profile, side)
    yield from _edges(printed)
    coarse = {n: page.dpi for n, page in enumerate(printed.pages, 1) if 0 < page.dpi < profile.image_dpi}
    if coarse:
        dpi = min(coarse.values())
        yield found("figure-coarse", marks=on_pages(coarse), pages=page_list(coarse), dpi=dpi, wanted=profile.image_dpi)


def _sizes(printed: Report, profile: Profile) -> Iterator[Finding]:
    wide = [n for n, page in enumerate(printed.pages, 1) if page.width > page.height + _TOLERANCE]
    if wide:
        yield found("page-landscape", marks=on_pages(wide), pages=page_list(wide))
    if not profile.page_size:
        return
    wanted = sorted(SIZES[profile.page_size])
    wrong: dict[tuple[int, int], list[int]] = {}
    for number, page in enumerate(printed.pages, 1):
        size = sorted((page.width, page.height))
        if any(abs(a - b) > _TOLERANCE for a, b in zip(size, wanted, strict=True)):
            wrong.setdefault((_mm(page.width), _mm(page.height)), []).append(number)
    for (width, height), pages in wrong.items():
        size_wanted = f"{profile.page_size.upper()} ({_mm(wanted[0])} × {_mm(wanted[1])} mm)"
        yield found(
            "page-size", marks=on_pages(pages), pages=page_list(pages), size=f"{width} × {height}", wanted=size_wanted
        )


def _mm(points: float) -> int:
    return round(points * 25.4 / 72)


def _into(page: Page, side: int, margin: float) -> tuple[float, tuple[float, float, float, float]]:
    """How far ink reaches into a margin, and the strip of the page where it does."""
    if page.ink is None:
        return 0.0, (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = page.ink
    width, height = page.width, page.height
    return (
        (top - (height - margin), (0.0, height - margin, width, height)),
        (right - (width - margin), (width - margin, 0.0, width, height)),
        (margin - bottom, (0.0, 0.0, width, margin)),
        (margin - left, (0.0, 0.0, margin, height)),
    )[side]


def _margin(printed: Report, profile: Profile, side: int) -> Iterator[Finding]:
    margin = profile.margins[side]
    if not margin:
        return
    marks, most = [], 0.0
    for number, page in enumerate(printed.pages, 1):
        depth, strip = _into(page, side, margin)
        if depth > _TOLERANCE:
            marks.append(Mark(number, strip))
            most = max(most, depth)
    if marks:
        english, chinese = _SIDES[side]
        yield found(
            "margin-ink",
            marks=marks,
            pages=page_list(mark.page for mark in marks),
            most=_mm(most),
            side=english,
            side_zh=chinese,
            wanted=_mm(margin),
        )


def _edges(printed: Report) -> Iterator[Finding]:
    pages = [n for n, page in enumerate(printed.pages, 1) if any(_into(page, side, _TRIM)[0] > 0 for side in range(4))]
    if pages:
        yield found("margin-edge", marks=on_pages(pages), pages=page_list(pages))

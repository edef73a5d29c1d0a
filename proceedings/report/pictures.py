"""Pictures of the pages where something is wrong, the place framed in red."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from proceedings.findings import Finding, Mark, Severity
from proceedings.isolation import AbandonedError, Pool
from proceedings.papers import Prepared
from proceedings.volume.book import file_name

_SCALE = 0.8  # of 72 dots per inch: legible, and small enough for a report
_RED, _TINT = (200, 30, 30, 255), (220, 40, 40, 60)
_PER_FINDING, _IN_ALL = 3, 300


def picture_name(paper: str, mark: Mark) -> str:
    """File name of a mark's picture."""
    box = "-".join(f"{value:.0f}" for value in mark.box) if mark.box else "page"
    return f"{paper}-{mark.page}-{box}.png"


def shown(findings: tuple[Finding, ...]) -> Iterator[tuple[Finding, Mark]]:
    """The marks that get a picture: those of errors and warnings, a few of each."""
    left = _IN_ALL
    for finding in findings:
        if finding.severity is Severity.NOTE or finding.paper is None:
            continue
        for mark in finding.marks[:_PER_FINDING]:
            if left <= 0:
                return
            left -= 1
            yield finding, mark


def draw_all(prepared: Mapping[str, Prepared], findings: tuple[Finding, ...], folder: Path, pool: Pool) -> list[str]:
    """Draw into ``folder``; gives the names made. A page that cannot be drawn is left out."""
    names: dict[str, None] = {}
    for finding, mark in shown(findings):
        paper = prepared.get(finding.paper or "")
        if paper is None or paper.pdf is None:
            continue
        name = picture_name(file_name(paper.paper), mark)
        if name in names:
            continue
        arguments = {"path": str(paper.pdf), "page": mark.page, "box": mark.box, "target": str(folder / name)}
        with contextlib.suppress(AbandonedError):
            pool.call("proceedings.report.pictures:draw", arguments)
            names[name] = None
    return list(names)


def draw(path: str, page: int, box: list[float] | None, target: str) -> None:
    """Draw one page (from 1) with a frame around ``box``, or around the page. Runs in a worker process."""
    with contextlib.closing(pdfium.PdfDocument(path)) as document:
        picture: Any = document[page - 1].render(scale=_SCALE).to_pil().convert("RGBA")
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    if box:
        left, bottom, right, top = (value * _SCALE for value in box)
        pen.rectangle((left, picture.height - top, right, picture.height - bottom), fill=_TINT, outline=_RED)
    else:
        pen.rectangle((1, 1, picture.width - 2, picture.height - 2), outline=_RED, width=3)
    Image.alpha_composite(picture, layer).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(target)

"""Bookmarks: the volume's own, and below each paper those that its author made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import OutlineItem

_DEPTH = 4
_MOST = 300  # bookmarks taken over from one paper


def own_bookmarks(source: pikepdf.Pdf, offset: int) -> list[OutlineItem]:
    """The bookmarks of ``source``, pointing into a document where its first page is page ``offset`` (from 0).

    Those that lead nowhere are dropped; the tree is cut at a depth and a number that a hostile file
    cannot exceed.
    """
    if "/Outlines" not in source.Root:
        return []
    pages = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    names = _Names(source)
    left = [_MOST]
    try:
        with source.open_outline(max_depth=_DEPTH) as outline:
            return _taken(outline.root, pages, names, offset, left)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def _taken(
    items: list[OutlineItem],
    pages: Mapping[tuple[int, int], int],
    names: _Names,
    offset: int,
    left: list[int],
) -> list[OutlineItem]:
    made = []
    for item in items:
        if left[0] <= 0:
            break
        left[0] -= 1
        children = _taken(item.children, pages, names, offset, left)
        place = names.resolve(item.destination if item.destination is not None else _goto(item.action))
        number = pages.get(place[0]) if place else None
        if number is None and not children:
            continue
        target = number if number is not None else _first(children, offset)
        copy = OutlineItem(item.title, offset + target, "FitH" if place and place[1] is not None else "Fit")
        if place and place[1] is not None:
            copy = OutlineItem(item.title, offset + target, "FitH", top=place[1])
        copy.is_closed = True
        copy.children.extend(children)
        made.append(copy)
    return made


def _first(children: list[OutlineItem], offset: int) -> int:
    target = children[0].destination
    return int(target) - offset if isinstance(target, int) else 0


def _goto(action: Any) -> Any:
    return action.get("/D") if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo" else None


class _Names:
    """Named destinations of a document, old style and new."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._old = pdf.Root.get("/Dests")
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
        self._new = pikepdf.NameTree(tree) if isinstance(tree, pikepdf.Dictionary) else None

    def resolve(self, target: Any) -> tuple[tuple[int, int], float | None] | None:
        """The page's object number and the height to show, or ``None``."""
        if isinstance(target, pikepdf.Name) and isinstance(self._old, pikepdf.Dictionary):
            target = self._old.get(str(target))
        elif isinstance(target, pikepdf.String | str) and self._new is not None:
            target = self._new.get(str(target))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, pikepdf.Array) or not len(target):
            return None
        page: Any = target[0]
        if not isinstance(page, pikepdf.Dictionary):
            return None
        return page.objgen, _height(target)


def _height(target: pikepdf.Array) -> float | None:
    kind = str(target[1]) if len(target) > 1 else ""
    place = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2}.get(kind)
    if place is None or len(target) <= place:
        return None
    try:
        return float(target[place])
    except (TypeError, ValueError):
        return None

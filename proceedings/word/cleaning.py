"""Tracked changes accepted and comments dropped.

What goes to print is the last word, not how it came about.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from proceedings.word.package import parse, read, serialise, texts, w, write

_GONE = (
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange",
    "tblGridChange", "numberingChange", "commentRangeStart", "commentRangeEnd", "commentReference",
    "moveFromRangeStart",
    "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "cellDel", "cellIns", "cellMerge",
)  # fmt: skip
_KEPT = ("ins", "moveTo")  # their content stays, the wrapping goes


def clean(source: Path, target: Path) -> None:
    """Write ``source`` to ``target`` as it reads when all changes are accepted and all comments deleted."""
    parts = read(source)
    for name in texts(parts):
        root = parse(parts[name])
        _merge_paragraphs(root)
        for tag in _GONE:
            for node in list(root.iter(w(tag))):
                _drop(node)
        for tag in _KEPT:
            for node in list(root.iter(w(tag))):
                _unwrap(node)
        parts[name] = serialise(root)
    _still(parts)
    write(parts, target)


def _merge_paragraphs(root: etree._Element) -> None:
    """A deleted paragraph mark joins the paragraph to the next; a paragraph wholly deleted goes."""
    for paragraph in list(root.iter(w("p"))):
        mark = paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}")
        if mark is None:
            continue
        following = paragraph.getnext()
        kept = [child for child in paragraph if child.tag not in (w("pPr"), w("del"), w("moveFrom"))]
        if following is not None and following.tag == w("p"):
            at = 1 if following.find(w("pPr")) is not None else 0
            for child in reversed(kept):
                following.insert(at, child)
            _drop(paragraph)
        elif not kept and paragraph.getprevious() is not None:
            _drop(paragraph)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _unwrap(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    for child in reversed(node):
        parent.insert(at, child)
    _drop(node)


def _still(parts: dict[str, bytes]) -> None:
    """Switch recording of further changes off."""
    name = "word/settings.xml"
    if name in parts:
        root = parse(parts[name])
        for node in list(root.iter(w("trackRevisions"))):
            _drop(node)
        parts[name] = serialise(root)

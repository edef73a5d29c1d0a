"""Links between the files of a volume: every one leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from proceedings.verify.check import Check


def check(folder: Path, pages: Iterable[str]) -> Iterator[Check]:
    """Every relative link of the HTML ``pages`` (paths within ``folder``), files and anchors alike."""
    anchors: dict[Path, set[str]] = {}
    for name in pages:
        broken = [link for link in _links(folder / name) if not _leads(folder / name, link, anchors)]
        yield Check("links", name, f"broken: {', '.join(broken[:5])}" if broken else "")


def _tree(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))


def _links(path: Path) -> list[str]:
    root = _tree(path)
    found = [node.get(name, "") for name in ("href", "src") for node in root.iter("a", "link", "img") if node.get(name)]
    return [link for link in found if not urlsplit(link).scheme and not link.startswith("//")]


def _leads(page: Path, link: str, anchors: dict[Path, set[str]]) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
    if not target.is_file():
        return False
    if not parts.fragment or target.suffix != ".html":
        return True
    if target not in anchors:
        anchors[target] = {node.get("id", "") for node in _tree(target).iter() if isinstance(node.tag, str)}
    return unquote(parts.fragment) in anchors[target]

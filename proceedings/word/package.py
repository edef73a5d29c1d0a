"""A DOCX as its parts: read, changed, written again without a clock."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def w(name: str) -> str:
    """A WordprocessingML name in lxml's form."""
    return f"{{{W}}}{name}"


def parse(data: bytes) -> etree._Element:
    """An XML part; entities are never resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)


def serialise(root: etree._Element) -> bytes:
    """The part as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def read(path: Path) -> dict[str, bytes]:
    """Every part by name, in the archive's order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def write(parts: Mapping[str, bytes], path: Path) -> None:
    """An archive with fixed times; the list of content types comes first, as the format wants."""
    first = "[Content_Types].xml"
    names = ([first] if first in parts else []) + sorted(name for name in parts if name != first)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])


def texts(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Names of the parts that hold running text."""
    for name in parts:
        if name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            yield name

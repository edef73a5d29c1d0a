"""Fields, bookmarks and links as WordprocessingML."""

from __future__ import annotations

from lxml import etree

from proceedings.word.package import w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def run(text: str, bold: bool = False, italic: bool = False, size: float = 0) -> etree._Element:
    """A run of text; ``size`` in points."""
    node = etree.Element(w("r"))
    if bold or italic or size:
        properties = etree.SubElement(node, w("rPr"))
        for name, wanted in (("b", bold), ("i", italic)):
            if wanted:
                etree.SubElement(properties, w(name))
        if size:
            etree.SubElement(properties, w("sz"), {w("val"): str(round(size * 2))})
    etree.SubElement(node, w("t"), {_SPACE: "preserve"}).text = text
    return node


def tab() -> etree._Element:
    """A tabulator."""
    node = etree.Element(w("r"))
    etree.SubElement(node, w("tab"))
    return node


def _char(kind: str) -> etree._Element:
    node = etree.Element(w("r"))
    etree.SubElement(node, w("fldChar"), {w("fldCharType"): kind})
    return node


def _instruction(text: str) -> etree._Element:
    node = etree.Element(w("r"))
    etree.SubElement(node, w("instrText"), {_SPACE: "preserve"}).text = f" {text} "
    return node


def opening(instruction: str) -> list[etree._Element]:
    """The beginning of a field whose result follows."""
    return [_char("begin"), _instruction(instruction), _char("separate")]


def closing() -> etree._Element:
    """The end of a field."""
    return _char("end")


def field(instruction: str, result: str) -> list[etree._Element]:
    """A whole field with its last result."""
    return [*opening(instruction), run(result), closing()]


def mark(instruction: str) -> list[etree._Element]:
    """A field without a result, such as an index entry."""
    return [_char("begin"), _instruction(instruction), _char("end")]


def bookmark(paragraph: etree._Element, name: str, number: int) -> None:
    """A bookmark around the paragraph's content."""
    properties = paragraph.find(w("pPr"))
    at = 0 if properties is None else 1
    paragraph.insert(at, etree.Element(w("bookmarkStart"), {w("id"): str(number), w("name"): name}))
    paragraph.append(etree.Element(w("bookmarkEnd"), {w("id"): str(number)}))


def link(anchor: str, content: list[etree._Element]) -> etree._Element:
    """A link to a bookmark of the same document."""
    node = etree.Element(w("hyperlink"), {w("anchor"): anchor, w("history"): "1"})
    node.extend(content)
    return node

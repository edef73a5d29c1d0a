"""A paper's document made fit to live among others: its styles, lists, notes and bookmarks get names of
their own.

Merging tools let the first document's styles win, so that every later paper loses its look. Here each
paper keeps its styles under a prefix, with the defaults of its document and the fonts of its theme
written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from proceedings.word.package import W, parse, w

_STYLED = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink")
_THEMED = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_FIELDS = re.compile(r"\b(REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+\"?([\w.\-]+)\"?")
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass
class Offsets:
    """The next free number of each kind in the volume; shared by all papers."""

    abstract: int = 100
    number: int = 100
    footnote: int = 1  # without a gap after the separators, or LibreOffice refuses the file
    endnote: int = 1
    bookmark: int = 1000
    drawing: int = 1000


@dataclass(frozen=True)
class Isolated:
    """A paper's parts as trees, ready to be appended; ``notes`` by kind ("footnotes", "endnotes")."""

    body: etree._Element
    styles: list[etree._Element]
    abstracts: list[etree._Element]
    numbers: list[etree._Element]
    notes: Mapping[str, etree._Element] = field(default_factory=dict)


def isolate(parts: Mapping[str, bytes], prefix: str, offsets: Offsets) -> Isolated:
    """The paper in ``parts`` under ``prefix`` (letters and figures); numbers are drawn from ``offsets``."""
    document = parse(parts["word/document.xml"])
    notes = {
        kind: parse(parts[f"word/{kind}.xml"]) for kind in ("footnotes", "endnotes") if f"word/{kind}.xml" in parts
    }
    texts = [document, *notes.values()]
    styles = parse(parts["word/styles.xml"]) if "word/styles.xml" in parts else etree.Element(w("styles"))
    numbering = parse(parts["word/numbering.xml"]) if "word/numbering.xml" in parts else etree.Element(w("numbering"))
    theme = _theme_fonts(parts)
    _explicit_defaults(styles, texts)
    for root in (*texts, styles, numbering):
        _resolve_theme(root, theme)
        _prefix_styles(root, prefix)
    abstracts, numbers = _renumber_lists(numbering, [*texts, styles], offsets)
    _renumber_notes(document, notes, offsets)
    _rename_bookmarks(texts, prefix, offsets)
    _renumber_drawings(texts, offsets)
    _deepen([*texts, styles])
    for root in texts:
        for binding in list(root.iter(w("dataBinding"))):
            binding.getparent().remove(binding)  # type: ignore[union-attr]  # what iter finds below a root has a parent
    body = document.find(w("body"))
    if body is None:
        raise KeyError("w:body")
    return Isolated(body, list(styles.iterfind(w("style"))), abstracts, numbers, notes)


# --- styles ---


def _explicit_defaults(styles: etree._Element, texts: list[etree._Element]) -> None:
    """The document's defaults become a style that all others rest on.

    Paragraphs without a style get the default one.
    """
    default = next((s for s in styles.iterfind(w("style")) if _is_default(s, "paragraph")), None)
    if default is None:
        default = etree.SubElement(styles, w("style"), {w("type"): "paragraph", w("styleId"): "Normal"})
        etree.SubElement(default, w("name"), {w("val"): "Normal"})
    base = etree.SubElement(styles, w("style"), {w("type"): "paragraph", w("styleId"): "DocumentDefaults"})
    etree.SubElement(base, w("name"), {w("val"): "Document Defaults"})
    for kind in ("pPr", "rPr"):
        given = styles.find(f"{w('docDefaults')}/{w(kind + 'Default')}/{w(kind)}")
        if given is not None:
            base.append(given)
    for style in styles.iterfind(w("style")):
        if style.get(w("type")) == "paragraph" and style is not base and style.find(w("basedOn")) is None:
            _put_after_name(style, etree.Element(w("basedOn"), {w("val"): "DocumentDefaults"}))
    table = next((s for s in styles.iterfind(w("style")) if _is_default(s, "table")), None)
    for root in texts:
        for paragraph in root.iter(w("p")):
            _style(paragraph, "pPr", "pStyle", str(default.get(w("styleId"))))
        if table is not None:
            for node in root.iter(w("tbl")):
                _style(node, "tblPr", "tblStyle", str(table.get(w("styleId"))))


def _deepen(roots: list[etree._Element]) -> None:
    """Headings inside a paper stand below its title, which has the second level in the volume."""
    for root in roots:
        for node in root.iter(w("outlineLvl")):
            level = int(node.get(w("val")) or 9)
            node.set(w("val"), str(min(9, level + 2)))


def _is_default(style: etree._Element, kind: str) -> bool:
    return style.get(w("type")) == kind and style.get(w("default")) in ("1", "true", "on")


def _take(node: etree._Element, name: str) -> str:
    """Take an attribute away; its value, or empty."""
    value = node.get(w(name))
    if value is not None:
        del node.attrib[w(name)]
    return value or ""


def _put_after_name(style: etree._Element, node: etree._Element) -> None:
    names = style.findall(w("name")) + style.findall(w("aliases"))
    style.insert(style.index(names[-1]) + 1 if names else 0, node)


def _style(node: etree._Element, properties: str, reference: str, style: str) -> None:
    holder = node.find(w(properties))
    if holder is None:
        holder = etree.Element(w(properties))
        node.insert(0, holder)
    if holder.find(w(reference)) is None:
        holder.insert(0, etree.Element(w(reference), {w("val"): style}))


def _prefix_styles(root: etree._Element, prefix: str) -> None:
    for name in _STYLED:
        for node in root.iter(w(name)):
            node.set(w("val"), prefix + (node.get(w("val")) or ""))
    for style in root.iterfind(w("style")):
        style.set(w("styleId"), prefix + (style.get(w("styleId")) or ""))
        _take(style, "default")
        label = style.find(w("name"))
        if label is not None:
            label.set(w("val"), f"{prefix} {label.get(w('val'))}")
        for gone in ("aliases", "autoRedefine", "personal", "rsid"):
            for node in style.findall(w(gone)):
                style.remove(node)


def _theme_fonts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Font by the theme's name for it: ``minorHAnsi`` → ``Calibri``."""
    name = next((name for name in sorted(parts) if re.fullmatch(r"word/theme/theme\d*\.xml", name)), "")
    if not name:
        return {}
    root = parse(parts[name])
    fonts = {}
    for level in ("major", "minor"):
        for tag, suffixes in (("latin", ("HAnsi", "Ascii")), ("ea", ("EastAsia",)), ("cs", ("Bidi",))):
            node = root.find(f".//{{{_DRAWING}}}{level}Font/{{{_DRAWING}}}{tag}")
            if node is not None and node.get("typeface"):
                fonts.update({level + suffix: str(node.get("typeface")) for suffix in suffixes})
    return fonts


def _resolve_theme(root: etree._Element, fonts: Mapping[str, str]) -> None:
    """The volume has one theme.

    Fonts of the paper's are written out, its colours stand beside their names anyway.
    """
    for node in root.iter(w("rFonts")):
        for themed, plain in _THEMED.items():
            name = _take(node, themed)
            if name in fonts:
                node.set(w(plain), fonts[name])
    for name in ("themeColor", "themeTint", "themeShade", "themeFill", "themeFillTint", "themeFillShade"):
        for node in root.iter():
            if isinstance(node.tag, str):
                _take(node, name)


# --- lists ---


def _renumber_lists(
    numbering: etree._Element, users: list[etree._Element], offsets: Offsets
) -> tuple[list[etree._Element], list[etree._Element]]:
    abstracts, numbers = list(numbering.iterfind(w("abstractNum"))), list(numbering.iterfind(w("num")))
    abstract_ids, number_ids = {}, {}
    for node in abstracts:
        abstract_ids[node.get(w("abstractNumId"))] = str(offsets.abstract)
        node.set(w("abstractNumId"), str(offsets.abstract))
        for nsid in node.findall(w("nsid")):
            nsid.set(w("val"), f"{0x10000000 + offsets.abstract:08X}")  # equal ones make Word join lists
        offsets.abstract += 1
    for node in numbers:
        number_ids[node.get(w("numId"))] = str(offsets.number)
        node.set(w("numId"), str(offsets.number))
        rests_on = node.find(w("abstractNumId"))
        if rests_on is not None:
            rests_on.set(w("val"), abstract_ids.get(rests_on.get(w("val")), "0"))
        offsets.number += 1
    for root in users:
        for node in root.iter(w("numId")):
            value = node.get(w("val"))
            node.set(w("val"), number_ids.get(value, "0"))
    return abstracts, numbers


# --- notes, bookmarks, drawings ---


def _renumber_notes(document: etree._Element, notes: Mapping[str, etree._Element], offsets: Offsets) -> None:
    for kind, root in notes.items():
        single = kind.removesuffix("s")
        ids = {}
        for node in list(root):
            if node.get(w("type")) in ("separator", "continuationSeparator", "continuationNotice"):
                root.remove(node)
                continue
            number = getattr(offsets, single)
            ids[node.get(w("id"))] = str(number)
            node.set(w("id"), str(number))
            setattr(offsets, single, number + 1)
        for node in list(document.iter(w(f"{single}Reference"))):
            if node.get(w("id")) in ids:
                node.set(w("id"), ids[node.get(w("id"))])
            else:
                node.getparent().remove(node)  # type: ignore[union-attr]  # as above


def _rename_bookmarks(texts: list[etree._Element], prefix: str, offsets: Offsets) -> None:
    for root in texts:
        ids: dict[str | None, str] = {}
        for node in root.iter(w("bookmarkStart")):
            ids[node.get(w("id"))] = str(offsets.bookmark)
            node.set(w("id"), str(offsets.bookmark))
            node.set(w("name"), _bookmark(prefix, node.get(w("name")) or ""))
            offsets.bookmark += 1
        for node in list(root.iter(w("bookmarkEnd"))):
            if node.get(w("id")) in ids:
                node.set(w("id"), ids[node.get(w("id"))])
            else:
                node.getparent().remove(node)  # type: ignore[union-attr]  # as above
        for node in root.iter(w("hyperlink")):
            if node.get(w("anchor")):
                node.set(w("anchor"), _bookmark(prefix, node.get(w("anchor")) or ""))
        for node in root.iter(w("instrText")):
            node.text = _FIELDS.sub(lambda m: f'{m[1]} "{_bookmark(prefix, m[2])}"', node.text or "")


def _bookmark(prefix: str, name: str) -> str:
    """Word allows forty characters: the beginning tells papers apart, the end bookmarks."""
    return f"{prefix}_{name[-(39 - len(prefix)) :]}"


def _renumber_drawings(texts: list[etree._Element], offsets: Offsets) -> None:
    for root in texts:
        for node in _drawings(root):
            node.set("id", str(offsets.drawing))
            offsets.drawing += 1


def _drawings(root: etree._Element) -> Iterator[etree._Element]:
    for node in root.iter():
        if isinstance(node.tag, str) and etree.QName(node).localname in ("docPr", "cNvPr") and W not in node.tag:
            yield node

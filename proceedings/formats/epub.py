"""EPUB 3: the abstracts of all papers, and the full text of those that came as Word documents."""

from __future__ import annotations

import posixpath
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import mammoth
from lxml import etree
from lxml import html as lxml_html

from proceedings.formats.dates import published, year
from proceedings.markup import html, plain
from proceedings.setting.terms import TERMS, days, pages
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper
from proceedings.word.fields import run
from proceedings.word.package import parse, read, serialise

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_ADDRESS = re.compile(r"(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_XHTML = "http://www.w3.org/1999/xhtml"
_STYLE = """
body { font-family: serif; line-height: 1.6 } h1 { font-size: 1.4em } .other, .where { color: #555 }
table { border-collapse: collapse } td, th { border: 1px solid #999; padding: .2em .4em } img { max-width: 100% }
"""
_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 4122: names that are addresses
_ALLOWED = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "em",
    "strong", "sup", "sub", "a", "img", "br", "blockquote", "pre", "code", "dl", "dt", "dd", "div", "span", "s", "u",
}  # fmt: skip
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}
_ATTRIBUTES = {"a": ("href", "id"), "img": ("src", "alt"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}


@dataclass(frozen=True)
class Chapter:
    """One file of the book.

    Name, title, XHTML body, pictures by name, and whether its markup holds MathML.
    """

    name: str
    title: str
    language: str
    body: str
    pictures: Mapping[str, bytes]

    @property
    def mathml(self) -> bool:
        """Whether the reading system must know MathML."""
        return "<math" in self.body


def write(book: Book, documents: Mapping[str, Path]) -> bytes:
    """The EPUB; ``documents`` are the cleaned DOCX of papers by id."""
    chapters = [_title(book), *(_paper(book, paper, documents.get(paper.id)) for paper in book.papers())]
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first, and not packed
        _add(archive, "META-INF/container.xml", _CONTAINER.encode())
        _add(archive, "OEBPS/style.css", _STYLE.lstrip().encode())
        _add(archive, "OEBPS/nav.xhtml", "\n".join(_nav(book, chapters)).encode())
        for chapter in chapters:
            _add(archive, f"OEBPS/{chapter.name}", "\n".join(_page(chapter)).encode())
            for name, data in chapter.pictures.items():
                _add(archive, f"OEBPS/{name}", data)
        _add(archive, "OEBPS/content.opf", "\n".join(_package(book, chapters)).encode())
    return buffer.getvalue()


_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = method
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _page(chapter: Chapter) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<!DOCTYPE html>"
    yield f'<html xmlns="{_XHTML}" xml:lang="{chapter.language}" lang="{chapter.language}"><head>'
    yield f'<title>{escape(chapter.title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>'
    yield f"<body>{chapter.body}</body></html>"


def _title(book: Book) -> Chapter:
    volume, language = book.volume, book.volume.language
    lines = [f"<h1>{html(volume.title.pick(language))}</h1>"]
    for line in (
        plain(volume.title.other(language)),
        days(volume.start, volume.end, language),
        volume.place.pick(language),
        ", ".join(editor.display(language) for editor in volume.editors),
        volume.publisher.pick(language),
    ):
        if line:
            lines.append(f"<p>{escape(line)}</p>")
    return Chapter("title.xhtml", plain(volume.title.pick(language)), _tag(language), "".join(lines), {})


def _tag(language: str) -> str:
    return "zh-CN" if language == "zh" else language


def _paper(book: Book, paper: Paper, document: Path | None) -> Chapter:
    own, name = book.language(paper), file_name(paper)
    lines = [f"<h1>{html(paper.title.pick(own))}</h1>"]
    if paper.title.other(own):
        lines.append(f'<p class="other">{html(paper.title.other(own))}</p>')
    lines.append(f"<p>{escape(', '.join(person.both() for person in paper.authors))}</p>" if paper.authors else "")
    places = dict.fromkeys(place.pick(own) for person in paper.authors for place in person.affiliations)
    lines += [f'<p class="where">{escape(place)}</p>' for place in places]
    doi = book.doi(paper)
    source = f"{escape(pages(book.pages[paper.id], own))}" + (f" · https://doi.org/{escape(doi)}" if doi else "")
    lines.append(f'<p class="where">{source}</p>')
    for language, words in (("zh", paper.abstract.zh), ("en", paper.abstract.en)):
        if words:
            lines.append(f'<h2 xml:lang="{language}">{"摘要" if language == "zh" else "Abstract"}</h2>')
            lines += [f'<p xml:lang="{language}">{html(part)}</p>' for part in words.split("\n\n") if part.strip()]
    text, pictures = _full_text(document, name) if document else ("", {})
    if text:
        lines.append(f"<hr/>{text}")
    return Chapter(f"p-{name}.xhtml", plain(paper.title.pick(own)), _tag(own), "".join(lines), pictures)


def _full_text(document: Path, name: str) -> tuple[str, dict[str, bytes]]:
    """The document as XHTML of the elements that an EPUB may hold, and its pictures."""
    pictures: dict[str, bytes] = {}

    def keep(image: Any) -> dict[str, str]:
        ending = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}.get(
            image.content_type
        )
        if ending is None:  # TIFF and metafiles are not for reading systems
            return {"src": ""}
        with image.open() as stream:
            data = stream.read()
        target = f"images/{name}-{len(pictures) + 1}.{ending}"
        pictures[target] = data
        return {"src": target}

    # Ids are told apart by paper, as footnotes of all papers are numbered from one.
    images = mammoth.images.img_element(keep)
    made = mammoth.convert_to_html(_with_linear_math(document), convert_image=images, id_prefix=f"{name}-")
    root = lxml_html.fragment_fromstring(made.value or "<p></p>", create_parent="div")
    _restrain(root)
    used = {node.get("src") for node in root.iter("img")}
    body = etree.tostring(root, encoding="unicode", method="xml")
    return body, {target: data for target, data in pictures.items() if target in used}


def _with_linear_math(document: Path) -> BytesIO:
    """The document with each equation as the characters in it: the converter would leave equations out."""
    parts = read(document)
    root = parse(parts["word/document.xml"])
    for equation in list(root.iter(f"{{{_MATH}}}oMath")):
        words = "".join(node.text or "" for node in equation.iter(f"{{{_MATH}}}t"))
        parent = equation.getparent()
        if parent is not None:
            target = parent.getparent() if parent.tag == f"{{{_MATH}}}oMathPara" else parent
            if target is not None:
                target.replace(parent if target is not parent else equation, run(words))
    parts["word/document.xml"] = serialise(root)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return BytesIO(buffer.getvalue())


def _restrain(root: Any) -> None:
    """Only elements and attributes that XHTML allows there; links lead to places that exist."""
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or node.tag not in _ALLOWED:
            node.drop_tag() if isinstance(node.tag, str) else node.getparent().remove(node)
            continue
        for attribute in list(node.attrib):
            if attribute != "id" and attribute not in _ATTRIBUTES.get(node.tag, ()):
                del node.attrib[attribute]
    seen: set[str] = set()
    for node in list(root.iter()):
        identifier = node.get("id")
        if identifier is not None:
            clean = "".join(c if c.isalnum() or c in "-_." else "_" for c in identifier)
            clean = clean if clean[:1].isalpha() else f"i{clean}"
            if clean in seen:
                del node.attrib["id"]
            else:
                node.set("id", clean)
                seen.add(clean)
    for node in list(root.iter("a", "img")):
        _check_target(node, seen)


def _check_target(node: Any, ids: set[str]) -> None:
    if node.tag == "img":
        if not node.get("src"):
            node.drop_tree()
        else:
            node.set("alt", node.get("alt") or "")
        return
    target = node.get("href") or ""
    if target.startswith("#"):
        clean = "".join(c if c.isalnum() or c in "-_." else "_" for c in target[1:])
        clean = clean if clean[:1].isalpha() else f"i{clean}"
        if clean in ids:
            node.set("href", f"#{clean}")
        else:
            del node.attrib["href"]
    elif target and not _is_address(target):
        del node.attrib["href"]


def _is_address(target: str) -> bool:
    """Whether an address has a host and only the signs that addresses may have.

    Authors' links are often broken.
    """
    parts = urlsplit(target)
    if parts.scheme == "mailto":
        return "@" in parts.path and not re.search(r"[\s\"<>]", target)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and _ADDRESS.fullmatch(target) is not None


def _nav(book: Book, chapters: list[Chapter]) -> Iterator[str]:
    language = _tag(book.volume.language)
    contents = escape(TERMS["contents"].pick(book.volume.language))
    by_name = {chapter.name: chapter for chapter in chapters}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<!DOCTYPE html>"
    yield f'<html xmlns="{_XHTML}" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}" lang="{language}">'
    yield f"<head><title>{contents}</title></head><body>"
    yield f'<nav epub:type="toc" id="toc"><h1>{contents}</h1><ol>'
    yield f'<li><a href="title.xhtml">{escape(chapters[0].title)}</a></li>'
    for session, papers in book.sessions():
        items = "".join(
            f'<li><a href="{name}">{escape(by_name[name].title)}</a></li>'
            for name in (f"p-{file_name(paper)}.xhtml" for paper in papers)
        )
        heading = escape(plain(session.title.pick(book.volume.language)))
        yield f"<li><span>{heading}</span><ol>{items}</ol></li>" if heading else items
    yield "</ol></nav></body></html>"


def _package(book: Book, chapters: list[Chapter]) -> Iterator[str]:
    volume, language = book.volume, _tag(book.volume.language)
    name = volume.doi or volume.isbn or volume.url or plain(volume.title.pick(volume.language))
    identifier = f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{name}/{volume.year}')}"
    day = published(book) or volume.end or volume.start
    modified = f"{day.isoformat() if day else f'{year(book) or 1970:04}-01-01'}T00:00:00Z"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">'
    yield '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    yield f'<dc:identifier id="id">{identifier}</dc:identifier>'
    yield f"<dc:title>{escape(plain(volume.title.pick(volume.language)))}</dc:title>"
    yield f"<dc:language>{language}</dc:language>"
    for editor in volume.editors:
        yield f"<dc:creator>{escape(editor.display(volume.language))}</dc:creator>"
    if volume.publisher:
        yield f"<dc:publisher>{escape(volume.publisher.pick(volume.language))}</dc:publisher>"
    yield f'<meta property="dcterms:modified">{modified}</meta></metadata><manifest>'
    yield '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    yield '<item id="css" href="style.css" media-type="text/css"/>'
    for number, chapter in enumerate(chapters):
        extra = ' properties="mathml"' if chapter.mathml else ""
        yield f'<item id="c{number}" href="{escape(chapter.name)}" media-type="application/xhtml+xml"{extra}/>'
        for place, picture in enumerate(chapter.pictures):
            media = _PICTURES[posixpath.splitext(picture)[1][1:]]
            yield f'<item id="c{number}i{place}" href="{escape(picture)}" media-type="{media}"/>'
    yield "</manifest><spine>"
    yield from (f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    yield "</spine></package>"

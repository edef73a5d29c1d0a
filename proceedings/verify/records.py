"""The records read back.

Whether each format names every paper with the same title, authors and pages as the book.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from proceedings.markup import plain
from proceedings.text import fold
from proceedings.verify.check import Check
from proceedings.volume.book import Book

# What one format says of one paper: pages and number of authors (-1: it does not say).
Said = tuple[str, str, int]
Reader = Callable[[bytes], Iterator[tuple[str, Said]]]
_BRACES = re.compile(r"[{}\\]")


def check(book: Book, folder: Path, made: Mapping[str, str]) -> Iterator[Check]:
    """Each record file that was made, against the book."""
    for path, read in READERS.items():
        if path in made:
            yield from _compare(book, path, read((folder / path).read_bytes()))
    for name, reader in (("jats", _jats), ("datacite", _datacite)):
        files = sorted(path for path, kind in made.items() if kind == name)
        if files:
            said = (item for path in files for item in reader((folder / path).read_bytes()))
            yield from _compare(book, f"metadata/{name}", said, name == "jats")


def _compare(book: Book, path: str, said: Iterator[tuple[str, Said]], all_papers: bool = True) -> Iterator[Check]:
    """By title, in order: two papers of one title are told apart by their place."""
    found: dict[str, list[Said]] = {}
    for title, what in said:
        found.setdefault(fold(title), []).append(what)
    problems = []
    for paper in book.papers():
        if not all_papers and not book.doi(paper):
            continue
        options = [found.get(fold(plain(words))) for words in paper.title.both()]
        listed = next(filter(None, options), None) or found.get(fold("".join(map(plain, paper.title.both()))))
        if not listed:
            problems.append(f"{paper.id}: title not found")
            continue
        first, last, authors = listed.pop(0)
        pages = book.pages[paper.id]
        if (first, last or first) != (str(pages.first), str(pages.last)):
            problems.append(f"{paper.id}: pages {first}-{last} in place of {pages}")
        if authors not in (-1, len(paper.authors)):
            problems.append(f"{paper.id}: {authors} authors in place of {len(paper.authors)}")
    yield Check("record", path, "; ".join(problems[:5]))


def _bibtex(data: bytes) -> Iterator[tuple[str, Said]]:
    for entry in data.decode().split("\n@")[1:]:
        if not entry.lower().startswith("inproceedings"):
            continue
        fields = dict(re.findall(r"^\s+(\w+) = \{(.*)\},$", entry, re.MULTILINE))
        first, _, last = fields.get("pages", "").replace("--", "-").partition("-")
        authors = len(re.split(r" and (?![^{]*\})", fields["author"])) if fields.get("author") else 0
        yield _latex_plain(fields.get("title", "")), (first, last, authors)


def _latex_plain(text: str) -> str:
    """A title without LaTeX's dress; mathematics as our own plain form has it."""
    text = re.sub(r"\\(?:emph|textbf|textsuperscript|textsubscript)\{([^}]*)\}", r"\1", text)
    text = plain(text) if "$" in text else text
    return _BRACES.sub("", text)


def _ris(data: bytes) -> Iterator[tuple[str, Said]]:
    for record in data.decode().split("ER  - "):
        fields: dict[str, list[str]] = {}
        for tag, value in re.findall(r"^([A-Z][A-Z0-9])  - (.*?)\r?$", record, re.MULTILINE):
            fields.setdefault(tag, []).append(value)
        if fields.get("TY") == ["CPAPER"]:
            yield fields["TI"][0], (fields["SP"][0], fields["EP"][0], len(fields.get("AU", ())))


def _csl(data: bytes) -> Iterator[tuple[str, Said]]:
    for item in json.loads(data):
        first, _, last = item["page"].partition("-")
        yield item["title"], (first, last, len(item.get("author", ())))


def _text(node: etree._Element | None) -> str:
    return "".join(map(str, node.itertext())) if node is not None else ""


def _crossref(data: bytes) -> Iterator[tuple[str, Said]]:
    for node in etree.fromstring(data).iter("{*}conference_paper"):
        authors = len(node.findall("{*}contributors/*"))
        pages = _text(node.find("{*}pages/{*}first_page")), _text(node.find("{*}pages/{*}last_page"))
        yield _text(node.find("{*}titles/{*}title")), (*pages, authors)


def _jats(data: bytes) -> Iterator[tuple[str, Said]]:
    meta = etree.fromstring(data).find("front/article-meta")
    if meta is not None:
        authors = len(meta.findall("contrib-group[@content-type='authors']/contrib"))
        pages = _text(meta.find("fpage")), _text(meta.find("lpage"))
        yield _text(meta.find("title-group/article-title")), (*pages, authors)


def _datacite(data: bytes) -> Iterator[tuple[str, Said]]:
    root = etree.fromstring(data)
    item = root.find("{*}relatedItems/{*}relatedItem")
    pages = ("", "") if item is None else (_text(item.find("{*}firstPage")), _text(item.find("{*}lastPage")))
    yield _text(root.find("{*}titles/{*}title")), (*pages, -1)


def _anthology(data: bytes) -> Iterator[tuple[str, Said]]:
    for node in etree.fromstring(data).iter("paper"):
        first, _, last = _text(node.find("pages")).partition("–")
        yield _without_math(node.find("title")), (first, last, len(node.findall("author")))


def _without_math(title: etree._Element | None) -> str:
    if title is None:
        return ""
    for node in title.iter("tex-math"):
        node.text = plain(f"${node.text}$")
    return _text(title)


def _dblp(data: bytes) -> Iterator[tuple[str, Said]]:
    for node in etree.fromstring(data).iter("inproceedings"):
        first, _, last = _text(node.find("pages")).partition("-")
        yield _text(node.find("title")), (first, last, len(node.findall("author")))


READERS: Mapping[str, Reader] = {
    "metadata/volume.bib": _bibtex,
    "metadata/volume.ris": _ris,
    "metadata/volume.csl.json": _csl,
    "metadata/crossref.xml": _crossref,
    "metadata/anthology.xml": _anthology,
    "metadata/dblp.xml": _dblp,
}

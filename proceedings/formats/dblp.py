"""DBLP: the table of contents of the volume as one XML document."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from proceedings.formats.dates import year
from proceedings.formats.xml import add, maybe, serialised
from proceedings.markup import plain
from proceedings.volume.book import Book, slug
from proceedings.volume.model import Paper


def write(book: Book) -> Mapping[str, bytes]:
    """``dblp.xml``."""
    volume = book.volume
    series = slug(volume.acronym) or "conf"
    key = f"conf/{series}/{volume.year}"
    root = etree.Element("dblp")
    head = add(root, "proceedings", key=key)
    for editor in volume.editors:
        add(head, "editor", editor.display("en"), orcid=editor.orcid)
    add(head, "title", _title(volume.title.pick("en")))
    maybe(head, "booktitle", volume.acronym)
    maybe(head, "publisher", volume.publisher.pick("en"))
    add(head, "year", str(year(book) or volume.year))
    maybe(head, "isbn", volume.isbn or volume.eisbn)
    maybe(head, "ee", volume.url)
    keys = book.keys()
    for session, papers in book.sessions():
        if session.title:
            root.append(etree.Comment(f" {plain(session.title.pick('en')).replace('--', '- -')} "))
        for paper in papers:
            _paper(root, book, paper, f"conf/{series}/{keys[paper.id]}", key)
    return {"metadata/dblp.xml": serialised(root)}


def _paper(root: etree._Element, book: Book, paper: Paper, key: str, volume: str) -> None:
    node = add(root, "inproceedings", key=key)
    for author in paper.authors:
        add(node, "author", author.display("en"), orcid=author.orcid)
    add(node, "title", _title(paper.title.pick("en")))
    pages = book.pages[paper.id]
    add(node, "pages", f"{pages.first}-{pages.last}")
    add(node, "year", str(year(book, paper) or book.volume.year))
    maybe(node, "booktitle", book.volume.acronym)
    doi = book.doi(paper)
    maybe(node, "ee", f"https://doi.org/{doi}" if doi else book.url(paper))
    add(node, "crossref", volume)


def _title(text: str) -> str:
    """DBLP ends every title with a stop."""
    text = plain(text)
    return text if text.endswith((".", "?", "!", "。", "？", "！")) else f"{text}."

"""A static open-access site: a page for the volume, one for each paper, and the people in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from proceedings.formats import bibtex, gbt7714, ris
from proceedings.formats.dates import published, year
from proceedings.index import author_index
from proceedings.markup import html, plain
from proceedings.people import Person
from proceedings.setting.terms import TERMS, days, pages
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper

_STYLE = """
:root { --ink: #1d3557; --line: #cdd5df; --soft: #55606e }
body { font: 17px/1.65 "Source Serif 4", Georgia, "Noto Serif SC", "Songti SC", serif; color: #1c1f23; margin: 0 }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 1.2rem }
header { border-bottom: 3px solid var(--ink) } header a { color: var(--ink); text-decoration: none; font-weight: 600 }
h1 { font-size: 1.7rem; line-height: 1.3; color: var(--ink); margin: .6rem 0 .2rem }
h2 { font-size: 1.15rem; color: var(--ink); border-bottom: 1px solid var(--line); margin-top: 2.2rem }
.other, .where, .pages { color: var(--soft) } .authors { font-style: italic } .zh .authors { font-style: normal }
ol.papers { list-style: none; padding: 0 } ol.papers li { margin: 1.1rem 0 } a { color: #1a5276 }
a:focus-visible { outline: 3px solid #c9a227; outline-offset: 2px }
pre { white-space: pre-wrap; font-size: .82rem; background: #f5f7fa; border: 1px solid var(--line); padding: .8rem }
dl { display: grid; grid-template-columns: 10rem 1fr }
dt { color: var(--soft) } dd { margin: 0 } .notice { border-left: 4px solid #a51212; padding-left: .8rem }
ul.people { columns: 18rem; list-style: none; padding: 0 } @media print { header, footer { border: 0 } }
"""


def write(book: Book, papers_made: bool = False) -> Mapping[str, bytes]:
    """``site/``; with ``papers_made`` its pages link to the PDFs in ``papers/``."""
    files = {
        "site/style.css": _STYLE.lstrip(),
        "site/index.html": "\n".join(_volume(book)),
        "site/authors.html": "\n".join(_authors(book)),
    }
    for paper in book.papers():
        files[f"site/{file_name(paper)}.html"] = "\n".join(_paper(book, paper, papers_made))
    return {name: f"{text}\n".encode() for name, text in files.items()}


def _head(book: Book, title: str, language: str, extra: Sequence[str] = ()) -> Iterator[str]:
    yield f'<!DOCTYPE html><html lang="{"zh-CN" if language == "zh" else language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(plain(title))}</title>"
    yield from extra
    home = escape(plain(book.volume.heading.pick(book.volume.language)))
    yield f'<link rel="stylesheet" href="style.css"></head><body class="{language}">'
    yield f'<header><a href="index.html">{home}</a></header><main>'


def _foot(book: Book) -> str:
    licence = book.volume.licence
    terms = licence.name.pick(book.volume.language)
    link = f'<a href="{escape(licence.url)}" rel="license">{escape(terms)}</a>' if licence.url else escape(terms)
    holder = (book.volume.copyright or book.volume.publisher).pick(book.volume.language)
    return f"</main><footer><p>© {book.volume.year or ''} {escape(holder)} {link}</p></footer></body></html>"


def _volume(book: Book) -> Iterator[str]:
    volume, language = book.volume, book.volume.language
    yield from _head(book, volume.title.pick(language), language)
    yield f"<h1>{html(volume.title.pick(language))}</h1>"
    if volume.title.other(language):
        yield f'<p class="other">{html(volume.title.other(language))}</p>'
    where = " · ".join(part for part in (days(volume.start, volume.end, language), volume.place.pick(language)) if part)
    yield f'<p class="where">{escape(where)}</p>'
    if volume.editors:
        people = TERMS["comma"].pick(language).join(person.display(language) for person in volume.editors)
        yield f"<p>{escape(TERMS['editors'].pick(language))}: {escape(people)}</p>"
    yield f'<p><a href="authors.html">{escape(TERMS["authors"].pick(language))}</a></p>'
    for session, papers in book.sessions():
        if session.title:
            yield f"<h2>{html(session.title.pick(language))}</h2>"
        yield '<ol class="papers">'
        for paper in papers:
            own = book.language(paper)
            names = ", ".join(person.display(own) for person in paper.authors)
            yield f'<li><a href="{file_name(paper)}.html">{html(paper.title.pick(own))}</a>'
            if paper.title.other(own):
                yield f'<br><span class="other">{html(paper.title.other(own))}</span>'
            yield f'<br><span class="authors">{escape(names)}</span>'
            yield f' <span class="pages">{escape(pages(book.pages[paper.id], language))}</span></li>'
        yield "</ol>"
    yield _foot(book)


def _authors(book: Book) -> Iterator[str]:
    language = book.volume.language
    yield from _head(book, TERMS["authors"].pick(language), language)
    yield f"<h1>{escape(TERMS['authors'].pick(language))}</h1>"
    by_id = {paper.id: paper for paper in book.papers()}
    groups, _ = author_index(book)
    for group in groups:
        yield f'<h2>{escape(group.letter)}</h2><ul class="people">'
        for entry in group.entries:
            links = ", ".join(
                f'<a href="{file_name(by_id[id_])}.html">{book.pages[id_].first}</a>' for id_ in entry.papers
            )
            detail = f" ({escape(entry.detail)})" if entry.detail else ""
            yield f"<li>{escape(entry.name)}{detail}: {links}</li>"
        yield "</ul>"
    yield _foot(book)


def _paper(book: Book, paper: Paper, papers_made: bool) -> Iterator[str]:
    own = book.language(paper)
    extra = [f'<meta name="{name}" content="{escape(value)}">' for name, value in highwire(book, paper, papers_made)]
    # "</" cannot end the script early: JSON allows the escaped slash.
    data = json.dumps(schema_org(book, paper), ensure_ascii=False, sort_keys=True).replace("</", "<\\/")
    extra.append(f'<script type="application/ld+json">{data}</script>')
    yield from _head(book, paper.title.pick(own), own, extra)
    yield f"<article><h1>{html(paper.title.pick(own))}</h1>"
    if paper.title.other(own):
        yield f'<p class="other">{html(paper.title.other(own))}</p>'
    if paper.notice:
        yield f'<p class="notice">{html(paper.notice.pick(own))}</p>'
    yield f'<p class="authors">{", ".join(map(_author, paper.authors))}</p>'
    places = dict.fromkeys(place.pick(own) for person in paper.authors for place in person.affiliations)
    for place in places:
        yield f'<p class="where">{escape(place)}</p>'
    if papers_made:
        yield f'<p><a href="../papers/{file_name(paper)}.pdf">PDF</a></p>'
    for language, words in (("zh", paper.abstract.zh), ("en", paper.abstract.en)):
        if words:
            yield f'<h2 lang="{language}">{"摘要" if language == "zh" else "Abstract"}</h2>'
            yield from (f'<p lang="{language}">{html(part)}</p>' for part in words.split("\n\n") if part.strip())
    yield from _facts(book, paper)
    yield from _citations(book, paper)
    yield f"</article>{_foot(book)}"


def _author(person: Person) -> str:
    name = escape(person.both())
    return f'<a href="https://orcid.org/{person.orcid}">{name}</a>' if person.orcid else name


def _facts(book: Book, paper: Paper) -> Iterator[str]:
    own, doi, licence = book.language(paper), book.doi(paper), book.licence(paper)
    facts = [
        ("DOI", f'<a href="https://doi.org/{escape(doi)}">{escape(doi)}</a>' if doi else ""),
        (TERMS["pages"].pick(own), escape(str(book.pages[paper.id]))),
        (TERMS["keywords_plain"].pick(own), escape("; ".join(paper.keywords.all()))),
        (TERMS["funding"].pick(own), escape("; ".join(text.pick(own) for text in paper.funding))),
        (TERMS["licence"].pick(own), escape(licence.name.pick(own) or licence.spdx)),
    ]
    yield "<dl>"
    for name, value in facts:
        if value:
            yield f"<dt>{escape(name)}</dt><dd>{value}</dd>"
    yield "</dl>"


def _citations(book: Book, paper: Paper) -> Iterator[str]:
    yield f"<h2>{escape(TERMS['cite'].pick(book.language(paper)))}</h2>"
    yield f"<p>{escape(gbt7714.citation(book, paper))}</p>"
    yield f"<details><summary>BibTeX</summary><pre>{escape(bibtex.entry(book, paper))}</pre></details>"
    yield f"<details><summary>RIS</summary><pre>{escape(ris.entry(book, paper))}</pre></details>"


def highwire(book: Book, paper: Paper, papers_made: bool = False) -> Iterator[tuple[str, str]]:
    """The ``citation_*`` tags that Google Scholar reads."""
    volume, own, range_ = book.volume, book.language(paper), book.pages[paper.id]
    yield "citation_title", plain(paper.title.pick(own))
    for person in paper.authors:
        yield "citation_author", person.display(own) if own == "zh" else person.inverted() or person.native
        for place in person.affiliations:
            yield "citation_author_institution", place.pick(own)
        if person.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{person.orcid}"
    day = published(book, paper)
    yield "citation_publication_date", f"{day:%Y/%m/%d}" if day else str(year(book, paper) or "")
    yield "citation_conference_title", plain(volume.title.pick(own))
    yield "citation_firstpage", str(range_.first)
    yield "citation_lastpage", str(range_.last)
    for name, value in (
        ("citation_doi", book.doi(paper)),
        ("citation_isbn", volume.isbn or volume.eisbn),
        ("citation_issn", volume.issn),
        ("citation_publisher", volume.publisher.pick(own)),
        ("citation_language", own),
        ("citation_keywords", "; ".join(paper.keywords.all())),
        ("citation_abstract_html_url", book.url(paper)),
        (
            "citation_pdf_url",
            f"{volume.url.rstrip('/')}/papers/{file_name(paper)}.pdf" if papers_made and volume.url else "",
        ),
    ):
        if value:
            yield name, value


def _pdf_address(book: Book, paper: Paper) -> str:
    base = book.volume.url.rstrip("/")
    return f"{base}/papers/{file_name(paper)}.pdf" if base else ""


def schema_org(book: Book, paper: Paper) -> dict[str, Any]:
    """The paper as a schema.org ScholarlyArticle."""
    volume, own = book.volume, book.language(paper)
    day, doi = published(book, paper), book.doi(paper)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": plain(paper.title.pick(own)),
        "alternativeHeadline": plain(paper.title.other(own)),
        "author": [_person(person, own) for person in paper.authors],
        "datePublished": day.isoformat() if day else str(year(book, paper) or ""),
        "inLanguage": own,
        "abstract": plain(paper.abstract.pick(own)),
        "keywords": list(paper.keywords.all()),
        "pageStart": str(book.pages[paper.id].first),
        "pageEnd": str(book.pages[paper.id].last),
        "license": book.licence(paper).url,
        "identifier": f"https://doi.org/{doi}" if doi else "",
        "url": book.url(paper),
        "isPartOf": {"@type": "Book", "name": plain(volume.title.pick(own)), "isbn": volume.isbn or volume.eisbn},
        "publisher": {"@type": "Organization", "name": volume.publisher.pick(own)},
    }
    return {key: value for key, value in data.items() if value}


def _person(person: Person, language: str) -> dict[str, Any]:
    data = {
        "@type": "Organization" if person.organisation else "Person",
        "name": person.display(language),
        "alternateName": person.native if person.display(language) != person.native else person.latin,
        "identifier": f"https://orcid.org/{person.orcid}" if person.orcid else "",
        "affiliation": [place.pick(language) for place in person.affiliations],
    }
    return {key: value for key, value in data.items() if value}

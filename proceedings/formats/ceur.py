"""CEUR-WS: ``index.html`` with the classes that its tools read; what CEUR fills in itself stays ``XXX``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from proceedings.markup import html, plain
from proceedings.setting.terms import days
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper


def write(book: Book) -> Mapping[str, bytes]:
    """``ceur/index.html``; papers lie beside it as ``ID.pdf``."""
    return {"ceur/index.html": ("\n".join(_page(book)) + "\n").encode()}


def _page(book: Book) -> Iterator[str]:
    volume = book.volume
    acronym = " ".join(part for part in (volume.acronym, f"{volume.year:04}" if volume.year else "") if part)
    title = escape(plain(volume.title.pick("en")))
    where = ", ".join(part for part in (volume.place.pick("en"), days(volume.start, volume.end, "en")) if part)
    yield "<!DOCTYPE html>"
    yield f"<!-- CEURLANG={'zho' if volume.language == 'zh' else 'eng'} -->"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f"<title>CEUR-WS.org/Vol-XXX - {title}</title>"
    yield '<link rel="stylesheet" href="../ceur-ws.css"></head><body>'
    yield '<p><a href="http://ceur-ws.org/">CEUR Workshop Proceedings</a>'
    yield '<span class="CEURVOLNR">Vol-XXX</span> <span class="CEURURN">urn:nbn:de:0074-XXX-X</span></p>'
    year = volume.year or ""
    yield f'<p>Copyright © <span class="CEURPUBYEAR">{year}</span> for the individual papers by the papers\' authors.'
    yield "Copyright © for the volume as a collection by its editors. This volume and its papers are published"
    yield "under the Creative Commons License Attribution 4.0 International (CC BY 4.0).</p><hr>"
    yield f'<h1><span class="CEURVOLACRONYM">{escape(acronym)}</span><br>'
    yield f'<span class="CEURVOLTITLE">{escape(plain(volume.heading.pick("en")))}</span></h1>'
    yield f'<h3><span class="CEURFULLTITLE">{title}</span><br>'
    yield 'co-located with <span class="CEURCOLOCATED">NONE</span></h3>'
    yield f'<h3><span class="CEURLOCTIME">{escape(where)}</span>.</h3>'
    yield "<p><b>Edited by</b></p><p>"
    for editor in volume.editors:
        places = "".join(f", {place.pick('en')}" for place in editor.affiliations)
        yield f'<span class="CEURVOLEDITOR">{escape(editor.display("en"))}</span>{escape(places)}<br>'
    yield '</p><hr><div class="CEURTOC"><h2>Table of Contents</h2>'
    for session, papers in book.sessions():
        heading = html(session.title.pick("en"))
        if heading:
            yield f'<h3><span class="CEURSESSION">{heading}</span></h3>'
        yield "<ul>"
        for paper in papers:
            yield from _line(book, paper)
        yield "</ul>"
    yield "</div><hr>"
    yield '<span class="CEURPUBDATE">XXX</span>: published on CEUR Workshop Proceedings</body></html>'


def _line(book: Book, paper: Paper) -> Iterator[str]:
    name = escape(file_name(paper), quote=True)
    pages = book.pages[paper.id]
    yield f'<li id="{name}"><a href="{name}.pdf"><span class="CEURTITLE">{html(paper.title.pick("en"))}</span></a>'
    yield f'<span class="CEURPAGES">{pages.first}-{pages.last}</span><br>'
    yield ",\n".join(f'<span class="CEURAUTHOR">{escape(author.display("en"))}</span>' for author in paper.authors)
    yield "</li>"

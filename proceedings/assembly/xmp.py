"""What a PDF says of itself: the Info dictionary and an XMP packet, written by us and without a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

import pikepdf

from proceedings.markup import plain
from proceedings.text import Text
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "prism": "http://prismstandard.org/namespaces/basic/2.1/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
PRODUCER = "confsys proceedings"


@dataclass(frozen=True)
class About:
    """What is said of one PDF; texts in the language of the document come first."""

    title: Text
    language: str
    authors: Sequence[str] = ()
    description: Text = field(default_factory=Text)
    keywords: Sequence[str] = ()
    publisher: str = ""
    identifier: str = ""
    published: date | None = None
    rights: str = ""
    licence: str = ""
    prism: Mapping[str, str] = field(default_factory=dict)


def about_volume(book: Book) -> About:
    """For the volume itself."""
    volume = book.volume
    return About(
        title=volume.title,
        language=volume.language,
        authors=[editor.both() for editor in volume.editors],
        description=volume.subtitle,
        publisher=volume.publisher.pick(volume.language),
        identifier=volume.doi or volume.isbn,
        published=volume.published,
        rights=_rights(book, (volume.copyright or volume.publisher).pick(volume.language)),
        licence=volume.licence.url,
        prism={k: v for k, v in (("isbn", volume.isbn), ("issn", volume.issn), ("doi", volume.doi)) if v},
    )


def about_paper(book: Book, paper: Paper) -> About:
    """For one paper."""
    volume, language, pages = book.volume, book.language(paper), book.pages[paper.id]
    prism = {
        "publicationName": plain(volume.title.pick(language)),
        "startingPage": str(pages.first),
        "endingPage": str(pages.last),
        "doi": book.doi(paper),
        "isbn": volume.isbn,
        "issn": volume.issn,
    }
    return About(
        title=paper.title,
        language=language,
        authors=[author.both() for author in paper.authors],
        description=paper.abstract,
        keywords=paper.keywords.all(),
        publisher=volume.publisher.pick(language),
        identifier=book.doi(paper),
        published=paper.published or volume.published,
        rights=_rights(book, (paper.copyright or volume.copyright or volume.publisher).pick(language)),
        licence=book.licence(paper).url,
        prism={key: value for key, value in prism.items() if value},
    )


def _rights(book: Book, holder: str) -> str:
    return f"© {book.volume.year or ''} {holder}".replace("  ", " ") if holder else ""


def describe(pdf: pikepdf.Pdf, about: About) -> None:
    """Put Info dictionary and XMP into ``pdf`` in place of what is there."""
    title = plain(about.title.pick(about.language))
    info = {
        "/Title": title,
        "/Author": "; ".join(about.authors),
        "/Subject": about.prism.get("publicationName", ""),
        "/Keywords": "; ".join(about.keywords),
        "/Producer": PRODUCER,
    }
    if about.published:
        info["/CreationDate"] = f"D:{about.published:%Y%m%d}000000Z"
    entries = {key: pikepdf.String(value) for key, value in info.items() if value}
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary(entries))
    pdf.Root.Metadata = pdf.make_stream(packet(about), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.Root.Lang = pikepdf.String("zh-CN" if about.language == "zh" else "en")
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def packet(about: About) -> bytes:
    """The XMP packet."""
    parts = [
        _alternatives("dc:title", about.title, about.language),
        _list("dc:creator", "Seq", about.authors),
        _alternatives("dc:description", about.description, about.language),
        _list("dc:subject", "Bag", about.keywords),
        _list("dc:publisher", "Bag", [about.publisher]),
        _plain("dc:identifier", about.identifier),
        _list("dc:date", "Seq", [about.published.isoformat()] if about.published else []),
        _list("dc:language", "Bag", [about.language]),
        _alternatives("dc:rights", Text.of(about.rights), about.language),
        _plain("xmpRights:WebStatement", about.licence),
        _plain("pdf:Keywords", "; ".join(about.keywords)),
        _plain("pdf:Producer", PRODUCER),
        *(_plain(f"prism:{name}", value) for name, value in about.prism.items()),
    ]
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    body = "".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>'
        f'<rdf:Description rdf:about="">{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _plain(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _list(name: str, kind: str, values: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _alternatives(name: str, text: Text, language: str) -> str:
    if not text:
        return ""
    items = f'<rdf:li xml:lang="x-default">{escape(plain(text.pick(language)))}</rdf:li>'
    for code, words in (("en", text.en), ("zh-CN", text.zh)):
        items += f'<rdf:li xml:lang="{code}">{escape(plain(words))}</rdf:li>' if words else ""
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"

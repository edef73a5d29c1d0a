"""How a printed paper is cited on its page. The engine's own exports hold the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.publishing.models import Volume, VolumePaper


@dataclass(frozen=True, slots=True)
class PrintedAuthor:
    """An author of a frozen paper, read back from its copy."""

    name: PersonName
    affiliation: LocalizedText
    orcid: str

    @classmethod
    def of(cls, kept: dict[str, Any]) -> PrintedAuthor:
        native = kept.get("native", "")
        if isinstance(native, dict):
            native = native.get("family", "") + native.get("given", "")
        name = PersonName(kept.get("given", ""), kept.get("family", ""), native)
        return cls(name, LocalizedText.of(kept.get("affiliation")), kept.get("orcid", ""))


def authors(paper: VolumePaper) -> list[PrintedAuthor]:
    return [PrintedAuthor.of(kept) for kept in paper.authors]


def highwire(event: Event, volume: Volume, paper: VolumePaper, pdf_address: str) -> list[tuple[str, str]]:
    """(name, content) of the meta tags that indexers of scholarly work read, in the order they expect."""
    tags = [("citation_title", paper.title.in_("en"))]
    if paper.title.zh and paper.title.en:
        tags.append(("citation_title", paper.title.zh))
    for author in authors(paper):
        name = author.name
        latin = f"{name.family}, {name.given}" if name.given and name.family else name.latin
        tags.append(("citation_author", latin or name.native))
        if author.affiliation:
            tags.append(("citation_author_institution", author.affiliation.in_("en")))
        if author.orcid:
            tags.append(("citation_author_orcid", f"https://orcid.org/{author.orcid}"))
    tags += [
        ("citation_conference_title", event.name.in_("en")),
        ("citation_publication_date", f"{volume.published_at:%Y/%m/%d}" if volume.published_at else ""),
        ("citation_firstpage", str(paper.first_page)),
        ("citation_lastpage", str(paper.last_page)),
        ("citation_publisher", volume.publisher.in_("en")),
        ("citation_isbn", volume.isbn),
        ("citation_doi", paper.doi),
        ("citation_pdf_url", pdf_address),
    ]
    return [(name, content) for name, content in tags if content]

"""How a printed paper is cited on its page. The engine's own exports hold the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.publishing.models import Volume, VolumeBuild, VolumePaper


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


#: The forms a reader may take a citation in: the engine's format, the file it makes, how it is served.
CITATIONS: dict[str, tuple[str, str, str]] = {
    "bib": ("bibtex", "metadata/volume.bib", "application/x-bibtex"),
    "ris": ("ris", "metadata/volume.ris", "application/x-research-info-systems"),
    "json": ("csl", "metadata/volume.csl.json", "application/vnd.citationstyles.csl+json"),
    "txt": ("gbt7714", "metadata/gbt7714-2025.txt", "text/plain"),
}


def citation(build: VolumeBuild, paper: VolumePaper, form: str) -> bytes:
    """The record of one printed paper, by the engine and from what the build froze, so that it says what is printed."""
    # The engine's formats load Word and XML libraries that the web process does not need at start.
    import proceedings  # noqa: PLC0415

    own = next(id_ for id_, submission in build.inputs["papers"].items() if submission == paper.submission_id)
    pages = {own: proceedings.Range(paper.first_page, paper.last_page)}
    volume = proceedings.volume_of(build.inputs["volume"], Path())
    name, file, _type = CITATIONS[form]
    return proceedings.export(proceedings.Book(volume, pages), name)[file]

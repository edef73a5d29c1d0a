"""Every record format by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from proceedings.formats import (
    anthology,
    bibtex,
    ceur,
    crossref,
    csljson,
    datacite,
    dblp,
    gbt7714,
    jats,
    oai,
    pmlr,
    ris,
)
from proceedings.volume.book import Book

Writer = Callable[[Book], Mapping[str, bytes]]

RECORDS: Mapping[str, Writer] = {
    "bibtex": bibtex.write,
    "ris": ris.write,
    "csl": csljson.write,
    "gbt7714": gbt7714.write,
    "crossref": crossref.write,
    "datacite": datacite.write,
    "jats": jats.write,
    "anthology": anthology.write,
    "ceur": ceur.write,
    "dblp": dblp.write,
    "pmlr": pmlr.write,
    "oai": oai.write,
}


def export(book: Book, name: str) -> Mapping[str, bytes]:
    """Files of one format (``RECORDS`` names them), by relative path. ``KeyError`` for an unknown format."""
    return RECORDS[name](book)

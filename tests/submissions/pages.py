"""The addresses of an author's pages, and what a browser sends back from them."""

from __future__ import annotations

from typing import Any

from confsys.submissions.models import Submission


def at(paper: Submission, page: str = "edit") -> str:
    return f"/events/{paper.event.slug}/my-papers/{paper.number}/{page}".removesuffix("/")


def form_of(paper: Submission, **changed: Any) -> dict[str, Any]:
    """What a browser would send back from the untouched form, with some inputs changed."""
    fields: dict[str, Any] = {
        "version": str(paper.version), "title_en": paper.title.en, "title_zh": paper.title.zh,
        "abstract_en": paper.abstract.en, "abstract_zh": paper.abstract.zh,
        "keywords_en": ", ".join(paper.keywords.get("en", [])), "keywords_zh": "，".join(paper.keywords.get("zh", [])),
        "track": str(paper.track_id or ""),
    }  # fmt: skip
    for n, author in enumerate(paper.authors):
        fields |= {
            f"authors-{n}-id": str(author.id), f"authors-{n}-given": author.given, f"authors-{n}-family": author.family,
            f"authors-{n}-native": author.native, f"authors-{n}-email": author.email,
            f"authors-{n}-affiliation_en": author.affiliation.en, f"authors-{n}-orcid": author.orcid,
        }  # fmt: skip
        for mark in ("corresponding", "presenter", "contact"):
            if getattr(author, f"is_{mark}"):
                fields[f"authors-{n}-{mark}"] = "y"
    return {**fields, **changed}

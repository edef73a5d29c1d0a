"""A paper's record as the volume prints it: one plain form for freezing, proofs and changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, has_han, split_han
from confsys.submissions.content import AuthorContent
from confsys.submissions.models import Author, Submission


def text(value: LocalizedText) -> dict[str, str]:
    """Without the sides that are empty: the engine falls back by itself."""
    return {language: words for language, words in value.as_dict().items() if words}


def person(author: Author) -> dict[str, Any]:
    """An author in parts. A Han name is parted only to tell the engine what the family name is."""
    found: dict[str, Any] = {"given": author.given, "family": author.family, "orcid": author.orcid}
    if author.native:
        family, given = split_han(author.native)
        found["native"] = {"family": family, "given": given} if has_han(author.native) else author.native
    if author.affiliation:
        found["affiliation"] = text(author.affiliation)
    if author.is_corresponding:
        found["corresponding"] = True
        found["email"] = author.email
    if author.person_id is not None:
        found["key"] = f"person-{author.person_id}"
    return {key: value for key, value in found.items() if value}


def record_of(paper: Submission) -> dict[str, Any]:
    """What authors answer for with their signature: title, names in order and both scripts, institutions."""
    printed = ("given", "family", "native", "orcid", "affiliation", "corresponding")
    people = [{key: value for key, value in person(author).items() if key in printed} for author in paper.authors]
    return {"title": text(paper.title), "authors": people}


def digest_of(paper: Submission) -> str:
    plain = json.dumps(record_of(paper), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def kept(author: AuthorContent) -> dict[str, Any]:
    """One line of a list of authors as JSON."""
    return {
        "given": author.name.given, "family": author.name.family, "native": author.name.native, "email": author.email,
        "affiliation": author.affiliation.as_dict(), "orcid": author.orcid, "country": author.country,
        "corresponding": author.corresponding, "presenter": author.presenter, "contact": author.contact,
        "id": author.id,
    }  # fmt: skip


def read_back(line: Mapping[str, Any]) -> AuthorContent:
    """The reverse of :func:`kept`."""
    values = {key: line[key] for key in ("email", "orcid", "country", "corresponding", "presenter", "contact", "id")}
    name = PersonName(line["given"], line["family"], line["native"])
    return AuthorContent(name=name, affiliation=LocalizedText.of(line["affiliation"]), **values)

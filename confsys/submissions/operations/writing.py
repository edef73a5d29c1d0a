"""Putting content into a paper's rows: tidied, checked against the event, linked to people. No operation by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from confsys.accounts.models import EmailAddress
from confsys.core import identifiers
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.events.models import Topic, Track
from confsys.submissions.content import AuthorContent, PaperContent, changed_parts, content_of
from confsys.submissions.models import Author, Submission


def write(paper: Submission, content: PaperContent, *, at: datetime) -> tuple[str, ...]:
    """Bring ``paper`` to ``content``; returns the names of the parts that changed. Nothing changed: nothing written.

    Raises Invalid when a choice is not the event's, or when nobody who can sign in would be left as contact.
    """
    before, content = content_of(paper), tidied(content)
    parts = changed_parts(_without_ids(before), _without_ids(content))
    if not parts:
        return ()
    _check_choices(paper.event_id, content)
    paper.title, paper.abstract = content.title, content.abstract
    paper.keywords = {locale: list(words) for locale, words in content.keywords.items()}
    paper.track_id = content.track_id
    paper.answers = dict(content.answers)
    paper.declared_conflicts = [conflict.as_dict() for conflict in content.conflicts]
    if "topic_ids" in parts:
        paper.topics = list(db.session.scalars(select(Topic).where(Topic.id.in_(content.topic_ids))))
    if "authors" in parts:
        _write_authors(paper, content.authors)
    index(paper)
    paper.saved_at = at
    flag_modified(paper, "saved_at")  # a change of the authors alone makes a new version too
    return parts


def _without_ids(content: PaperContent) -> PaperContent:
    return replace(content, authors=tuple(replace(author, id=None) for author in content.authors))


def tidied(content: PaperContent) -> PaperContent:
    """Without stray spaces, empty lines and repeated keywords."""
    return replace(
        content,
        title=_stripped(content.title, one_line=True),
        abstract=_stripped(content.abstract),
        keywords={k: tuple(dict.fromkeys(w.strip() for w in v if w.strip())) for k, v in content.keywords.items() if v},
        authors=tuple(tidy for author in content.authors if not (tidy := _tidied_author(author)).blank),
        conflicts=tuple(
            replace(row, name=" ".join(row.name.split()), email=row.email.strip().lower())
            for row in content.conflicts
            if not row.blank
        ),
        answers={key: value for key, value in content.answers.items() if value not in (None, "", [])},
    )


def _stripped(text: LocalizedText, *, one_line: bool = False) -> LocalizedText:
    def clean(value: str) -> str:
        return " ".join(value.split()) if one_line else value.replace("\r\n", "\n").strip()

    return LocalizedText(en=clean(text.en), zh=clean(text.zh))


def _tidied_author(author: AuthorContent) -> AuthorContent:
    given, family, native = (
        " ".join(part.split()) for part in (author.name.given, author.name.family, author.name.native)
    )
    orcid = author.orcid.strip()
    with suppress(ValueError):  # a malformed one is kept as typed, so that the draft can say what is wrong with it
        orcid = identifiers.orcid(orcid) if orcid else ""
    return replace(
        author, name=PersonName(given, family, native), email=author.email.strip().lower(),
        affiliation=_stripped(author.affiliation, one_line=True), orcid=orcid[:19], country=author.country[:2].upper(),
    )  # fmt: skip


def _check_choices(event_id: int, content: PaperContent) -> None:
    if content.track_id is not None:
        track = db.session.get(Track, content.track_id)
        if track is None or track.event_id != event_id:
            raise Invalid(track=_l("This track does not belong to the event."))
    if content.topic_ids:
        known = select(Topic.id).where(Topic.event_id == event_id, Topic.id.in_(content.topic_ids))
        if len(db.session.scalars(known).all()) != len(content.topic_ids):
            raise Invalid(topics=_l("One of these topics does not belong to the event."))


def people_behind(addresses: Iterable[str]) -> dict[str, int]:
    """{address: person id} of the addresses that somebody has proved to be theirs."""
    wanted = {address for address in addresses if address}
    query = select(EmailAddress.address, EmailAddress.person_id).where(
        EmailAddress.address.in_(wanted), EmailAddress.verified_at.is_not(None)
    )
    return {row.address: row.person_id for row in db.session.execute(query)} if wanted else {}


def _write_authors(paper: Submission, authors: Sequence[AuthorContent]) -> None:
    """Rows keep their identity by id; a row whose address is unchanged keeps the person it was linked to."""
    for n, author in enumerate(authors):
        if over := too_long(author):
            sentence = _l("This is too long: at most %(n)s characters.", n=_LENGTHS[over[0]])
            raise Invalid(**{f"authors-{n}-{over[0]}": sentence})
    had_contact = any(row.is_contact and row.person_id for row in paper.authors)
    rows = {row.id: row for row in paper.authors if row.id is not None}
    by_address = {row.email: row.id for row in paper.authors if row.email and row.id is not None}
    people = people_behind(author.email for author in authors)
    written = []
    for position, author in enumerate(authors):
        # A line that was typed and saved by itself comes again without the id it has got meanwhile.
        row = rows.pop(author.id or by_address.get(author.email, 0), None)
        kept = row.person_id if row is not None and row.email == author.email else None
        row = row or Author()
        row.person_id = people.get(author.email, kept)
        row.position = position
        fill(row, author)
        written.append(row)
    if had_contact and not any(row.is_contact and row.person_id for row in written):
        raise Invalid(
            authors=_l("Somebody with an account must stay as contact of the paper, or nobody could open it any more.")
        )
    paper.authors[:] = written


#: Columns of an author's line and what they hold at most.
_LENGTHS = {"given": 120, "family": 120, "native": 120, "email": 254}


def too_long(author: AuthorContent) -> list[str]:
    """Inputs of the line that hold more than can be kept."""
    values = {
        "given": author.name.given,
        "family": author.name.family,
        "native": author.name.native,
        "email": author.email,
    }
    return [key for key, value in values.items() if len(value) > _LENGTHS[key]]


def fill(row: Author, author: AuthorContent) -> None:
    """Copy one line into its row."""
    row.given, row.family, row.native = author.name.given, author.name.family, author.name.native
    row.email, row.orcid, row.country = author.email, author.orcid, author.country
    row.affiliation = author.affiliation
    row.is_corresponding, row.is_presenter, row.is_contact = author.corresponding, author.presenter, author.contact


def index(paper: Submission) -> None:
    """Bring the texts that searching reads to what the paper says."""
    paper.search_text, paper.blind_search_text = search_texts(content_of(paper))


def search_texts(content: PaperContent) -> tuple[str, str]:
    """(with authors, without), folded: no case, no marks."""
    words = [content.title.en, content.title.zh, *(word for some in content.keywords.values() for word in some)]
    names = []
    for author in content.authors:
        names += [author.name.latin, f"{author.name.family} {author.name.given}", author.name.native, author.email]
        names += [author.affiliation.en, author.affiliation.zh]
    blind = folded("\n".join(filter(None, words)))
    return f"{blind}\n{folded(chr(10).join(filter(None, names)))}", blind


def plain_part(content: PaperContent, part: str) -> Any:
    """One part of a content as JSON, for the audit entry."""
    value = getattr(content, part)
    if part == "authors":
        return [_line(author) for author in value]
    if part == "conflicts":
        return [conflict.as_dict() for conflict in value]
    if isinstance(value, LocalizedText):
        return value.as_dict()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {key: list(words) if isinstance(words, tuple) else words for key, words in value.items()}
    return value


def _line(author: AuthorContent) -> str:
    marks = [word for word, on in (("corresponding", author.corresponding), ("contact", author.contact)) if on]
    return "; ".join(filter(None, [author.name.both, author.email, str(author.affiliation), *marks]))

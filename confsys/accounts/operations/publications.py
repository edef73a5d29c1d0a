"""Past papers of a person, imported from BibTeX. Importing twice adds nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from confsys.accounts.bibtex import Reference, Unreadable, read
from confsys.accounts.models import Person, Publication
from confsys.accounts.signals import ties_changed
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import folded
from confsys.core.operation import operation

LONGEST = 2_000_000
MOST = 2000


@dataclass(frozen=True, slots=True)
class Imported:
    added: int
    known: int
    unreadable: Sequence[Unreadable]


def fingerprint(title: str, year: int | None) -> str:
    letters = "".join(c for c in folded(title) if c.isalnum())
    return hashlib.sha256(f"{letters}:{year or ''}".encode()).hexdigest()


@operation
def import_publications(person: Person, bibtex: str, *, actor: Actor, at: datetime) -> Imported:
    """Keep every readable entry; the unreadable ones are returned, not fatal."""
    if len(bibtex) > LONGEST:
        raise Invalid(bibtex=_l("This is more than two million characters. Please import it in parts."))
    references, unreadable = read(bibtex)
    if not references:
        raise Invalid(bibtex=_l("No entry with a title was found. BibTeX entries begin with @article{ or the like."))
    known = set(db.session.scalars(select(Publication.fingerprint).where(Publication.person_id == person.id)))
    before = len(known)
    for reference in references:
        mark = fingerprint(reference.title, reference.year)
        if mark not in known and len(known) < MOST:
            known.add(mark)
            db.session.add(_row(person, reference, mark))
    added = len(known) - before
    record("accounts.publications_imported", person, actor=actor, at=at, changes={}, number=added)
    if added:
        ties_changed.send(person, actor=actor, at=at)
    return Imported(added, len(references) - added, unreadable)


def _row(person: Person, reference: Reference, mark: str) -> Publication:
    return Publication(
        person_id=person.id, title=reference.title[:500], venue=reference.venue[:300], year=reference.year,
        doi=reference.doi[:200], abstract=reference.abstract, fingerprint=mark,
        authors=[{"given": a.given, "family": a.family, "native": a.native} for a in reference.authors],
    )  # fmt: skip


@operation
def remove_publication(person: Person, publication_id: int, *, actor: Actor, at: datetime) -> None:
    row = db.session.get(Publication, publication_id)
    if row is None or row.person_id != person.id:
        return
    db.session.delete(row)
    record("accounts.publication_removed", person, actor=actor, at=at, changes={}, title=row.title)
    ties_changed.send(person, actor=actor, at=at)

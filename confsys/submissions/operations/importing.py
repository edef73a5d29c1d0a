"""Taking in many papers at once: everything or nothing, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Organisation
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry, record
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import folded
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.submissions.content import AuthorContent, PaperContent
from confsys.submissions.importing.checking import check
from confsys.submissions.importing.extras import Extra
from confsys.submissions.importing.rows import ImportedPaper, ImportFile, RowProblem, Taken
from confsys.submissions.models import Author, Submission, submission_topic
from confsys.submissions.operations.conflicts import refresh
from confsys.submissions.operations.numbers import next_numbers
from confsys.submissions.operations.receipts import send_receipt
from confsys.submissions.operations.writing import people_behind, search_texts, tidied
from confsys.submissions.states import SubmissionState
from reviewers.conflicts import FREE_MAIL, expand


class ImportRefused(Exception):
    """The file has errors; nothing was written. ``problems`` are by row."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in. ``made``: how many things each extra made, by its name."""

    papers: int
    authors: int
    made: Mapping[str, int] = field(default_factory=dict)
    warnings: Sequence[RowProblem] = ()


@operation
def import_papers(
    event: Event, file: ImportFile, *, extras: Sequence[Extra] = (), notify: bool = False, actor: Actor, at: datetime
) -> Imported:
    """Take in every paper of a file as submitted at ``at``. Raises ImportRefused when any row has an error.

    Nobody gets mail unless ``notify``. The caller has checked that the actor may import.
    """
    problems = check(event, file, extras)
    if any(not problem.warning for problem in problems):
        raise ImportRefused(problems)
    contents = [tidied(_content(event, paper)) for paper in file.papers]
    taken = _insert_papers(event, file.papers, contents, actor=actor, at=at)
    authors = _insert_authors(taken, contents)
    _insert_topics(taken, contents)
    _record(event, taken, actor=actor, at=at)
    made = {extra.name: extra.apply(event, file, taken, actor, at) for extra in extras}
    refresh(event.id, papers=[row.submission_id for row in taken], at=at)
    if notify:
        _notify([row.submission_id for row in taken], at=at)
    return Imported(len(taken), authors, made, problems)


def _content(event: Event, paper: ImportedPaper) -> PaperContent:
    tracks = {folded(key): t.id for t in event.tracks for key in (t.code, t.name.en, t.name.zh) if key}
    topics = {folded(key): t.id for t in event.topics for key in (t.name.en, t.name.zh) if key}
    return PaperContent(
        title=paper.title or LocalizedText(paper.key), abstract=paper.abstract, keywords=paper.keywords,
        authors=paper.authors,
        track_id=tracks[folded(paper.track)] if paper.track else None,
        topic_ids=frozenset(topics[folded(topic)] for topic in paper.topics),
    )  # fmt: skip


def _insert_papers(
    event: Event, papers: Sequence[ImportedPaper], contents: Sequence[PaperContent], *, actor: Actor, at: datetime
) -> list[Taken]:
    numbers = next_numbers(event.id, len(papers))
    rows = [
        _paper_row(event.id, number, content, actor=actor, at=at)
        for number, content in zip(numbers, contents, strict=True)
    ]
    returning = insert(Submission).returning(Submission.id, sort_by_parameter_order=True)
    ids = db.session.scalars(returning, rows).all()
    return [Taken(*line) for line in zip(papers, ids, numbers, strict=True)]


def _paper_row(event_id: int, number: int, content: PaperContent, *, actor: Actor, at: datetime) -> dict[str, Any]:
    search, blind = search_texts(content)
    return {
        "event_id": event_id, "number": number, "state": SubmissionState.SUBMITTED, "track_id": content.track_id,
        "title": content.title, "abstract": content.abstract,
        "keywords": {locale: list(words) for locale, words in content.keywords.items()}, "answers": {},
        "declared_conflicts": [], "presentation": "", "search_text": search, "blind_search_text": blind,
        "created_at": at, "created_by_id": actor.person_id, "saved_at": at, "submitted_at": at,
        "withdrawal_reason": "", "version": 1,
    }  # fmt: skip


def _insert_authors(taken: Sequence[Taken], contents: Sequence[PaperContent]) -> int:
    people = people_behind(author.email for content in contents for author in content.authors)
    domains = [_domains(row.paper) for row in taken]
    places = _organisations(domain for line in domains for domain in line)
    rows = [
        _author_row(row.submission_id, position, author, people.get(author.email), places.get(domain))
        for row, content, line in zip(taken, contents, domains, strict=True)
        for position, (author, domain) in enumerate(zip(content.authors, line, strict=True))
    ]
    if rows:
        db.session.execute(insert(Author), rows)
    return len(rows)


def _domains(paper: ImportedPaper) -> list[str]:
    """The domains of the authors who are kept, in their order (see ``tidied``)."""
    pairs = zip(paper.authors, paper.domains, strict=True)
    return [domain for author, domain in pairs if not author.blank]


def _author_row(
    paper_id: int, position: int, author: AuthorContent, person_id: int | None, organisation_id: int | None
) -> dict[str, Any]:
    return {
        "submission_id": paper_id, "position": position, "person_id": person_id, "given": author.name.given,
        "family": author.name.family, "native": author.name.native, "email": author.email, "orcid": author.orcid,
        "affiliation": author.affiliation, "organisation_id": organisation_id, "country": author.country,
        "is_corresponding": author.corresponding, "is_presenter": author.presenter, "is_contact": author.contact,
    }  # fmt: skip


def _organisations(domains: Iterable[str]) -> dict[str, int]:
    """{domain: organisation} for domains that stand for a place of work; places nobody knew are entered.

    An address is not made up for people of whom only the domain is known: they belong to its organisation.
    """
    chains = {domain: expand(domain, {}, FREE_MAIL) for domain in dict.fromkeys(domains) if domain}
    known = {
        domain: row.id
        for row in db.session.execute(select(Organisation.id, Organisation.domains))
        for domain in row.domains
    }
    wanted = sorted({part for chain in chains.values() for part in chain}, key=lambda part: part.count("."))
    for part in wanted:
        if part in known:
            continue
        above = next((known[rest] for rest in _above(part) if rest in known), None)
        made = Organisation(name=LocalizedText(part), domains=[part], parent_id=above, lookup=f"\n{folded(part)}\n")
        db.session.add(made)
        db.session.flush()
        known[part] = made.id
    return {domain: known[chain[0]] for domain, chain in chains.items() if chain}


def _above(domain: str) -> Iterable[str]:
    labels = domain.split(".")
    return (".".join(labels[start:]) for start in range(1, len(labels)))


def _insert_topics(taken: Sequence[Taken], contents: Sequence[PaperContent]) -> None:
    rows = [
        {"submission_id": row.submission_id, "topic_id": topic}
        for row, content in zip(taken, contents, strict=True)
        for topic in sorted(content.topic_ids)
    ]
    if rows:
        db.session.execute(insert(submission_topic), rows)


def _record(event: Event, taken: Sequence[Taken], *, actor: Actor, at: datetime) -> None:
    record("submission.imported", event, actor=actor, at=at, event_id=event.id, changes={}, papers=len(taken))
    rows = [
        {
            "at": at, "action": "submission.import", "object_type": "submission", "object_id": row.submission_id,
            "object_version": 1, "event_id": event.id, "actor_id": actor.person_id,
            "on_behalf_of_id": actor.on_behalf_of_id, "scope": "", "changes": {},
            "facts": {"number": row.number, "key": row.paper.key},
        }
        for row in taken
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def _notify(ids: Sequence[int], *, at: datetime) -> None:
    loading = (joinedload(Submission.event), joinedload(Submission.track))
    for paper in db.session.scalars(select(Submission).where(Submission.id.in_(ids)).options(*loading)):
        send_receipt(paper, "received", at=at)

"""What papers say and what reviewers wrote: the texts whose nearness speaks for an assignment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Person, Publication
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.reviewing.queries.scope import serving
from confsys.submissions.models import Author, Submission
from confsys.submissions.states import SubmissionState

Words = tuple[str, str]
"""(title, abstract), each in all the languages there are."""


@dataclass(frozen=True)
class Texts:
    """``papers`` by id; ``written`` by person: their publications, their submissions, the words they chose."""

    papers: Mapping[int, Words]
    written: Mapping[int, tuple[Words, ...]]


def texts(event_id: int) -> Texts:
    """Of the papers under review and of everybody who serves, in four queries."""
    query = select(Submission.id, Submission.title, Submission.abstract, Submission.keywords).where(
        Submission.event_id == event_id, Submission.state == SubmissionState.SUBMITTED
    )
    papers = {row.id: _words(row.title, row.abstract, row.keywords) for row in db.session.execute(query)}
    return Texts(papers, {person: tuple(found) for person, found in _written(event_id).items()})


def _words(title: LocalizedText, abstract: LocalizedText, keywords: Mapping[str, Any]) -> Words:
    chosen = " · ".join(word for words in keywords.values() for word in words)
    return f"{title.en}\n{title.zh}".strip(), f"{abstract.en}\n{abstract.zh}\n{chosen}".strip()


def _written(event_id: int) -> dict[int, list[Words]]:
    members = serving(event_id)
    found: dict[int, list[Words]] = defaultdict(list)
    past = select(Publication.person_id, Publication.title, Publication.abstract)
    for row in db.session.execute(past.where(Publication.person_id.in_(members)).order_by(Publication.id)):
        found[row.person_id].append((row.title, row.abstract))
    own = (
        select(Author.person_id, Submission.title, Submission.abstract, Submission.keywords)
        .join(Submission, Submission.id == Author.submission_id)
        .where(
            Author.person_id.in_(members),
            Submission.state.not_in([SubmissionState.DRAFT, SubmissionState.WITHDRAWN]),
        )
        .order_by(Submission.id)
    )
    for row in db.session.execute(own):
        found[row.person_id].append(_words(row.title, row.abstract, row.keywords))
    for person_id, words in db.session.execute(select(Person.id, Person.expertise).where(Person.id.in_(members))):
        if words:
            found[person_id].append((" · ".join(words), ""))
    return found

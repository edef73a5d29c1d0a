"""Changes of an accepted paper's title and authors: asked for with a reason, decided by the publication chair."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.events.standing import EventStanding
from confsys.publishing.mails import tell_contacts
from confsys.publishing.models import AuthorChange
from confsys.publishing.operations.camera_ready import of, settle
from confsys.publishing.queries.finals import open_change
from confsys.publishing.record import kept, read_back
from confsys.publishing.states import CHANGE_TRANSITIONS, ChangeState
from confsys.submissions.content import AuthorContent, content_of
from confsys.submissions.models import Submission
from confsys.submissions.operations import correct
from confsys.submissions.operations.writing import tidied
from confsys.submissions.states import SubmissionState


@operation
def ask(
    paper: Submission, title: LocalizedText, authors: tuple[AuthorContent, ...], reason: str, *, actor: Actor,
    at: datetime,
) -> AuthorChange:  # fmt: skip
    """Ask for another title or list of authors. Nothing changes yet."""
    lock(paper)
    if paper.state is not SubmissionState.ACCEPTED:
        raise Invalid(_l("Only the record of an accepted paper is changed this way."))
    if open_change(paper.id) is not None:
        raise Invalid(_l("A change of this paper waits for its answer already."))
    if not reason.strip():
        raise Invalid(reason=_l("Please give the reason: the chair decides by it."))
    now = content_of(paper)
    wanted = tidied(replace(now, title=title, authors=authors))
    _demand_whole(wanted.title, wanted.authors)
    before = {"title": now.title.as_dict(), "authors": [kept(line) for line in now.authors]}
    after = {"title": wanted.title.as_dict(), "authors": [kept(line) for line in wanted.authors]}
    if before == after:
        raise Invalid(_l("Nothing is different from the present record."))
    change = AuthorChange(
        submission_id=paper.id, reason=reason.strip(), before=before, after=after, asked_at=at,
        asked_by_id=actor.person_id, answer="",
    )  # fmt: skip
    db.session.add(change)
    db.session.flush()
    record("author_change.ask", change, actor=actor, at=at, changes={}, event_id=paper.event_id, number=paper.number)
    return change


def _demand_whole(title: LocalizedText, authors: tuple[AuthorContent, ...]) -> None:
    if not title:
        raise Invalid(title_en=_l("Please give the title in at least one language."))
    if not authors:
        raise Invalid(_l("A paper needs at least one author."))
    for n, line in enumerate(authors):
        if not line.name:
            raise Invalid(**{f"authors-{n}-family": _l("Please give the name.")})
        if not line.email:
            raise Invalid(**{f"authors-{n}-email": _l("Please give an address: this author has to agree too.")})
    if not any(line.contact for line in authors):
        raise Invalid(_l("At least one author must be contact of the paper."))


def _move(change: AuthorChange, to: ChangeState, answer: str, *, actor: Actor, at: datetime) -> None:
    if to not in CHANGE_TRANSITIONS.get(change.state, frozenset()):
        raise Invalid(_l("This change has been decided already."))
    change.state, change.answer, change.decided_at, change.decided_by_id = to, answer.strip(), at, actor.person_id
    paper = change.submission
    record(
        f"author_change.{to.value}", change, actor=actor, at=at, changes={}, event_id=paper.event_id,
        number=paper.number,
    )  # fmt: skip


@operation
def approve(
    change: AuthorChange, answer: str, *, standing: EventStanding, version: int, actor: Actor, at: datetime
) -> None:
    """Write the change into the record; everybody's proof is asked for anew."""
    expect_version(change, version)
    paper = change.submission
    _move(change, ChangeState.APPROVED, answer, actor=actor, at=at)
    wanted = replace(
        content_of(paper),
        title=LocalizedText.of(change.after["title"]),
        authors=tuple(read_back(line) for line in change.after["authors"]),
    )
    correct(paper, wanted, standing=standing, version=None, actor=actor, at=at)
    row = of(paper)
    row.waived, row.waived_by_id = "", None
    settle(row, paper)
    _answer(change, at=at)


@operation
def refuse(change: AuthorChange, answer: str, *, version: int, actor: Actor, at: datetime) -> None:
    """Leave the record as it is, saying why."""
    expect_version(change, version)
    if not answer.strip():
        raise Invalid(answer=_l("Please tell the authors why."))
    _move(change, ChangeState.REFUSED, answer, actor=actor, at=at)
    _answer(change, at=at)


def _answer(change: AuthorChange, *, at: datetime) -> None:
    tell_contacts(
        "publishing/mail/change_decided.txt", change.submission, key=f"author-change:{change.id}", at=at,
        approved=change.state is ChangeState.APPROVED, answer=change.answer,
    )  # fmt: skip


@operation
def withdraw(change: AuthorChange, *, actor: Actor, at: datetime) -> None:
    """The authors think better of it."""
    _move(change, ChangeState.WITHDRAWN, "", actor=actor, at=at)

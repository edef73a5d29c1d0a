"""Starting, saving, submitting and throwing away a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event, FormField
from confsys.events.standing import EventStanding
from confsys.events.states import FormKind
from confsys.submissions import rules, signals
from confsys.submissions.content import AuthorContent, PaperContent, content_of
from confsys.submissions.context import standing_to
from confsys.submissions.models import Submission
from confsys.submissions.operations.conflicts import refresh
from confsys.submissions.operations.numbers import next_numbers
from confsys.submissions.operations.receipts import send_correction, send_receipt
from confsys.submissions.operations.writing import plain_part, write
from confsys.submissions.options import SubmissionOptions
from confsys.submissions.requirements import Demands, Problem, problems
from confsys.submissions.states import FileKind, SubmissionState

S = SubmissionState


@operation
def start(event: Event, content: PaperContent, *, standing: EventStanding, actor: Actor, at: datetime) -> Submission:
    """Begin a draft. Who begins it is its first author and contact, as their profile names them."""
    demand(rules.may_start(standing))
    if not content.title:
        raise Invalid(title_en=_l("Please give the paper a title; it can be changed later."))
    paper = Submission(
        event_id=event.id, number=next_numbers(event.id)[0], state=S.DRAFT, created_at=at,
        created_by_id=actor.person_id, title=content.title, abstract=content.abstract, keywords={}, answers={},
        declared_conflicts=[],
    )  # fmt: skip
    db.session.add(paper)
    write(paper, replace(content, authors=content.authors or (_myself(actor),)), at=at)
    record("submission.start", paper, actor=actor, at=at, changes={}, number=paper.number, title=str(paper.title))
    return paper


def _myself(actor: Actor) -> AuthorContent:
    person = db.session.get_one(Person, actor.person_id)
    address = next((email.address for email in person.emails if email.is_primary), "")
    where = next((held.organisation for held in person.affiliations if held.ends_on is None), None)
    return AuthorContent(
        name=person.name, email=address, orcid=person.orcid or "", country=person.country,
        affiliation=where.name if where is not None else LocalizedText(),
        corresponding=True, presenter=True, contact=True,
    )  # fmt: skip


@operation
def save(
    paper: Submission,
    content: PaperContent,
    *,
    standing: EventStanding,
    version: int | None,
    actor: Actor,
    at: datetime,
    quiet: bool = False,
) -> tuple[str, ...]:
    """Save what a contact typed; returns the parts that changed.

    A draft takes anything. A submission must stay complete: Invalid then names what is missing and nothing is
    saved. ``quiet``: saved by itself while somebody types; leaves no line in the story.
    """
    here = standing_to(paper, standing)
    demand(rules.may_edit(here))
    expect_version(paper, version)
    before = content_of(paper)
    parts = write(paper, content, at=at)
    if parts and paper.state is not S.DRAFT:
        _still_complete(paper)
        _record_change("submission.edit", paper, before, parts, actor=actor, at=at)
    elif parts and not quiet:
        record("submission.save", paper, actor=actor, at=at, changes={}, number=paper.number, parts=list(parts))
    return parts


@operation
def correct(
    paper: Submission,
    content: PaperContent,
    *,
    standing: EventStanding,
    version: int | None,
    actor: Actor,
    at: datetime,
) -> tuple[str, ...]:
    """Put right the record of a submitted paper on its authors' behalf; they are told what changed."""
    demand(rules.may_correct(standing_to(paper, standing)))
    expect_version(paper, version)
    before = content_of(paper)
    parts = write(paper, content, at=at)
    if parts:
        _record_change("submission.correct", paper, before, parts, actor=actor, at=at)
        send_correction(paper, parts, at=at)
    return parts


def _record_change(
    action: str, paper: Submission, before: PaperContent, parts: Sequence[str], *, actor: Actor, at: datetime
) -> None:
    after = content_of(paper)
    changes = {part: [plain_part(before, part), plain_part(after, part)] for part in parts}
    record(action, paper, actor=actor, at=at, changes=changes, number=paper.number, parts=list(parts))
    if {"authors", "conflicts"} & set(parts):
        refresh(paper.event_id, papers=[paper.id], at=at)
        signals.authors_changed.send(paper, actor=actor, at=at)


def own_fields(event_id: int) -> tuple[FormField, ...]:
    """The fields an event adds to the form of its submissions, in their order."""
    own = select(FormField).where(FormField.event_id == event_id, FormField.form == FormKind.SUBMISSION)
    return tuple(db.session.scalars(own.order_by(FormField.position, FormField.id)))


def demands_of(event: Event) -> Demands:
    """What an event asks of its submissions."""
    return Demands(
        options=SubmissionOptions.of(event),
        tracks=frozenset(track.id for track in event.tracks),
        topics=frozenset(topic.id for topic in event.topics),
        fields=own_fields(event.id),
    )


def problems_of(paper: Submission) -> list[Problem]:
    """What keeps a stored paper from being complete."""
    has_file = any(row.kind is FileKind.MANUSCRIPT and not row.withdrawn for row in paper.files)
    return problems(content_of(paper), demands_of(paper.event), has_file=has_file)


def _still_complete(paper: Submission) -> None:
    found = problems_of(paper)
    if found:
        raise Invalid(**{problem.field: problem.text for problem in reversed(found)})


@operation
def submit(paper: Submission, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """Hand a complete draft in: receipts go to its contacts. Raises Invalid with everything that is missing."""
    here = standing_to(paper, standing)
    demand(rules.may_submit(here))
    if paper.state is not S.DRAFT:
        return
    _still_complete(paper)
    paper.state, paper.submitted_at = S.SUBMITTED, at
    record("submission.submit", paper, actor=actor, at=at, number=paper.number, title=str(paper.title))
    refresh(paper.event_id, papers=[paper.id], at=at)
    send_receipt(paper, "received", at=at)
    signals.submitted.send(paper, actor=actor, at=at)


@operation
def discard(paper: Submission, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    """Throw a draft away. Its number is not given again."""
    demand(rules.may_discard(standing_to(paper, standing)))
    record("submission.discard", paper, actor=actor, at=at, changes={}, number=paper.number, title=str(paper.title))
    for row in paper.files:
        db.session.delete(row)
        db.session.delete(row.file)
    db.session.delete(paper)

"""A paper as its authors see it: where it stands, what to do next, its files and its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from confsys.core.i18n import Lazy, current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.stages import Phase, Window
from confsys.core.viewer import Viewer
from confsys.events.answers import shown
from confsys.events.models import Event
from confsys.events.states import StageKind
from confsys.submissions.checking import Check
from confsys.submissions.contributions import Addition, NextThing, Part, Step, additions
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.operations.saving import own_fields
from confsys.submissions.states import FileKind, SubmissionState
from confsys.submissions.wording import FILE_WORDS
from proceedings import Severity

S = SubmissionState
_TONES = {Severity.ERROR: "wrong", Severity.WARNING: "waiting", Severity.NOTE: "done"}


@dataclass(frozen=True, slots=True)
class FileView:
    """One version of a file. ``checks`` are {state, text} as the ``file_check`` macro draws them."""

    id: int
    kind: Lazy
    number: int
    name: str
    size: int
    pages: int | None
    sha256: str
    at: datetime
    current: bool
    checks: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    steps: Sequence[Step]
    next: NextThing | None
    parts: Sequence[Part]
    files: Sequence[FileView]


def neutral_name(paper: Submission, row: PaperFile) -> str:
    """The name a file is given out under: it says nothing about who sent it."""
    suffix = {"application/pdf": ".pdf"}.get(row.file.media_type, ".docx" if "word" in row.file.media_type else "")
    stem = f"paper-{paper.number}" if row.kind is FileKind.MANUSCRIPT else f"paper-{paper.number}-{row.kind.value}"
    return f"{stem.replace('_', '-')}{suffix}"


def files_of(paper: Submission) -> list[FileView]:
    """Newest first."""
    newest: dict[FileKind, int] = {}
    for row in paper.files:
        if not row.withdrawn:
            newest[row.kind] = max(newest.get(row.kind, 0), row.number)
    return [
        FileView(
            id=row.id, kind=FILE_WORDS[row.kind], number=row.number, name=neutral_name(paper, row), size=row.file.size,
            pages=row.pages, sha256=row.file.sha256, at=row.uploaded_at, current=newest.get(row.kind) == row.number,
            checks=shown_checks([Check.of(found) for found in row.findings]),
        )
        for row in sorted(paper.files, key=lambda row: (row.kind.value, -row.number))
    ]  # fmt: skip


def shown_checks(checks: Sequence[Check]) -> list[dict[str, str]]:
    """Findings as the ``file_check`` macro draws them; a file without any says so."""
    if not checks:
        return [{"state": "done", "text": str(_l("The file opens and nothing is wrong with it."))}]
    return [{"state": _TONES[check.severity], "text": check.text} for check in checks]


def own_answers(paper: Submission) -> list[tuple[str, str]]:
    """(label, answer) to the event's own fields, in the reader's language; what was not answered is left out."""
    locale = current_locale()
    told = (
        (row.label.in_(locale), shown(row, paper.answers.get(row.key), locale)) for row in own_fields(paper.event_id)
    )
    return [(label, answer) for label, answer in told if answer]


def call_window(event: Event) -> Window:
    return next((stage.window for stage in event.stages if stage.kind is StageKind.CALL), Window())


def has_call(event: Event) -> bool:
    return any(stage.kind is StageKind.CALL for stage in event.stages)


def _open(event: Event, at: datetime) -> bool:
    return has_call(event) and call_window(event).accepts(at)


def author_records(viewer: Viewer, papers: Sequence[Submission], at: datetime) -> dict[int, AuthorRecord]:
    """Records by id; ``papers`` come with event, stages, authors and files."""
    added = additions(viewer, papers, at)
    return {paper.id: _record(paper, viewer, added[paper.id], at) for paper in papers}


def _record(paper: Submission, viewer: Viewer, added: Sequence[Addition], at: datetime) -> AuthorRecord:
    said = [step for addition in added for step in addition.steps]
    # A room that knows more of a step says it in this room's place.
    known = {step.key for step in said}
    steps = [*(step for step in _own_steps(paper, at) if step.key not in known), *said]
    things = [thing for addition in added if (thing := addition.next) is not None]
    own = _own_next(paper, viewer, at)
    things += [own] if own is not None else []
    parts = [part for addition in added for part in addition.parts]
    return AuthorRecord(
        steps=sorted(steps, key=lambda step: step.order),
        next=min(things, key=lambda thing: thing.urgent, default=None),
        parts=sorted(parts, key=lambda part: part.order),
        files=files_of(paper),
    )


def _own_steps(paper: Submission, at: datetime) -> list[Step]:
    """Draft, submitted, in review, decided: what the calendar and the released outcome say, and nothing else."""
    decided = paper.state in {S.ACCEPTED, S.REJECTED}
    if paper.state is S.WITHDRAWN:
        return [
            Step("submitted", _l("Submitted"), "done", order=20),
            Step("withdrawn", _l("Withdrawn"), "wrong", order=21),
        ]
    waiting = paper.state is S.SUBMITTED and not _open(paper.event, at)
    review = "done" if decided else "current" if waiting else "todo"
    draft, sent = (
        ("current", "todo") if paper.state is S.DRAFT else ("done", "done" if decided or waiting else "current")
    )
    outcome = {S.ACCEPTED: _l("Accepted"), S.REJECTED: _l("Not accepted")}.get(paper.state, _l("Decision"))
    return [
        Step("draft", _l("Draft"), draft, order=10),
        Step("submitted", _l("Submitted"), sent, order=20),
        Step("review", _l("In review"), review, order=30),
        Step("decision", outcome, "done" if decided else "todo", order=40),
    ]


def _own_next(paper: Submission, viewer: Viewer, at: datetime) -> NextThing | None:
    window, href = call_window(paper.event), paper_href(paper, "edit")
    contact = any(a.is_contact and a.person_id == viewer.person_id for a in paper.authors)
    if paper.state is S.DRAFT:
        if not _open(paper.event, at):
            return NextThing(_l("This draft was not submitted before the call closed."), urgent=90)
        late = window.phase(at) is Phase.GRACE
        text = _l("The deadline has passed, but this draft is still taken.") if late else _l("Finish it and submit.")
        return NextThing(text, _l("Go on writing") if contact else "", href, window.due, urgent=10)
    if paper.state is S.SUBMITTED and _open(paper.event, at):
        text = _l("Nothing to do. You can still change the paper.")
        return NextThing(text, _l("Change the paper") if contact else "", href, window.due, urgent=70)
    if paper.state is S.SUBMITTED:
        return NextThing(_l("Nothing to do. You will get mail when the decision is out."), urgent=80)
    if paper.state is S.WITHDRAWN and contact and _open(paper.event, at):
        text = _l("It can be brought back until the call closes.")
        return NextThing(text, _l("Look at the paper"), paper_href(paper), window.due, urgent=80)
    return None


def paper_href(paper: Submission, page: str = "record", **values: Any) -> str:
    """The address of an author's page of a paper."""
    return url_for(f"submissions.{page}", slug=paper.event.slug, number=paper.number, **values)

"""Accepted papers and their final versions, for the authors and for the publication chair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import folded
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.publishing.models import CameraReady
from confsys.publishing.rules import may_manage_volumes
from confsys.publishing.states import CameraReadyState
from confsys.submissions.models import Author, PaperFile, Submission
from confsys.submissions.states import SubmissionState

WORDS: dict[CameraReadyState, tuple[Lazy, str]] = {
    CameraReadyState.MISSING: (_l("missing"), "draft"),
    CameraReadyState.FAILED: (_l("needs a new file"), "wrong"),
    CameraReadyState.WAITING: (_l("to be looked at"), "waiting"),
    CameraReadyState.READY: (_l("ready to print"), "done"),
}
#: A paper without a row has sent nothing yet.
STATE: ColumnElement[Any] = func.coalesce(CameraReady.state, CameraReadyState.MISSING.value)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One accepted paper on the publication chair's board."""

    id: int
    number: int
    title: LocalizedText
    authors: str
    state: CameraReadyState
    pages: int | None
    signed: bool
    warnings: int
    uploaded_at: Any
    version: int | None

    @property
    def word(self) -> Lazy:
        return WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]


def accepted(standing: EventStanding) -> Select[Submission, CameraReady]:
    """Accepted papers of an event with their final version, for those who publish it."""
    query = (
        select(Submission, CameraReady)
        .outerjoin(CameraReady, CameraReady.submission_id == Submission.id)
        .where(Submission.event_id == standing.event_id, Submission.state == SubmissionState.ACCEPTED)
        .options(
            selectinload(Submission.authors), joinedload(CameraReady.paper_file).joinedload(PaperFile.file),
        )
    )  # fmt: skip
    return query if may_manage_volumes(standing) else query.where(Submission.id.is_(None))


def _rows(found: Sequence[Any]) -> list[BoardRow]:
    return [_row(paper, ready) for paper, ready in found]


def _row(paper: Submission, ready: CameraReady | None) -> BoardRow:
    file = ready.paper_file if ready else None
    return BoardRow(
        id=paper.id, number=paper.number, title=paper.title,
        authors=", ".join(author.name.both for author in paper.authors),
        state=ready.state if ready else CameraReadyState.MISSING, pages=file.pages if file else None,
        signed=bool(ready and ready.signed_at),
        warnings=sum(f["severity"] == "warning" for f in file.findings) if file else 0,
        uploaded_at=file.uploaded_at if file else None, version=ready.version if ready else None,
    )  # fmt: skip


def _search(query: AnySelect, text: str) -> AnySelect:
    return query.where(Submission.search_text.like(like(folded(text)), escape="\\"))


def _state_choices() -> list[tuple[str, Lazy]]:
    return [(state.value, words[0]) for state, words in WORDS.items()]


def _in_state(query: AnySelect, value: str) -> AnySelect:
    return query.where(STATE.in_([value]))


board: Listing[BoardRow] = Listing(
    name="camera-ready",
    columns=[
        Column("number", _l("No."), lambda r: r.number, Submission.number, "number"),
        Column("title", _l("Title"), lambda r: str(r.title)),
        Column("authors", _l("Authors"), lambda r: r.authors, export_only=True),
        Column("state", _l("State"), lambda r: str(r.word), STATE, "state"),
        Column("pages", _l("Pages"), lambda r: r.pages, kind="number"),
        Column("signed", _l("Signed"), lambda r: r.signed),
        Column("warnings", _l("Warnings"), lambda r: r.warnings, kind="number"),
        Column("uploaded_at", _l("Received"), lambda r: r.uploaded_at, kind="date"),
    ],
    view=_rows,
    search=_search,
    filters=[Filter("state", _l("State"), _state_choices, _in_state)],
    default_sort="number",
    tie_break=[Submission.number],
)


def counts(standing: EventStanding) -> dict[CameraReadyState, int]:
    """How many accepted papers are in which state of their final version."""
    inner = accepted(standing).with_only_columns(STATE.label("state")).subquery()
    found = db.session.execute(select(inner.c.state, func.count()).group_by(inner.c.state)).all()
    return {CameraReadyState(state): count for state, count in found}


def missing(standing: EventStanding) -> list[Submission]:
    """Papers whose contacts should be reminded, with their contacts loaded."""
    from_authors = selectinload(Submission.authors).joinedload(Author.person)
    query = accepted(standing).where(STATE.in_([CameraReadyState.MISSING, CameraReadyState.FAILED]))
    return [row[0] for row in db.session.execute(query.options(from_authors)).all()]


def of_paper(paper: Submission) -> CameraReady | None:
    query = select(CameraReady).where(CameraReady.submission_id == paper.id)
    return db.session.scalar(query.options(joinedload(CameraReady.paper_file).joinedload(PaperFile.file)))


def due_from(viewer: Viewer) -> list[tuple[Submission, CameraReadyState]]:
    """The viewer's accepted papers that still need something from them."""
    mine = select(Author.submission_id).where(Author.person_id == viewer.person_id, Author.is_contact)
    query = (
        select(Submission, STATE)
        .outerjoin(CameraReady, CameraReady.submission_id == Submission.id)
        .where(Submission.id.in_(mine), Submission.state == SubmissionState.ACCEPTED)
        .options(joinedload(Submission.event))
        .order_by(Submission.id)
    )
    return [(paper, CameraReadyState(state)) for paper, state in db.session.execute(query).all()]

"""Accepted papers and their final versions, for the authors and for the publication chair."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import folded
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.publishing.checklist import whole
from confsys.publishing.models import AuthorChange, CameraReady, Chapter, Proof
from confsys.publishing.queries.finals import STEP_WORDS
from confsys.publishing.rules import may_manage_volumes
from confsys.publishing.states import CameraReadyState, ChangeState, ChapterState, Step
from confsys.registration.models import Attendee
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries.attendees import covered_papers
from confsys.registration.states import AttendeeState
from confsys.submissions.models import Author, PaperFile, Submission
from confsys.submissions.states import SubmissionState

WORDS: dict[CameraReadyState, tuple[Lazy, str]] = {
    CameraReadyState.MISSING: (_l("missing"), "draft"),
    CameraReadyState.FAILED: (_l("needs a new file"), "wrong"),
    CameraReadyState.WAITING: (_l("under way"), "waiting"),
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
    checked: bool
    proofs: int
    people: int
    change: bool
    approved: bool
    warnings: int
    uploaded_at: Any
    version: int | None
    #: Whether one of its authors has a paid registration that covers it.
    registered: bool

    @property
    def word(self) -> Lazy:
        return WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]


#: Signatures under the record as it is now, how many are needed, and whether a change of it waits for an answer.
PROOFS = (
    select(func.count(Proof.id))
    .where(Proof.camera_ready_id == CameraReady.id, Proof.digest == CameraReady.digest)
    .correlate(CameraReady)
    .scalar_subquery()
)
PEOPLE = (
    select(func.count(Author.id)).where(Author.submission_id == Submission.id).correlate(Submission).scalar_subquery()
)
CHANGE = (
    select(AuthorChange.id)
    .where(AuthorChange.submission_id == Submission.id, AuthorChange.state == ChangeState.OPEN)
    .correlate(Submission)
    .exists()
)


#: Chapters that nobody will write are no papers on their way.
DECLINED = select(Chapter.submission_id).where(Chapter.state == ChapterState.DECLINED)


def accepted(standing: EventStanding) -> Select[Submission, CameraReady]:
    """Accepted papers of an event with their final version, for those who publish it."""
    query = (
        select(Submission, CameraReady)
        .outerjoin(CameraReady, CameraReady.submission_id == Submission.id)
        .where(
            Submission.event_id == standing.event_id, Submission.state == SubmissionState.ACCEPTED,
            Submission.id.not_in(DECLINED),
        )
        .options(
            selectinload(Submission.authors), joinedload(CameraReady.paper_file).joinedload(PaperFile.file),
        )
    )  # fmt: skip
    return query if may_manage_volumes(standing) else query.where(Submission.id.is_(None))


def on_board(standing: EventStanding) -> Select[*tuple[Any, ...]]:
    """As :func:`accepted`, with what the board counts."""
    return accepted(standing).add_columns(PROOFS, CHANGE)


def _rows(found: Sequence[Any]) -> list[BoardRow]:
    covered = covered_papers(found[0][0].event_id) if found else frozenset()
    return [_row(*row, registered=row[0].id in covered) for row in found]


def _row(paper: Submission, ready: CameraReady | None, proofs: int, change: bool, *, registered: bool) -> BoardRow:
    file = ready.paper_file if ready else None
    return BoardRow(
        id=paper.id, number=paper.number, title=paper.title,
        authors=", ".join(author.name.both for author in paper.authors),
        state=ready.state if ready else CameraReadyState.MISSING, pages=file.pages if file else None,
        signed=bool(ready and ready.signed_at), checked=bool(ready and whole(ready.checked)), proofs=proofs,
        people=len(paper.authors), change=change,
        approved=bool(ready and ready.approved_at),
        warnings=sum(f["severity"] == "warning" for f in file.findings) if file else 0,
        uploaded_at=file.uploaded_at if file else None, version=ready.version if ready else None,
        registered=registered,
    )  # fmt: skip


def _search(query: AnySelect, text: str) -> AnySelect:
    return query.where(Submission.search_text.like(like(folded(text)), escape="\\"))


def _state_choices() -> list[tuple[str, Lazy]]:
    return [(state.value, words[0]) for state, words in WORDS.items()]


def _in_state(query: AnySelect, value: str) -> AnySelect:
    return query.where(STATE.in_([value]))


#: What a paper whose file has arrived lacks, as far as the database can tell.
_LACKS: dict[Step, ColumnElement[bool]] = {
    Step.LICENCE: CameraReady.signed_at.is_(None),
    Step.PROOFS: and_(CameraReady.waived == "", PROOFS < PEOPLE),
    Step.APPROVAL: CameraReady.approved_at.is_(None),
}  # fmt: skip


def _lack_choices() -> list[tuple[str, Lazy]]:
    return [(step.value, STEP_WORDS[step]) for step in _LACKS]


def _lacking(query: AnySelect, value: str) -> AnySelect:
    wanted = [condition for step, condition in _LACKS.items() if step == value]
    return query.where(CameraReady.paper_file_id.is_not(None), *wanted) if wanted else query


def _change_choices() -> list[tuple[str, Lazy]]:
    return [("open", _l("change asked for"))]


def _with_change(query: AnySelect, value: str) -> AnySelect:
    return query.where(CHANGE) if value == "open" else query


board: Listing[BoardRow] = Listing(
    name="camera-ready",
    columns=[
        Column("number", _l("No."), lambda r: r.number, Submission.number, "number"),
        Column("title", _l("Title"), lambda r: str(r.title)),
        Column("authors", _l("Authors"), lambda r: r.authors, export_only=True),
        Column("state", _l("State"), lambda r: str(r.word), STATE, "state"),
        Column("pages", _l("Pages"), lambda r: r.pages, kind="number"),
        Column("checked", _l("Checklist"), lambda r: r.checked),
        Column("signed", _l("Licence"), lambda r: r.signed),
        Column("proofs", _l("Proofs"), lambda r: r.proofs, kind="number"),
        Column("approved", _l("Approved"), lambda r: r.approved),
        Column("warnings", _l("Warnings"), lambda r: r.warnings, kind="number"),
        Column("uploaded_at", _l("Received"), lambda r: r.uploaded_at, kind="date"),
    ],
    view=_rows,
    search=_search,
    filters=[
        Filter("state", _l("State"), _state_choices, _in_state),
        Filter("lacks", _l("Lacks"), _lack_choices, _lacking),
        Filter("change", _l("Record"), _change_choices, _with_change),
    ],
    default_sort="number",
    tie_break=[Submission.number],
)


#: Where every paper needs an author with a paid registration: who has one, and the chips to find those without.
AUTHORS = {"missing": _l("without a registered author"), "registered": _l("with a registered author")}


def _by_author(query: AnySelect, value: str) -> AnySelect:
    """Papers of which no place takes account, or some paid one does; asked in the database, like every filter."""
    covering = select(Attendee.submission_id).where(
        Attendee.state == AttendeeState.ACTIVE, Attendee.submission_id.is_not(None)
    )
    inside = Submission.id.in_(covering)
    return query.where(inside if value == "registered" else ~inside)


with_authors: Listing[BoardRow] = replace(
    board,
    columns=[*board.columns, Column("registered", _l("Registered"), lambda r: r.registered)],
    filters=[*board.filters, Filter("author", _l("Author"), lambda: list(AUTHORS.items()), _by_author)],
)


def board_for(event: Event) -> Listing[BoardRow]:
    """The board as the event's own rule wants it."""
    return with_authors if RegistrationOptions.of(event).author_must_register else board


def needs_author(event: Event, paper: Submission) -> bool:
    """Whether the rule asks for a registered author that this paper has not."""
    return RegistrationOptions.of(event).author_must_register and paper.id not in covered_papers(event.id)


def without_author(standing: EventStanding) -> int:
    inner = _by_author(accepted(standing), "missing").with_only_columns(Submission.id).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def counts(standing: EventStanding) -> dict[CameraReadyState, int]:
    """How many accepted papers are in which state of their final version."""
    inner = accepted(standing).with_only_columns(STATE.label("state")).subquery()
    found = db.session.execute(select(inner.c.state, func.count()).group_by(inner.c.state)).all()
    return {CameraReadyState(state): count for state, count in found}


def numbers(standing: EventStanding, query: str) -> list[int]:
    """The numbers of all papers that a query of the board finds."""
    narrowed = board.selected(on_board(standing), query).with_only_columns(Submission.number)
    return list(db.session.scalars(narrowed))


def chosen(standing: EventStanding, wanted: Collection[int]) -> list[tuple[Submission, CameraReady | None]]:
    """Those of the numbered papers that are not ready, with their contacts loaded."""
    from_authors = selectinload(Submission.authors).joinedload(Author.person).selectinload(Person.emails)
    query = accepted(standing).where(Submission.number.in_(wanted), STATE.not_in([CameraReadyState.READY.value]))
    found = db.session.execute(query.options(from_authors).order_by(Submission.number)).all()
    return [(paper, ready) for paper, ready in found]


@dataclass(frozen=True, slots=True)
class Due:
    """An accepted paper of the viewer that still needs something from them."""

    paper: Submission
    state: CameraReadyState
    is_contact: bool
    #: The viewer has signed the record as it is now.
    signed: bool

    @property
    def open(self) -> bool:
        if self.is_contact:
            return self.state is not CameraReadyState.READY
        return not self.signed and self.state is CameraReadyState.WAITING


def due_from(viewer: Viewer) -> list[Due]:
    """The viewer's accepted papers on their way into print; one query."""
    own = (
        select(Proof.id)
        .where(
            Proof.camera_ready_id == CameraReady.id, Proof.digest == CameraReady.digest,
            Proof.person_id == viewer.person_id,
        )
        .exists()
    )  # fmt: skip
    query = (
        select(Submission, STATE, Author.is_contact, own)
        .join(Author, Author.submission_id == Submission.id)
        .outerjoin(CameraReady, CameraReady.submission_id == Submission.id)
        .where(
            Author.person_id == viewer.person_id,
            Submission.state == SubmissionState.ACCEPTED,
            Submission.id.not_in(DECLINED),
        )
        .options(joinedload(Submission.event))
        .order_by(Submission.id)
    )
    found = db.session.execute(query).all()
    return [Due(paper, CameraReadyState(state), contact, signed) for paper, state, contact, signed in found]

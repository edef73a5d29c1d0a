"""The organisers' list of sessions with what was asked, answered and debated in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, or_, select

from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, Sortable
from confsys.core.names import folded
from confsys.exchange.models import Attendance, Floor, Question, Remark
from confsys.exchange.queries.figures import ExchangeFigures, SessionFigures
from confsys.exchange.states import PUBLIC, QuestionState


def sessions_query(event_id: int, figures: ExchangeFigures) -> Select[Any]:
    """The sessions of the released programme; what was said in one that is no longer planned stays out."""
    shown = [line.session_id for line in figures.sessions]
    return select(Floor.session_id).where(Floor.event_id == event_id, Floor.session_id.in_(shown))


def sessions(figures: ExchangeFigures) -> Listing[SessionFigures]:
    """Titles and times stand in the frozen programme, counts in the database: both can be sorted and searched."""
    lines = {line.session_id: line for line in figures.sessions}
    in_time = sorted(lines.values(), key=lambda line: (line.starts_at, line.session_id))
    place = _in_order([line.session_id for line in in_time])
    by_title = sorted(lines.values(), key=lambda line: folded(tx(line.title)))

    def view(rows: Sequence[Any]) -> list[SessionFigures]:
        return [lines[row[0]] for row in rows]

    def search(query: AnySelect, text: str) -> AnySelect:
        wanted = folded(text)
        found = [n for n, line in lines.items() if wanted in folded(f"{line.title.en} {line.title.zh} {line.code}")]
        return query.where(Floor.session_id.in_(found))

    def numbered(
        key: str, label: Any, sort: Sortable | None = None, export_only: bool = False
    ) -> Column[SessionFigures]:
        return Column(key, label, lambda line: getattr(line, key), sort, "number", export_only=export_only)

    return Listing(
        name="exchange",
        columns=(
            Column("title", _l("Session"), lambda line: tx(line.title), _in_order([s.session_id for s in by_title])),
            Column("starts_at", _l("Begins"), lambda line: line.starts_at, place, "date"),
            numbered("asked", _l("Questions"), _questions(*PUBLIC)),
            numbered("answered", _l("Answered"), _questions(QuestionState.ANSWERED)),
            numbered("voices", _l("People who spoke up")),
            numbered("votes", _l("Votes"), export_only=True),
            numbered("remarks", _l("Remarks"), _remarks()),
            numbered("polled", _l("Poll answers"), export_only=True),
            numbered("attendance", _l("Attendance"), _attendance()),
            numbered("feedback", _l("Feedback"), export_only=True),
            numbered("stars", _l("Stars")),
        ),
        view=view,
        search=search,
        filters=(
            Filter(
                "exchange", _l("Exchange"),
                lambda: [("waiting", _l("questions wait")), ("some", _l("spoken in")), ("none", _l("no exchange"))],
                _by_exchange,
            ),
        ),
        default_sort="starts_at",
        tie_break=(Floor.session_id,),
    )  # fmt: skip


def _in_order(session_ids: Sequence[int]) -> Any:
    if not session_ids:  # a CASE without branches is no SQL
        return Floor.session_id
    return case({number: place for place, number in enumerate(session_ids)}, value=Floor.session_id, else_=0)


def _questions(*states: QuestionState) -> Any:
    query = select(func.count()).select_from(Question)
    return query.where(Question.floor_id == Floor.id, Question.state.in_(states)).scalar_subquery()


def _remarks() -> Any:
    query = select(func.count()).select_from(Remark)
    return query.where(Remark.floor_id == Floor.id, Remark.hidden_at.is_(None)).scalar_subquery()


def _attendance() -> Any:
    query = select(func.count()).select_from(Attendance)
    return query.where(Attendance.floor_id == Floor.id).scalar_subquery()


def _by_exchange(query: AnySelect, value: str) -> AnySelect:
    if value == "waiting":
        return query.where(_questions(QuestionState.WAITING) > 0)
    spoken = or_(_questions(*PUBLIC) > 0, _remarks() > 0)
    return query.where(spoken if value == "some" else ~spoken)

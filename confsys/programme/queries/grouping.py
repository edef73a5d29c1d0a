"""The talks that wait, with the words that say what they are about. Two queries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.programme.arranging.grouping import Waiting
from confsys.programme.models import Session, Talk
from confsys.programme.states import SessionKind
from confsys.submissions.models import Submission


def waiting(event: Event) -> tuple[list[Waiting], dict[int, LocalizedText]]:
    """Talks without a session, and their titles."""
    rows = db.session.execute(
        select(
            Talk.id, Talk.minutes, Talk.title, Talk.abstract, Submission.title.label("paper_title"),
            Submission.abstract.label("paper_abstract"), Submission.keywords, Submission.track_id,
            Submission.presentation,
        )
        .outerjoin(Submission, Submission.id == Talk.submission_id)
        .where(Talk.event_id == event.id, Talk.session_id.is_(None))
        .order_by(Talk.id)
    ).all()  # fmt: skip
    titles = {row.id: row.paper_title or row.title for row in rows}
    return [_waiting(row, titles[row.id]) for row in rows], titles


def _waiting(row: Any, title: LocalizedText) -> Waiting:
    abstract: LocalizedText = row.paper_abstract or row.abstract
    keywords = [word for words in (row.keywords or {}).values() for word in words]
    return Waiting(
        row.id, row.minutes, row.track_id, row.presentation == SessionKind.POSTER.value,
        f"{title.en}\n{title.zh}", "\n".join([abstract.en, abstract.zh, *map(str, keywords)]),
    )  # fmt: skip


def sessions_of_tracks(event: Event) -> dict[int | None, int]:
    """How many sessions of talks each track has: the next one is called by the next letter. One query."""
    talks = (Session.event_id == event.id, Session.kind == SessionKind.ORAL)
    rows = db.session.execute(select(Session.track_id, func.count()).where(*talks).group_by(Session.track_id))
    return {row.track_id: row[1] for row in rows}

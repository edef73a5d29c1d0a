"""All talks of an event, placed or not, as a list that pages, sorts, filters and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, or_, select
from sqlalchemy.orm import aliased

from confsys.core.db import db
from confsys.core.formatting import join, moment
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import Column, Filter, Listing, like
from confsys.core.localized import NO_TEXT, LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event, Track
from confsys.programme.models import Room, Session, Talk
from confsys.programme.queries.placing import People
from confsys.programme.states import TalkState
from confsys.submissions.models import Author, Submission

TALK_WORDS = {
    TalkState.OPEN: _l("not asked yet"),
    TalkState.ASKED: _l("asked"),
    TalkState.CONFIRMED: _l("confirmed"),
    TalkState.DECLINED: _l("declined"),
}


@dataclass(frozen=True, slots=True)
class TalkRow:
    id: int
    title: LocalizedText
    people: tuple[PersonName, ...]
    number: int | None
    """of the paper; None for an invited talk"""
    minutes: int
    track: LocalizedText
    session_id: int | None
    session: LocalizedText
    room: LocalizedText
    starts_at: datetime | None
    zone: str
    state: TalkState

    @property
    def kind(self) -> Any:
        return _l("paper") if self.number is not None else _l("invited")


_paper_track = aliased(Track)


def talks_of(event: Event) -> Select[Any]:
    query: Any = (
        select(
            Talk.id, Talk.title, Talk.minutes, Submission.number, Submission.title.label("paper_title"),
            _paper_track.name.label("track"), Session.id.label("session_id"), Session.title.label("session"),
            Session.starts_at, Room.name.label("room"), Talk.state,
        )
        .select_from(Talk)
        .outerjoin(Submission, Submission.id == Talk.submission_id)
        .outerjoin(Session, Session.id == Talk.session_id)
        .outerjoin(_paper_track, _paper_track.id == Submission.track_id)
        .outerjoin(Room, Room.id == Session.room_id)
        .where(Talk.event_id == event.id)
    )  # fmt: skip
    chosen: Select[Any] = query
    return chosen


def _views(event: Event) -> Any:
    def view(rows: Sequence[Any]) -> list[TalkRow]:
        bound = People(Talk.id.in_([row.id for row in rows]))
        return [
            TalkRow(
                row.id, row.paper_title or row.title,
                tuple(bound.names[who] for who, presents in bound.parts.get(row.id, []) if presents), row.number,
                row.minutes, row.track or NO_TEXT, row.session_id, row.session or NO_TEXT, row.room or NO_TEXT,
                row.starts_at, event.zone, row.state,
            )
            for row in rows
        ]  # fmt: skip

    return view


def _search(query: Select[Any], text: str) -> Select[Any]:
    for word in text.split():
        pattern = like(word)
        by_author = select(Author.submission_id).where(
            or_(*(column.ilike(pattern, escape="\\") for column in (Author.given, Author.family, Author.native)))
        )
        query = query.where(
            or_(
                cast(Talk.title, String).ilike(pattern, escape="\\"),
                cast(Submission.title, String).ilike(pattern, escape="\\"),
                Talk.submission_id.in_(by_author),
            )
        )
    return query


def _by_place(query: Select[Any], value: str) -> Select[Any]:
    placed = Session.starts_at.is_not(None)
    return query.where(placed if value == "yes" else ~placed | Session.starts_at.is_(None))


def _by_source(query: Select[Any], value: str) -> Select[Any]:
    return query.where(Talk.submission_id.is_not(None) if value == "paper" else Talk.submission_id.is_(None))


def _by_state(query: Select[Any], value: str) -> Select[Any]:
    return query.where(Talk.state == TalkState(value))


def _by_track(query: Select[Any], value: str) -> Select[Any]:
    return query.where(_paper_track.code == value)


def _when(row: TalkRow) -> str:
    return moment(row.starts_at, zone=row.zone)


def talk_listing(event: Event) -> Listing[TalkRow]:
    """The list of one event: its tracks are among the filters."""
    locale = current_locale()
    tracks = db.session.execute(select(Track.code, Track.name).where(Track.event_id == event.id)).all()
    return Listing(
        name="talks",
        columns=(
            Column("title", _l("Title"), lambda row: row.title.in_(locale)),
            Column("people", _l("Presented by"), lambda row: join([name.both for name in row.people])),
            Column("number", _l("Paper"), lambda row: row.number, Submission.number, "number"),
            Column("track", _l("Track"), lambda row: row.track.in_(locale)),
            Column("minutes", _l("Minutes"), lambda row: row.minutes, Talk.minutes, "number"),
            Column("session", _l("Session"), lambda row: row.session.in_(locale)),
            Column("starts_at", _l("When"), _when, Session.starts_at, "date"),
            Column("room", _l("Room"), lambda row: row.room.in_(locale)),
            Column("state", _l("Presenters"), lambda row: TALK_WORDS[row.state], Talk.state, "state"),
        ),
        view=_views(event),
        search=_search,
        filters=(
            Filter("placed", _l("Place"), lambda: [("yes", _l("has a time")), ("no", _l("waits"))], _by_place),
            Filter("state", _l("Presenters"), lambda: [(s.value, TALK_WORDS[s]) for s in TalkState], _by_state),
            Filter("source", _l("Source"), lambda: [("paper", _l("papers")), ("invited", _l("invited"))], _by_source),
            Filter("track", _l("Track"), lambda: [(t.code, t.name.in_(locale)) for t in tracks], _by_track),
        ),
        default_sort="starts_at",
        tie_break=(Talk.position, Talk.id),
    )  # fmt: skip

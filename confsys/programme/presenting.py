"""Sessions as the timetable's macros draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from confsys.core.formatting import join
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.models import Event, Track
from confsys.programme import days
from confsys.programme.queries.board import LONGEST, Board, Column, Item, lanes
from confsys.programme.queries.placing import Judged, number_of
from confsys.programme.snapshots import Programme, SessionView, TrackView
from confsys.programme.states import SessionKind, Severity
from confsys.programme.wording import SESSION_KINDS, clash_sentence

TONES = 8
PEOPLE_SHOWN = 4


def tone_of(tracks: Sequence[Any]) -> dict[int, int]:
    """The colour of each track, by its place among the event's tracks."""
    return {track.id: number % TONES + 1 for number, track in enumerate(tracks)}


def legend(tracks: Sequence[Track | TrackView]) -> list[dict[str, Any]]:
    tones, locale = tone_of(tracks), current_locale()
    return [{"label": track.name.in_(locale), "tone": tones[track.id]} for track in tracks]


def some(names: Sequence[PersonName], locale: str) -> str:
    """A few names, and that there are more."""
    shown = [name.shown(locale) for name in names[:PEOPLE_SHOWN]]
    if len(names) > PEOPLE_SHOWN:
        shown.append(_("%(count)s more", count=len(names) - PEOPLE_SHOWN))
    return join(shown)


def column(room: Column) -> dict[str, Any]:
    note = _("%(seats)s seats", seats=room.capacity) if room.capacity else ""
    return {"key": str(room.id), "label": room.name.in_(current_locale()), "note": note, "lanes": room.lanes}


class Drawing:
    """How the items of one event look to one reader."""

    def __init__(self, event: Event, *, editable: bool) -> None:
        self.event, self.editable, self.locale = event, editable, current_locale()
        self._tones = tone_of(event.tracks)
        self._tracks = {track.id: track.name for track in event.tracks}

    def item(self, item: Item, judged: Judged | None = None) -> dict[str, Any]:
        """An item as the macros take it; with ``judged`` also what is wrong with it."""
        number = int(item.key[1:])
        endpoint = "timetable.session" if item.key.startswith("s") else "timetable.talk"
        track = self._tracks.get(item.track, LocalizedText()) if item.track is not None else LocalizedText()
        kind = SESSION_KINDS[item.kind] if item.kind is not None and not track else ""
        verdict = self.verdict(number_of(item.key), judged) if judged else None
        return {
            "id": item.key, "title": item.title.in_(self.locale) or str(SESSION_KINDS[item.kind or SessionKind.ORAL]),
            "room": None if item.room is None else str(item.room), "start": item.start, "minutes": item.minutes,
            "code": item.code, "track": track.in_(self.locale) or str(kind),
            "tone": self._tones.get(item.track) if item.track is not None else None,
            "href": url_for(endpoint, slug=self.event.slug, number=number), "people": some(item.people, self.locale),
            "version": item.version, "stamp": item.stamp, "lane": item.lane, "holds": item.talks,
            "locked": item.pinned or not self.editable,
            "clash": verdict["text"] if verdict else None, "mild": verdict["mild"] if verdict else False,
        }  # fmt: skip

    def verdict(self, session_id: int, judged: Judged) -> dict[str, Any] | None:
        """What is wrong with a session, in words, and whether it is only a warning."""
        found = judged.of(session_id)
        if not found:
            return None
        words = [clash_sentence(clash, judged, at=session_id) for clash in found[:2]]
        if len(found) > 2:
            words.append(_("%(count)s more", count=len(found) - 2))
        return {"text": " ".join(words), "mild": all(clash.severity is Severity.WARN for clash in found)}

    def verdicts(self, board: Board) -> dict[str, dict[str, Any] | None]:
        """For every item of a day, so that marks come and go on all that a move concerns."""
        found = {session for clash in board.judged.clashes for session in clash.sessions}
        return {
            item.key: self.verdict(number, board.judged) if (number := number_of(item.key)) in found else None
            for item in board.items
        }


@dataclass(frozen=True)
class DayGrid:
    """One released day as the timetable macro takes it; rooms with nothing in them are left out."""

    day: date
    columns: list[dict[str, Any]]
    items: list[dict[str, Any]]
    first: int
    last: int


def grid_items(programme: Programme, day: date, sessions: Sequence[SessionView]) -> DayGrid:
    locale, tones = current_locale(), tone_of(programme.tracks)
    placed = lanes([(s.id, s.room, s.starts_at, s.ends_at) for s in sessions])
    widths: dict[int, int] = {}
    for session in sessions:
        if session.room is not None:
            widths[session.room] = max(widths.get(session.room, 1), placed.get(session.id, 0) + 1)
    columns = [
        {"key": str(room.id), "label": room.name.in_(locale), "lanes": widths[room.id]}
        for room in programme.rooms
        if room.id in widths
    ]
    items = [_grid_item(programme, session, placed.get(session.id, 0), tones, locale) for session in sessions]
    starts = [item["start"] for item in items] or [9 * 60]
    ends = [item["start"] + item["minutes"] for item in items] or [18 * 60]
    first = min(starts) // 60 * 60
    return DayGrid(day, columns, items, first, min(-(-max(ends) // 60) * 60, first + LONGEST))


def _grid_item(
    programme: Programme, session: SessionView, lane: int, tones: dict[int, int], locale: str
) -> dict[str, Any]:
    track = programme.track_by_id.get(session.track) if session.track is not None else None
    people = [programme.people[p.person].name for t in session.talks for p in t.parts if p.presents]
    return {
        "id": f"s{session.id}", "title": session.title.in_(locale) or str(SESSION_KINDS[session.kind]),
        "room": None if session.room is None else str(session.room), "lane": lane,
        "start": days.minute_of(session.starts_at, programme.zone), "minutes": session.minutes, "code": session.code,
        "track": track.name.in_(locale) if track else "", "tone": tones.get(session.track) if session.track else None,
        "people": some(people, locale) if session.is_talk else " · ".join(t.title.in_(locale) for t in session.talks),
        "href": url_for("programme.session", slug=programme.slug, number=session.id),
    }  # fmt: skip

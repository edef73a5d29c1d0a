"""The released programme as a booklet: plain data for the room's typst template, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import current_app

from confsys.core.documents import set_pdf
from confsys.core.formatting import clock_time, join, moment
from confsys.core.formatting import day as day_words
from confsys.core.formatting import days as days_words
from confsys.core.i18n import force_locale, ngettext
from confsys.core.i18n import gettext as _
from confsys.programme.filters import plain
from confsys.programme.presenting import tone_of
from confsys.programme.snapshots import Programme, SessionView, TalkView
from confsys.programme.states import SessionKind
from confsys.programme.wording import DUTY_ROLES, SESSION_KINDS

#: Rooms that stand beside each other at a glance.
ROOMS_ABREAST = 5
_SLIM = frozenset({SessionKind.BREAK, SessionKind.SOCIAL})


def booklet_pdf(programme: Programme, locale: str, *, abstracts: bool) -> bytes:
    """The booklet as a PDF; the same programme gives the same bytes."""
    with force_locale(locale):
        return set_pdf("programme/documents/booklet.typ", _Booklet(programme, locale, abstracts=abstracts).data())


class _Booklet:
    def __init__(self, programme: Programme, locale: str, *, abstracts: bool) -> None:
        self.programme, self.locale, self.abstracts = programme, locale, abstracts
        self._tones = tone_of(programme.tracks)

    def data(self) -> dict[str, Any]:
        programme, settings = self.programme, current_app.extensions["settings"]
        base = settings.base_url.rstrip("/")
        other = programme.name.zh if self.locale == "en" else programme.name.en
        title, at = programme.name.in_(self.locale), moment(programme.at, zone=programme.zone)
        return {
            "lang": self.locale, "title": title, "other_title": "" if other == title else other,
            "short": programme.acronym or title,
            "issuer": settings.society_zh if self.locale == "zh" else settings.society_en,
            "dates": days_words(programme.starts_on, programme.ends_on), "place": programme.place.in_(self.locale),
            "version": _("Version %(number)s of %(at)s", number=programme.number, at=at),
            "address": f"{base}/events/{programme.slug}/programme",
            "words": {"contents": _("Contents"), "rooms": _("Rooms"), "people": _("People")},
            "days": [self._day(each) for each in programme.days],
            "rooms": [self._room(room) for room in programme.rooms], "people": list(self._people()),
        }  # fmt: skip

    def _day(self, day: date) -> dict[str, Any]:
        held = self.programme.on(day)
        return {
            "title": day_words(day, weekday=True), "glance": list(self._glance(held)),
            "sessions": [self._session(session) for session in held],
        }  # fmt: skip

    def _glance(self, held: Sequence[SessionView]) -> Iterator[dict[str, Any]]:
        """The day at a glance, a few rooms a table; a day in one room needs none."""
        used = {session.room for session in held if session.room is not None}
        rooms = [room for room in self.programme.rooms if room.id in used]
        if len(rooms) < 2:
            return
        for first in range(0, len(rooms), ROOMS_ABREAST):
            shown = rooms[first : first + ROOMS_ABREAST]
            rows = [self._row(time, held, [room.id for room in shown]) for time in self._times(held)]
            yield {
                "rooms": [room.name.in_(self.locale) for room in shown],
                "rows": [row for row in rows if row["all"] is not None or any(row["cells"])],
            }

    def _times(self, held: Sequence[SessionView]) -> list[str]:
        return list(dict.fromkeys(self._clock(session.starts_at) for session in held))

    def _row(self, time: str, held: Sequence[SessionView], rooms: list[int]) -> dict[str, Any]:
        now = [session for session in held if self._clock(session.starts_at) == time]
        everywhere = [self._title(session) for session in now if session.room is None]
        return {
            "time": time, "all": join(everywhere) if everywhere else None,
            "cells": [self._cell([session for session in now if session.room == room]) for room in rooms],
        }  # fmt: skip

    def _cell(self, here: list[SessionView]) -> dict[str, Any] | None:
        if not here:
            return None
        first = here[0]
        return {
            "code": first.code, "title": join([self._title(session) for session in here]), "tone": self._tone(first)
        }  # fmt: skip

    def _session(self, session: SessionView) -> dict[str, Any]:
        programme = self.programme
        alone = session.talks[0] if session.is_talk else None
        people = self._names(alone) if alone else self._duties(session)
        track = programme.track_by_id.get(session.track) if session.track is not None else None
        room = programme.room_name(session).in_(self.locale)
        return {
            "mark": _mark(session, None), "slim": session.kind in _SLIM and not session.talks,
            "time": f"{self._clock(session.starts_at)}–{self._clock(session.ends_at)}",
            "code": session.code, "title": self._title(session), "room": room, "tone": self._tone(session),
            "track": track.name.in_(self.locale) if track else "", "people": people,
            "about": self._text(alone.abstract.in_(self.locale) if alone and self.abstracts else "")
            or self._text(session.description.in_(self.locale)),
            "talks": [] if alone else [self._talk(session, talk) for talk in session.talks],
        }  # fmt: skip

    def _talk(self, session: SessionView, talk: TalkView) -> dict[str, Any]:
        side_by_side = session.kind is SessionKind.POSTER
        return {
            "mark": _mark(session, talk), "time": "" if side_by_side else self._clock(talk.starts_at),
            "title": talk.title.in_(self.locale), "people": self._names(talk),
            "abstract": self._text(talk.abstract.in_(self.locale)) if self.abstracts else "",
        }  # fmt: skip

    def _room(self, room: Any) -> dict[str, str]:
        seats = ngettext("%(num)s seat", "%(num)s seats", room.capacity) if room.capacity else ""
        return {"name": room.name.in_(self.locale), "seats": seats, "about": room.description.in_(self.locale)}

    def _people(self) -> Iterator[dict[str, Any]]:
        """Everybody, by family name, with the marks of where they are named."""
        people = sorted(self.programme.people.values(), key=lambda person: person.name.sort_key)
        for person in people:
            held = self.programme.engagements.get(person.key, [])
            marks = [_mark(session, None if session.is_talk else talk) for session, talk in held]
            if marks:
                yield {
                    "name": person.name.both, "from": person.affiliation.in_(self.locale),
                    "marks": list(dict.fromkeys(marks)),
                }  # fmt: skip

    def _duties(self, session: SessionView) -> str:
        by_role: dict[str, list[str]] = {}
        for duty in session.duties:
            by_role.setdefault(str(DUTY_ROLES[duty.role]), []).append(self._name(duty.person))
        return " · ".join(f"{role} {join(names)}" for role, names in by_role.items())

    def _names(self, talk: TalkView) -> str:
        return join([self._name(part.person) for part in talk.parts])

    def _name(self, key: str) -> str:
        return self.programme.people[key].name.shown(self.locale)

    def _title(self, session: SessionView) -> str:
        return session.title.in_(self.locale) or str(SESSION_KINDS[session.kind])

    def _tone(self, session: SessionView) -> int | None:
        return self._tones.get(session.track) if session.track is not None else None

    def _text(self, text: str) -> str:
        return plain(text) if text else ""

    def _clock(self, at: Any) -> str:
        return clock_time(at, zone=self.programme.zone)


def _mark(session: SessionView, talk: TalkView | None) -> str:
    """What the index finds a page by."""
    return f"t{talk.id}" if talk else f"s{session.id}"

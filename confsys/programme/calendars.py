"""The released programme as calendars: whole, of a room, a track, a person, or of chosen items."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from confsys.core import ics
from confsys.core.formatting import join
from confsys.core.i18n import gettext as _
from confsys.core.localized import LocalizedText
from confsys.programme.snapshots import Gone, Programme, SessionView, TalkView
from confsys.programme.states import SessionKind

#: (what: "session" or "talk", id) -> its public page
Address = Callable[[str, int], str]


class Feed:
    """How one programme is written into calendars for one reader."""

    def __init__(self, programme: Programme, *, locale: str, host: str, page_of: Address, source: str) -> None:
        self.programme, self.locale, self.host = programme, locale, host
        self._page_of, self._source = page_of, source

    def whole(self) -> ics.Calendar:
        """A session is one entry, its talks in the description; what is gone says that it is cancelled."""
        entries = [self._session(session) for session in self.programme.sessions]
        return self._calendar(self._name(), entries, lambda gone: not gone.inside)

    def room(self, number: int) -> ics.Calendar:
        room = self.programme.room_by_id[number].name.in_(self.locale)
        held = [s for s in self.programme.sessions if s.room in (number, None)]
        return self._calendar(
            f"{self._name()} · {room}", [self._session(s) for s in held],
            lambda gone: gone.room == number and not gone.inside,
        )  # fmt: skip

    def track(self, number: int) -> ics.Calendar:
        track = self.programme.track_by_id[number].name.in_(self.locale)
        held = [self._session(s) for s in self.programme.sessions if s.track == number]
        return self._calendar(f"{self._name()} · {track}", held, lambda _gone: False)

    def person(self, key: str) -> ics.Calendar:
        """Their own talks at the minute they are given, and the sessions they chair or sit in."""
        name = self.programme.people[key].name.shown(self.locale)
        held = self.programme.engagements.get(key, [])
        entries = [self._talk(session, talk) if talk else self._session(session) for session, talk in held]
        return self._calendar(f"{self._name()} · {name}", entries, lambda gone: key in gone.people)

    def chosen(self, guids: frozenset[str]) -> ics.Calendar:
        """The items somebody has starred."""
        entries: list[ics.Entry] = []
        for session in self.programme.sessions:
            if session.guid in guids:
                entries.append(self._session(session))
            entries += [self._talk(session, talk) for talk in session.talks if talk.guid in guids]
        what = _("my choice")
        return self._calendar(f"{self._name()} · {what}", entries, lambda gone: gone.guid in guids)

    def own(self, guids: frozenset[str], key: str) -> ics.Calendar:
        """What somebody has starred, and what they themselves do on the programme."""
        held = self.programme.engagements.get(key, [])
        entries = [self._talk(session, talk) if talk else self._session(session) for session, talk in held]
        known = {entry.uid for entry in entries}
        starred = self.chosen(guids)
        more = [entry for entry in starred.entries if entry.uid not in known]
        gone = [self._gone(item) for item in self.programme.gone if key in item.people and item.guid not in guids]
        what = _("my programme")
        name = f"{self._name()} · {what}"
        return ics.Calendar(name, self.programme.zone, [*entries, *more, *gone], source=self._source)

    def _name(self) -> str:
        return self.programme.acronym or self.programme.name.in_(self.locale)

    def _calendar(self, name: str, entries: list[ics.Entry], still_told: Callable[[Gone], bool]) -> ics.Calendar:
        gone = [self._gone(item) for item in self.programme.gone if still_told(item)]
        return ics.Calendar(name, self.programme.zone, [*entries, *gone], source=self._source)

    def _uid(self, guid: str) -> str:
        return f"{guid}.{self.programme.event_id}@{self.host}"

    def _session(self, session: SessionView) -> ics.Entry:
        if session.is_talk:
            return self._talk(session, session.talks[0])
        return ics.Entry(
            uid=self._uid(session.guid), starts_at=session.starts_at, ends_at=session.ends_at,
            summary=self._summary(session.code, session.title),
            changed_at=session.changed_at or self.programme.at, sequence=session.sequence,
            description="\n".join(self._contents(session)), location=self._location(session),
            url=self._page_of("session", session.id), categories=self._categories(session),
            transparent=session.kind is SessionKind.BREAK,
        )  # fmt: skip

    def _talk(self, session: SessionView, talk: TalkView) -> ics.Entry:
        people = [self.programme.people[part.person].name.shown(self.locale) for part in talk.parts]
        above = [session.own_title.in_(self.locale)] if session.own_title else []
        return ics.Entry(
            uid=self._uid(talk.guid), starts_at=talk.starts_at, ends_at=talk.ends_at,
            summary=self._summary("", talk.title), changed_at=talk.changed_at or self.programme.at,
            sequence=talk.sequence, description="\n".join([*above, join(people)]).strip(),
            location=self._location(session), url=self._page_of("talk", talk.id), categories=self._categories(session),
        )  # fmt: skip

    def _gone(self, gone: Gone) -> ics.Entry:
        return ics.Entry(
            uid=self._uid(gone.guid), starts_at=gone.starts_at, ends_at=gone.ends_at,
            summary=self._summary("", gone.title), changed_at=gone.at, sequence=gone.sequence, cancelled=True,
        )  # fmt: skip

    def _summary(self, code: str, title: LocalizedText) -> str:
        return " ".join(part for part in (code, title.in_(self.locale)) if part)

    def _contents(self, session: SessionView) -> Iterator[str]:
        if session.description:
            yield session.description.in_(self.locale)
        chairs = [self.programme.people[duty.person].name.shown(self.locale) for duty in session.duties]
        if chairs:
            yield _("With: %(names)s", names=join(chairs))
        for talk in session.talks:
            presenting = [
                self.programme.people[part.person].name.shown(self.locale) for part in talk.parts if part.presents
            ]
            line = talk.title.in_(self.locale)
            yield f"{line} ({join(presenting)})" if presenting else line

    def _location(self, session: SessionView) -> str:
        room = self.programme.room_name(session).in_(self.locale)
        return ", ".join(part for part in (room, self.programme.place.in_(self.locale)) if part)

    def _categories(self, session: SessionView) -> tuple[str, ...]:
        track = self.programme.track_by_id.get(session.track) if session.track is not None else None
        return (track.name.in_(self.locale),) if track else ()

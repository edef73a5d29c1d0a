"""Finding something in a released programme, in both languages at once, and what runs now."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from confsys.core.names import folded
from confsys.programme.snapshots import PersonView, Programme, SessionView, TalkView

Hit = tuple[SessionView, TalkView | None]
_KEPT = 8
_indexes: OrderedDict[str, list[tuple[Hit, str]]] = OrderedDict()
_lock = threading.Lock()


def search(programme: Programme, token: str, text: str) -> list[Hit]:
    """Sessions and talks in which every word occurs: in a title or abstract of either language, in a name as it is
    written or in Latin letters, in the track, the room or the code. ``token`` names the release to the memory.
    """
    words = folded(text).split()
    if not words:
        return []
    return [hit for hit, haystack in _index(programme, token) if all(word in haystack for word in words)]


def _index(programme: Programme, token: str) -> list[tuple[Hit, str]]:
    with _lock:
        if token in _indexes:
            _indexes.move_to_end(token)
            return _indexes[token]
    made = list(_haystacks(programme))
    with _lock:
        _indexes[token] = made
        while len(_indexes) > _KEPT:
            _indexes.popitem(last=False)
    return made


def _haystacks(programme: Programme) -> list[tuple[Hit, str]]:
    names = {key: _names(person) for key, person in programme.people.items()}
    found: list[tuple[Hit, str]] = []
    for session in programme.sessions:
        room = programme.room_name(session)
        track = programme.track_by_id.get(session.track) if session.track is not None else None
        around = [session.code, room.en, room.zh, *((track.name.en, track.name.zh) if track else ())]
        if not session.is_talk:
            own = [session.own_title.en, session.own_title.zh, session.description.en, session.description.zh]
            chairs = [names[duty.person] for duty in session.duties]
            found.append(((session, None), folded(" ".join([*own, *chairs, *around]))))
        for talk in session.talks:
            words = [talk.title.en, talk.title.zh, talk.abstract.en, talk.abstract.zh]
            people = [names[part.person] for part in talk.parts]
            found.append(((session, talk), folded(" ".join([*words, *people, *around]))))
    return found


def _names(person: PersonView) -> str:
    """As written, in Latin letters, and in pinyin: 张伟, Wei Zhang, zhang wei."""
    return " ".join(
        [person.name.both, person.name.sort_key.replace("\x1f", " "), str(person.affiliation.en), person.affiliation.zh]
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """What runs, and what comes next in each room within the next hours."""

    now: Sequence[SessionView]
    next: Sequence[SessionView]


def at(programme: Programme, moment: datetime, within: timedelta = timedelta(hours=12)) -> Moment:
    now = [s for s in programme.sessions if s.starts_at <= moment < s.ends_at]
    ahead: dict[int | None, SessionView] = {}
    for session in programme.sessions:
        if moment < session.starts_at <= moment + within:
            ahead.setdefault(session.room, session)
    return Moment(now, sorted(ahead.values(), key=lambda s: s.starts_at))


def talk_now(session: SessionView, moment: datetime) -> TalkView | None:
    """Which of its talks is being given."""
    return next((talk for talk in session.talks if talk.starts_at <= moment < talk.ends_at), None)

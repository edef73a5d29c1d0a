"""Which mentor suits which young author: by the words both use for what they work on. Plain data in and out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from confsys.core.names import folded


@dataclass(frozen=True, slots=True)
class Young:
    id: int
    person_id: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentor:
    """``room``: how many more the mentor would take."""

    id: int
    person_id: int
    words: tuple[str, ...]
    room: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    young_id: int
    mentor_id: int
    #: The words both use; none: only that there is room.
    shared: tuple[str, ...]


def _known(words: Collection[str]) -> dict[str, str]:
    """Folded -> as written: phrases, and the words of which they are made."""
    found: dict[str, str] = {}
    for phrase in words:
        for piece in (phrase, *phrase.split()):
            key = folded(piece.strip())
            if len(key) > 1:
                found.setdefault(key, piece.strip())
    return found


def _shared(own: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """What both use; a word that stands in a shared phrase is not said again."""
    both = [key for key in own if key in other]
    return tuple(own[key] for key in both if not any(key != one and key in one.split() for one in both))


def suggestions(
    young: Sequence[Young], mentors: Sequence[Mentor], apart: Collection[tuple[int, int]], most: int = 3
) -> list[Suggestion]:
    """For each young author the mentors with the most in common, at most so many; never oneself, never a pair that is
    to stay ``apart`` (mentor's person, author's person): co-authors and advisors mentor each other anyway."""
    known = {mentor.id: _known(mentor.words) for mentor in mentors}
    made = []
    for author in young:
        own = _known(author.words)
        able = [
            Suggestion(author.id, mentor.id, _shared(own, known[mentor.id]))
            for mentor in mentors
            if mentor.room > 0
            and mentor.person_id != author.person_id
            and (mentor.person_id, author.person_id) not in apart
        ]
        room = {mentor.id: mentor.room for mentor in mentors}
        able.sort(key=lambda one: (-len(one.shared), -room[one.mentor_id], one.mentor_id))
        made.extend(able[:most])
    return made

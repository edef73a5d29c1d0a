"""Which speaker fits a request, and why. Pure: plain data in, plain data out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from confsys.core.names import folded

_WORD = re.compile(r"[a-z0-9]{3,}|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wish:
    topic: str
    city: str
    online_is_fine: bool
    group: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Offerer:
    """A speaker as the matcher sees them; ``busy`` are days already given away, ``this_year`` talks already agreed."""

    id: int
    topics: Sequence[str]
    cities: Sequence[str]
    online: bool
    groups: Sequence[str]
    weekdays: Sequence[int]
    available_from: date | None
    available_until: date | None
    per_year: int
    busy: frozenset[date] = frozenset()
    this_year: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """``why``: (kind, value) in the order they weigh; ``day``: the first day that suits both."""

    id: int
    score: int
    day: date
    why: tuple[tuple[str, str], ...]


def matches(wish: Wish, speakers: Sequence[Offerer]) -> list[Match]:
    """Speakers who could do it, best first; of equals the one with fewer talks this year."""
    load = {speaker.id: speaker.this_year for speaker in speakers}
    found = [match for speaker in speakers if (match := _match(wish, speaker))]
    return sorted(found, key=lambda match: (-match.score, load[match.id], match.id))


def _match(wish: Wish, speaker: Offerer) -> Match | None:
    topic = _best_topic(wish.topic, speaker.topics)
    here = any(folded(city) == folded(wish.city) for city in speaker.cities)
    remote = wish.online_is_fine and speaker.online
    day = _first_day(wish, speaker)
    if not topic or day is None or not (here or remote) or speaker.this_year >= speaker.per_year:
        return None
    why = [("topic", topic[1]), ("city", wish.city) if here else ("online", ""), ("day", day.isoformat())]
    score = 10 * topic[0] + (5 if here else 2)
    if wish.group in speaker.groups:
        why.append(("group", wish.group))
        score += 3
    return Match(speaker.id, score, day, tuple(why))


def _words(text: str) -> frozenset[str]:
    """Latin words, and pairs of Han characters (one alone says too little)."""
    units = _WORD.findall(folded(text))
    han = [unit for unit in units if not unit.isascii()]
    pairs = {a + b for a, b in itertools.pairwise(han)}
    return frozenset({unit for unit in units if unit.isascii()} | pairs)


def _best_topic(wanted: str, topics: Sequence[str]) -> tuple[int, str] | None:
    words = _words(wanted)
    scored = [(len(words & _words(topic)), topic) for topic in topics]
    best = max(scored, key=lambda pair: pair[0], default=(0, ""))
    return best if best[0] else None


def _first_day(wish: Wish, speaker: Offerer) -> date | None:
    first = max(wish.first_day, speaker.available_from or wish.first_day)
    last = min(wish.last_day, speaker.available_until or wish.last_day)
    for offset in range(min((last - first).days, 366) + 1):
        day = first + timedelta(days=offset)
        if day not in speaker.busy and (not speaker.weekdays or day.isoweekday() in speaker.weekdays):
            return day
    return None

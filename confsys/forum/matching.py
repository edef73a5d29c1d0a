"""Which expert fits a need, and why. Plain data in, plain data out; the words are found as for papers and reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from confsys.core.names import folded


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need as the matcher sees it: never the confidential part."""

    title: str
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class Helper:
    """``fields``: what they offer; ``known``: more that they know; ``busy``: matches they are at work on."""

    id: int
    fields: Sequence[str]
    known: Sequence[str]
    busy: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """``why``: (kind, value) in the order they weigh: field, title, problem, known, free."""

    id: int
    score: int
    why: tuple[tuple[str, str], ...]


def ranked(wanted: Wanted, helpers: Sequence[Helper]) -> list[Fit]:
    """Experts who could help, best first; of equals the one with less on their hands."""
    busy = {helper.id: helper.busy for helper in helpers}
    found = [fit for helper in helpers if (fit := _fit(wanted, helper))]
    return sorted(found, key=lambda fit: (-fit.score, busy[fit.id], fit.id))


def _fit(wanted: Wanted, helper: Helper) -> Fit | None:
    field, title, problem = (_words(text) for text in (wanted.field, wanted.title, wanted.problem))
    why: list[tuple[str, str]] = []
    score = 0
    for kind, weight, words in (("field", 10, field), ("title", 6, title), ("problem", 2, problem)):
        offer, common = _best(words, helper.fields)
        if common and not any(value == offer for _kind, value in why):
            why.append((kind, offer))
            score += weight * common
    knows, common = _best(field | title, helper.known)
    if common and not any(folded(value) == folded(knows) for _kind, value in why):
        why.append(("known", knows))
        score += 3 * common
    if not why:
        return None
    if not helper.busy:
        why.append(("free", ""))
    return Fit(helper.id, score, tuple(why))


def _best(words: frozenset[str], offers: Sequence[str]) -> tuple[str, int]:
    """The offer that shares most words, and how many; the first of equals."""
    counted = [(offer, len(words & _words(offer))) for offer in offers]
    return max(counted, key=lambda pair: pair[1], default=("", 0))


def _words(text: str) -> frozenset[str]:
    # The engine's package loads NumPy and OR-Tools: only who asks for experts pays for it.
    from reviewers.affinity.text import words  # noqa: PLC0415

    return frozenset(words(text))

"""Group 8: the list of references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from proceedings.findings import Finding, found, page_list
from proceedings.inspection import Report
from proceedings.inspection.running import text_without_running
from proceedings.references.extract import Reference, References, extract
from proceedings.references.lint import lint
from proceedings.text import fold, has_han
from proceedings.volume.model import Paper, Profile

_SAME, _RELATED = 96, 60  # of 100
_MOST = 5  # entries whose style is complained about


def check(paper: Paper, printed: Report, profile: Profile) -> Iterator[Finding]:
    """Numbering, citation, doubles, DOIs, retractions, and for Chinese lists the style of GB/T 7714."""
    listed = extract(text_without_running(printed))
    if paper.references:
        given = tuple(Reference(number, text) for number, text in enumerate(paper.references, 1))
        listed = References(True, given, listed.cited)
    if not listed.found:
        if len(printed.pages) > 3:
            yield found("references-none")
        return
    yield from _numbering(listed)
    yield from _doubles(listed.entries)
    without = sum(not entry.doi and "http" not in entry.text for entry in listed.entries)
    if listed.entries and without > len(listed.entries) // 2:
        yield found("references-no-doi", without=without, count=len(listed.entries))
    retracted = {doi.casefold() for doi in profile.retracted}
    for place, entry in enumerate(listed.entries, 1):
        if entry.doi.casefold() in retracted:
            yield found("references-retracted", number=entry.number or place, doi=entry.doi)
    yield from _style(listed.entries, profile)


def _numbering(listed: References) -> Iterator[Finding]:
    numbers = [entry.number for entry in listed.entries if entry.number]
    for before, after in pairwise(numbers):
        if after != before + 1:
            yield found("references-numbering", before=before, found=after)
            return
    if not numbers or not listed.cited:
        return
    beyond = {number for number in listed.cited if number > numbers[-1]}
    # Square brackets also hold years and intervals: only numbers near the list's end are citations gone
    # astray.
    near = {number for number in beyond if number <= numbers[-1] + 20}
    if near:
        yield found("references-not-listed", numbers=page_list(near), last=numbers[-1])
    idle = set(numbers) - listed.cited
    if idle and len(idle) <= len(numbers) // 2:
        yield found("references-not-cited", numbers=page_list(idle))


def _doubles(entries: Sequence[Reference]) -> Iterator[Finding]:
    dois: dict[str, tuple[int, str]] = {}
    texts: list[tuple[int, str]] = []
    for place, entry in enumerate(entries, 1):
        number, text, doi = entry.number or place, fold(entry.text), entry.doi.casefold()
        # A DOI broken at a line's end may look like another's: a short one proves nothing.
        first, other = dois.get(doi, (0, "")) if len(doi.partition("/")[2]) > 5 else (0, "")
        if first:
            same = fuzz.ratio(text, other) >= _RELATED
            yield found("references-duplicate" if same else "references-same-doi", first=first, second=number)
        elif len(text) > 40:
            twin = next((n for n, one in texts if abs(len(one) - len(text)) < 20 and _alike(one, text)), None)
            if twin is not None:
                yield found("references-duplicate", first=twin, second=number)
        dois.setdefault(doi, (number, text))
        texts.append((number, text))


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=_SAME) > 0


def _style(entries: Sequence[Reference], profile: Profile) -> Iterator[Finding]:
    """Only a list that is meant to follow GB/T 7714 is held to it.

    One with Chinese entries or with its type codes.
    """
    if not entries or sum(has_han(entry.text) or "[J]" in entry.text for entry in entries) < len(entries) / 3:
        return
    complaints = 0
    for place, entry in enumerate(entries, 1):
        for english, chinese in lint(entry.text, profile.gbt):
            if complaints < _MOST:
                yield found("references-gbt", number=entry.number or place, problem=english, problem_zh=chinese)
            complaints += 1

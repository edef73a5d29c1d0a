"""Group 11: the same file, the same record or the same words twice in a volume."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from proceedings.findings import Finding, found
from proceedings.inspection import Report
from proceedings.text import fold
from proceedings.volume.model import Paper

_SHINGLE = 40  # letters: longer than any phrase that papers share by chance
_SAMPLE = 16  # one shingle in so many is kept, chosen by its own value, so that equal texts keep equal ones
_PRIME = np.uint64(1099511628211)
_SHARE = 20  # per cent of a paper's text
_COMMON = 4  # papers that may share a shingle before it counts as a template's
_LEAST = 20  # shingles: shorter texts prove nothing


def duplicates(papers: Mapping[str, tuple[Paper, Report | None]]) -> Iterator[Finding]:
    """Findings, each about the later paper of a pair; ``papers`` by id, in the volume's order."""
    files: dict[str, str] = {}
    records: dict[tuple[str, ...], str] = {}
    prints: dict[str, set[int]] = {}
    for id_, (paper, report) in papers.items():
        record = (fold(paper.title.pick()), *sorted(fold(person.both()) for person in paper.authors))
        if report is not None and report.sha256 in files:
            yield found("same-file", other=files[report.sha256]).about(id_)
            continue
        if record in records:
            yield found("same-title", other=records[record]).about(id_)
        records.setdefault(record, id_)
        if report is not None:
            files[report.sha256] = id_
            prints[id_] = fingerprints(report.full_text)
    yield from _near(prints)


def _near(papers: Mapping[str, set[int]]) -> Iterator[Finding]:
    """The nearest earlier paper of each.

    Words that stand in many papers are a template's and prove nothing.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    for id_, own in papers.items():
        for value in own:
            holders[value].append(id_)
    for id_, own in papers.items():
        telling = [value for value in own if len(holders[value]) <= _COMMON]
        if len(telling) < _LEAST:
            continue
        shared = Counter(other for value in telling for other in holders[value][: holders[value].index(id_)])
        for other, count in shared.most_common(1):
            percent = round(100 * count / len(own))
            if percent >= _SHARE:
                yield found("near-text", other=other, percent=percent).about(id_)


def fingerprints(text: str) -> set[int]:
    """A sample of the text's shingles as numbers.

    The same words give the same numbers wherever they stand.
    """
    letters = np.frombuffer(re.sub(r"[\W\d_]+", "", text.casefold()).encode(), dtype=np.uint8).astype(np.uint64)
    if len(letters) <= _SHINGLE:
        return set()
    values = np.zeros(len(letters) - _SHINGLE + 1, dtype=np.uint64)
    for offset in range(_SHINGLE):
        values = values * _PRIME + letters[offset : offset + len(values)]
    # A polynomial's low bits are poor: mix them before the sample is drawn by value.
    values ^= values >> np.uint64(29)
    return {int(value) for value in values[values % np.uint64(_SAMPLE) == 0]}

"""Group 11: the same file, the same record or the same words twice in a volume."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from proceedings.findings import Finding, found
from proceedings.inspection import Report
from proceedings.text import fold
from proceedings.volume.model import Paper

Numbers = NDArray[np.uint64]
_SHINGLE = 32 + 8  # letters: longer than any phrase that papers share by chance
_SAMPLE = 16  # one shingle in so many is kept, chosen by its own value, so that equal texts keep equal ones
_PRIME = 1099511628211
_SHARE = 20  # per cent of a paper's text
_COMMON = 4  # papers that may share a shingle before it counts as a template's
_LEAST = 20  # shingles: shorter texts prove nothing


@dataclass(frozen=True)
class Traces:
    """What tells one paper from another: its file's digest and a sample of its words."""

    digest: str
    words: Numbers

    @classmethod
    def of(cls, report: Report) -> Traces:
        """Of a paper that was read."""
        return cls(report.sha256, fingerprints(report.full_text))


def duplicates(papers: Mapping[str, tuple[Paper, Traces | None]]) -> Iterator[Finding]:
    """Findings, each about the later paper of a pair; ``papers`` by id, in the volume's order."""
    files: dict[str, str] = {}
    records: dict[tuple[str, ...], str] = {}
    prints: dict[str, Numbers] = {}
    for id_, (paper, traces) in papers.items():
        record = (fold(paper.title.pick()), *sorted(fold(person.both()) for person in paper.authors))
        if traces is not None and traces.digest in files:
            yield found("same-file", other=files[traces.digest]).about(id_)
            continue
        if record in records:
            yield found("same-title", other=records[record]).about(id_)
        records.setdefault(record, id_)
        if traces is not None:
            files[traces.digest] = id_
            prints[id_] = traces.words
    yield from _near(prints)


def _near(papers: Mapping[str, Numbers]) -> Iterator[Finding]:
    """The nearest earlier paper of each.

    Words that stand in many papers are a template's and prove nothing.
    """
    if not papers:
        return
    places = list(papers)
    values = np.concatenate(list(papers.values()))
    holders = np.repeat(np.arange(len(places)), [len(own) for own in papers.values()])
    order = np.lexsort((holders, values))
    values, holders = values[order], holders[order]
    starts = np.flatnonzero(np.diff(values, prepend=~values[:1]))
    sizes = np.diff(starts, append=len(values))
    rare = np.repeat(sizes <= _COMMON, sizes)
    telling = np.bincount(holders[rare], minlength=len(places))
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for start, size in zip(starts, sizes, strict=True):
        if 1 < size <= _COMMON:
            held = holders[start : start + size].tolist()
            for number, place in enumerate(held[1:], 1):
                shared[place].update(held[:number])
    for place, others in sorted(shared.items()):
        other, count = others.most_common(1)[0]
        percent = round(100 * count / len(papers[places[place]]))
        if telling[place] >= _LEAST and percent >= _SHARE:
            yield found("near-text", other=places[other], percent=percent).about(places[place])


def fingerprints(text: str) -> Numbers:
    """A sample of the text's shingles as numbers.

    The same words give the same numbers wherever they stand.
    """
    letters = np.frombuffer(_letters(text), dtype=np.uint8).astype(np.uint64)
    if len(letters) <= _SHINGLE:
        return np.zeros(0, dtype=np.uint64)
    values = _hashes(letters)
    # A polynomial's low bits are poor: mix them before the sample is drawn by value.
    values ^= values >> np.uint64(29)
    return np.unique(values[values % np.uint64(_SAMPLE) == 0])


def _letters(text: str) -> bytes:
    text = text.casefold()
    for sign in set(text):  # few different ones: to take those out is much quicker than to look at each in its place
        if not sign.isalpha():
            text = text.replace(sign, "")
    return text.encode()


def _hashes(letters: Numbers) -> Numbers:
    """The polynomial of each shingle of 40 letters, put together from those of 1, 2, 4 … and 32 + 8 letters."""
    values, kept = letters, {}
    for length in (1, 2, 4, 8, 16):
        values = values[:-length] * _power(length) + values[length:]
        kept[2 * length] = values
    count = len(letters) - _SHINGLE + 1
    return kept[32][:count] * _power(8) + kept[8][32 : 32 + count]


def _power(exponent: int) -> np.uint64:
    return np.uint64(pow(_PRIME, exponent, 1 << 64))

"""Group 5: what a review or another publisher left on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proceedings.findings import Finding, found, on_pages, page_list
from proceedings.inspection import Report
from proceedings.inspection.running import running_lines

_ANONYMOUS = re.compile(
    r"anonymous (?:submission|authors?|acl submission|for review)|under review as|匿名(?:作者|投稿|评审|审稿)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*\(?\d{4}[^\n]{0,60}|all rights reserved|ISBN[:\s]*[\d-]{10,17}|版权所有[^\n]{0,30}",
    re.IGNORECASE,
)
_LINES = 15  # numbers one after the other: a numbered list is shorter


def check(printed: Report) -> Iterator[Finding]:
    """Page numbers, heads, notices, line numbers and words for reviewers."""
    yield from _numbers(printed)
    yield from _heads(printed)
    for number, page in enumerate(printed.pages[:1], 1):
        match = _COPYRIGHT.search(page.foot) or _COPYRIGHT.search(page.head)
        if match:
            yield found("own-copyright", marks=on_pages([number]), page=number, words=_short(match.group()))
    numbered = [n for n, text in enumerate(printed.text, 1) if has_line_numbers(text)]
    if numbered and len(numbered) >= len(printed.pages) / 2:  # a listing of code has numbers on its own page only
        yield found("line-numbers", marks=on_pages(numbered), pages=page_list(numbered))
    match = _ANONYMOUS.search(" ".join(printed.first_page_text.split()))
    if match:
        yield found("anonymous-left", marks=on_pages([1]), words=_short(match.group()))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def _numbers(printed: Report) -> Iterator[Finding]:
    """A number in the outer lines that grows by one from page to page."""
    if len(printed.pages) < 2:
        return
    for band in ("foot", "head"):
        shown = [_outer_numbers(getattr(page, band), band) for page in printed.pages]
        for start in sorted(shown[0] | {number - 1 for number in shown[1]}):
            pages = [n + 1 for n, numbers in enumerate(shown) if start + n in numbers]
            if len(pages) >= max(2, 0.7 * len(shown)):
                yield found("own-page-numbers", marks=on_pages(pages), pages=page_list(pages))
                return


def _outer_numbers(band: str, which: str) -> set[int]:
    """Numbers that stand alone at an end of the outermost lines."""
    lines = [line.strip() for line in band.splitlines() if line.strip()]
    outer = lines[-2:] if which == "foot" else lines[:2]
    numbers = set()
    for line in outer:
        for match in re.finditer(r"^[-–—\s]*(\d{1,4})\b(?!\.\d)|(?<![\d.])\b(\d{1,4})[-–—\s]*$", line):
            numbers.add(int(match.group(1) or match.group(2)))
    return numbers


def _heads(printed: Report) -> Iterator[Finding]:
    """Words that come back in the same band of most pages."""
    for band in ("head", "foot"):
        common = [line for line in running_lines(printed, band) if len(line) > 5]
        if common:
            yield found("own-header", words=_short(max(common, key=lambda line: (len(line), line))))
            return


def has_line_numbers(text: str) -> bool:
    """Whether enough lines are, or begin with, numbers that follow one another."""
    numbers = [int(match.group(1)) for match in re.finditer(r"^\s*(\d{1,4})(?=\s|$)", text, re.MULTILINE)]
    return _longest_run(numbers) >= _LINES


def _longest_run(numbers: Sequence[int]) -> int:
    longest = run = 0
    before: int | None = None
    for number in numbers:
        run = run + 1 if before is not None and number == before + 1 else 1
        longest, before = max(longest, run), number
    return longest

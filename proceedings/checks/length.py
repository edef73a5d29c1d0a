"""Group 2: how many pages, counted to where the references begin unless the event counts those too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proceedings.findings import Finding, found, on_pages
from proceedings.inspection import Report
from proceedings.inspection.anonymity import REFERENCES
from proceedings.volume.model import Profile


def check(printed: Report, profile: Profile) -> Iterator[Finding]:
    """Too many pages."""
    if not profile.page_limit:
        return
    count = len(printed.pages) if profile.references_count else body_pages(printed.text)
    over = count - profile.page_limit
    if over > 0:
        code = "length-over-all" if profile.references_count else "length-over"
        pages = range(profile.page_limit + 1, count + 1)
        yield found(code, marks=on_pages(pages), count=count, limit=profile.page_limit, over=over, fee=profile.fee_url)


def body_pages(text: Sequence[str]) -> int:
    """Pages up to the one where the references begin; that one counts unless it begins with them."""
    for number in reversed(range(len(text))):
        heads = list(REFERENCES.finditer(text[number]))
        if heads:
            return number + (1 if len(text[number][: heads[-1].start()].split()) > 15 else 0)
    return len(text)

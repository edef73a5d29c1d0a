"""Group 4: the main font is one that the event allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from proceedings.findings import Finding, found
from proceedings.inspection import Report
from proceedings.text import fold
from proceedings.volume.model import Profile

_SHARE = 0.35  # of the width of all text: mathematics, code and Chinese take the rest


def check(printed: Report, profile: Profile) -> Iterator[Finding]:
    """The allowed fonts together set too little of the text. Names are compared by their beginnings."""
    if not profile.fonts:
        return
    widths: Counter[str] = Counter()
    for page in printed.pages:
        widths.update(page.faces)
    total = sum(widths.values())
    allowed = sum(
        width for face, width in widths.items() if any(fold(face).startswith(fold(name)) for name in profile.fonts)
    )
    if total and allowed < _SHARE * total:
        main = widths.most_common(1)[0][0]
        yield found("font-main", font=main, wanted=", ".join(profile.fonts))

"""Group 6: the record and the paper say the same, and what they say is what was accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from proceedings.findings import Finding, found, on_pages
from proceedings.inspection import Report
from proceedings.inspection.anonymity import named
from proceedings.markup import plain
from proceedings.people import Person
from proceedings.text import Text, fold, fold_words, has_han
from proceedings.volume.model import Paper

_ALIKE = 92  # of 100: mathematics and ligatures in a title come out of a PDF differently
_JOINT = 200  # characters around a page break, which may part a name
_HEAD = 4000  # characters of the first page in which a title stands


def check(paper: Paper, printed: Report) -> Iterator[Finding]:
    """Title, authors and institutions on the first pages; changes since acceptance."""
    pages = author_pages(paper, printed.text)
    if any(text.strip() for text in pages):
        if not has_title(paper.title, pages[0]):
            yield found("title-differs", marks=on_pages([1]), title=plain(paper.title.pick()))
        yield from _authors(paper, pages)
        yield from _contact(paper, pages)
    yield from _accepted(paper)


def has_title(title: Text, page: str) -> bool:
    """Whether a title stands on a page in either language, blanks, case and small differences aside."""
    head = fold(page[:_HEAD])
    for words in title.both():
        wanted = fold(plain(words))
        if wanted in head or (len(wanted) > 8 and fuzz.partial_ratio(wanted, head) >= _ALIKE):
            return True
    return not title


def has_author(person: Person, pages: Sequence[str]) -> bool:
    """Whether a name stands on one of the pages in any order of its parts, or with initials for given
    names.
    """
    # TeX parts letters from their marks, and programs leave out blanks: compare without either.
    forms = {fold(person.given + person.family), fold(person.family + person.given), fold(person.whole)}
    forms = {form for form in forms if len(form) >= 5}
    initials = "".join(part[0] for part in person.given.replace("-", " ").split())
    if person.family and initials:
        forms.add(fold(initials) + fold(person.family))
    return any(
        any(form in fold(page) for form in forms) or named(person, fold_words(page), fold(page)) for page in pages
    )


def other_form(person: Person, pages: Sequence[str]) -> str:
    """The name as printed where it has more or fewer middle names than the record.

    Empty if it is not there.
    """
    first, family = fold_words(person.given).split(), fold_words(person.family).split()
    if not (first and family):
        return ""
    start = rf"{first[0]}[a-z]*" if len(first[0]) == 1 else rf"(?:{first[0]}|{first[0][0]})"
    pattern = rf"(?<= ){start}(?: [a-z]+){{0,3}} {family[-1]}(?= )"
    match = next(filter(None, (re.search(pattern, fold_words(page)) for page in pages)), None)
    return match.group().title() if match else ""


def author_pages(paper: Paper, text: Sequence[str]) -> Sequence[str]:
    """The pages that authors may stand on, the first two and more for a long list, and the joints between
    them.
    """
    pages = text[: 2 + len(paper.authors) // 4]
    return (*pages, *(f"{before[-_JOINT:]} {after[:_JOINT]}" for before, after in pairwise(pages)))


def _authors(paper: Paper, pages: Sequence[str]) -> Iterator[Finding]:
    missing = [person for person in paper.authors if not has_author(person, pages)]
    for person in missing:
        printed = other_form(person, pages)
        if printed:
            yield found("author-form", marks=on_pages([1]), name=person.both(), printed=printed)
        else:
            yield found("author-missing", marks=on_pages([1]), name=person.both())
    if not missing and len(paper.authors) > 1:
        yield from _order(paper, pages[0])
    for place in dict.fromkeys(place for person in paper.authors for place in person.affiliations):
        if not any(fold(words) in fold(page) for page in pages for words in place.both()):
            yield found("affiliation-missing", affiliation=place.pick())


def _order(paper: Paper, page: str) -> Iterator[Finding]:
    """Compare with the order of first mention, where every name is found in one form."""
    letters = fold(page[:_HEAD])
    spots: list[tuple[int, Person]] = []
    for person in paper.authors:
        forms = (fold(person.native), fold(person.given + person.family), fold(person.family + person.given))
        # The first form that is there: names side by side may spell another's inverted form by chance.
        found_at = next((letters.find(form) for form in forms if len(form) >= 2 and form in letters), None)
        if found_at is None:
            return
        spots.append((found_at, person))
    printed = [person for _, person in sorted(spots, key=lambda spot: spot[0])]
    if len({at for at, _ in spots}) == len(spots) and printed != list(paper.authors):
        yield found(
            "author-order",
            marks=on_pages([1]),
            printed=", ".join(person.display() for person in printed[:8]),
            registered=", ".join(person.display() for person in paper.authors[:8]),
        )


def _contact(paper: Paper, pages: Sequence[str]) -> Iterator[Finding]:
    text = "\n".join(pages)
    if paper.authors and "@" not in text:
        yield found("email-missing")
    marked = any(sign in text for sign in ("*", "∗", "✉", "†", "通信作者", "通讯作者")) or "orrespond" in text
    chosen = next((person for person in paper.authors if person.corresponding), None)
    if chosen and not marked:
        yield found("corresponding-missing", name=chosen.both())


def _accepted(paper: Paper) -> Iterator[Finding]:
    """What changed since the decision: only the chair may approve that."""
    if paper.accepted is None:
        return
    was, now = paper.accepted.title, paper.title
    if was and not {fold(words) for words in was.both()} & {fold(words) for words in now.both()}:
        yield found("accepted-title-changed", was=was.pick(), now=now.pick())
    before = {_identity(person): person for person in paper.accepted.authors}
    after = {_identity(person): person for person in paper.authors}
    if not before:
        return
    added = [person for key, person in after.items() if key not in before]
    removed = [person for key, person in before.items() if key not in after]
    for code, people in (("accepted-authors-added", added), ("accepted-authors-removed", removed)):
        if people:
            yield found(code, names=", ".join(person.both() for person in people))
    if not added and not removed and list(before) != list(after):
        yield found("accepted-authors-reordered", now=", ".join(person.display() for person in paper.authors))


def _identity(person: Person) -> str:
    """A key of the name alone; a name in both scripts goes by its Han form."""
    return fold(person.native) if has_han(person.native) else fold(person.family + person.given + person.whole)

"""Who stands in the author index, by person and not by spelling; keywords and institutions likewise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from proceedings.people import Person
from proceedings.sorting import initial, latin_key, pinyin_key, stroke_key, stroke_rank, surname_pinyin
from proceedings.text import Text, fold, has_han
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_SORTS: dict[str, Callable[[Person], tuple[object, ...]]] = {
    "pinyin": pinyin_key,
    "stroke": stroke_key,
    "latin": latin_key,
}
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Entry:
    """One line of an index.

    ``detail`` tells people of one name apart; ``papers`` are ids in the volume's order.
    """

    name: str
    detail: str
    papers: tuple[str, ...]
    person: Person | None = None


@dataclass(frozen=True)
class Group:
    """Entries under one letter or number of strokes."""

    letter: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Homonym:
    """A name that the index lists more than once, because nothing says that it is one person."""

    name: str
    count: int


def authors(book: Book) -> list[tuple[Person, tuple[str, ...]]]:
    """Each author once, with the ids of the papers, in the volume's order.

    A key, an ORCID iD or an e-mail address settles who is who. Without them two records of one name are
    one person unless they stand on the same paper, or both name institutions and share none.
    """
    people: list[_Known] = []
    by_name: dict[str, list[_Known]] = defaultdict(list)
    for paper in book.papers():
        here: set[int] = set()
        for person in paper.authors:
            known = next((k for k in by_name[_name(person)] if id(k) not in here and k.may_be(person)), None)
            known = known or next((k for k in people if id(k) not in here and k.is_surely(person)), None)
            if known is None:
                known = _Known(person)
                people.append(known)
                by_name[_name(person)].append(known)
            known.add(person, paper.id)
            here.add(id(known))
    return [(known.person, tuple(known.papers)) for known in people]


def _name(person: Person) -> str:
    return fold(person.native) + "|" + fold(person.family + person.whole) + "|" + fold(person.given)


class _Known:
    """One person as far as the records seen till now tell."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.papers: list[str] = []
        self.marks: set[str] = set()
        self.places: set[str] = set()

    def add(self, person: Person, paper: str) -> None:
        self.papers.append(paper)
        self.marks |= _marks(person)
        self.places |= _places(person)
        if len(person.both()) > len(self.person.both()):
            self.person = person

    def is_surely(self, person: Person) -> bool:
        return bool(self.marks & _marks(person))

    def may_be(self, person: Person) -> bool:
        mine, theirs = self.marks, _marks(person)
        if mine & theirs:
            return True
        # Two different marks of the same sort (two ORCID iDs) are two people; an iD and an address say
        # nothing.
        if {m[:2] for m in mine} & {m[:2] for m in theirs} - {"e:"}:
            return False
        places = _places(person)
        return not self.places or not places or bool(self.places & places)


def _marks(person: Person) -> set[str]:
    marks = {("k:", person.key), ("o:", person.orcid), ("e:", person.email.casefold())}
    return {kind + value for kind, value in marks if value}


def _places(person: Person) -> set[str]:
    return {fold(words) for place in person.affiliations for words in place.both()}


def author_index(book: Book) -> tuple[list[Group], list[Homonym]]:
    """The author index in the order that the volume asks for, and the names listed more than once."""
    order = book.volume.options.index_order
    people = sorted(authors(book), key=lambda pair: (_SORTS[order](pair[0]), pair[1]))
    counts: dict[str, int] = defaultdict(int)
    for person, _ in people:
        counts[_label(person, order)] += 1
    entries = []
    for person, papers in people:
        label = _label(person, order)
        detail = person.affiliations[0].pick(book.volume.language) if counts[label] > 1 and person.affiliations else ""
        entries.append(Entry(label, detail, papers, person))
    groups = _grouped(entries, lambda entry: _letter(entry, order))
    return groups, [Homonym(name, count) for name, count in counts.items() if count > 1]


def _label(person: Person, order: str) -> str:
    """``汪浩 Wang, Hao`` under pinyin and strokes; ``Wang, Hao (汪浩)`` under Latin letters."""
    latin, native = person.inverted() if person.latin else "", person.native
    if not (latin and native):
        return latin or native
    return f"{latin} ({native})" if order == "latin" else f"{native} {latin}"


def _letter(entry: Entry, order: str) -> str:
    person = entry.person or Person()
    if order == "stroke" and has_han(person.native):
        return f"{_numeral(stroke_rank(person.native[0])[0])}画"
    if order == "latin":
        key = latin_key(person)[0]
        return key[0].upper() if key and key[0].isascii() else "#"
    return initial(person)


def _numeral(number: int) -> str:
    """1 to 99 in Chinese: 十二, 二十三."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _grouped(entries: Iterable[Entry], letter: Callable[[Entry], str]) -> list[Group]:
    """Entries already in order, under their letters; the group without a letter goes last."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(letter(entry), []).append(entry)
    ordered = [name for name in groups if name != "#"] + ([name for name in groups if name == "#"])
    return [Group(name, tuple(groups[name])) for name in ordered]


def _words(book: Book, of: Callable[[Paper], Iterable[str]]) -> list[Group]:
    found: dict[str, tuple[str, list[str]]] = {}
    for paper in book.papers():
        for word in dict.fromkeys(of(paper)):
            key = fold(word)
            if key:
                _, papers = found.setdefault(key, (word, []))
                if paper.id not in papers:
                    papers.append(paper.id)
    entries = sorted(
        (Entry(word, "", tuple(papers)) for word, papers in found.values()),
        key=lambda entry: _word_key(entry.name),
    )
    return _grouped(entries, lambda entry: _word_letter(entry.name))


def _word_key(word: str) -> tuple[str, str]:
    return (" ".join(surname_pinyin(c) if has_han(c) else c.casefold() for c in word), word)


def _word_letter(word: str) -> str:
    first = (surname_pinyin(word[0]) if has_han(word[0]) else fold(word))[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def keyword_index(book: Book) -> list[Group]:
    """Keywords of both languages, by letters and pinyin."""
    return _words(book, lambda paper: paper.keywords.all())


def institution_index(book: Book) -> list[Group]:
    """Institutions as the authors name them, in the volume's language where they give both."""
    return _words(book, lambda paper: _institutions(paper, book.volume.language))


def _institutions(paper: Paper, language: str) -> Iterator[str]:
    places: list[Text] = [place for person in paper.authors for place in person.affiliations]
    return (place.pick(language) for place in places)

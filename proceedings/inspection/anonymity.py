"""Does a file for blind review tell who wrote it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from proceedings.findings import Finding, found, on_pages, page_list
from proceedings.inspection.report import Report
from proceedings.people import Person
from proceedings.text import fold, fold_words, has_han

REFERENCES = re.compile(
    r"^[ \t]*(?:\d+[.\s]*|[IVX]+\.\s*)?"
    r"(?:references|bibliography|literature cited|参\s*考\s*文\s*献|参考资料)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PERSONAL = ("author", "xmp_creator", "last_modified_by", "company", "manager", "annotators", "xmp_rights")
_SELF = re.compile(
    r"\b(?:in )?our (?:previous|earlier|prior) (?:work|papers?|study|studies|results?)\b"
    r"|\bwe (?:have )?previously (?:showed|shown|proposed|presented|introduced|published)\b"
    r"|(?:我们|笔者|作者|本课题组|本团队)(?:之前|前期|以前|先前|此前|早期|已有)的?(?:工作|研究|论文|成果)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^[ \t]*(?:\d+\.?\s*)?(?:acknowledge?ments?|致\s*谢)[ \t]*[:：]?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_REPOSITORY = re.compile(
    r"\b(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org|huggingface\.co)/([\w.-]+)", re.IGNORECASE
)
_ANONYMOUS_HOSTS = {"anonymous", "anon", "anonymous4open"}
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FREE_MAIL = {
    "gmail.com",
    "qq.com",
    "163.com",
    "126.com",
    "foxmail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
}


def anonymity(report: Report, authors: Iterable[Person] = ()) -> tuple[Finding, ...]:
    """What gives the authors away: names, affiliations and e-mails in text, metadata or file name, and
    telling phrases.

    Names in the reference list are no leak (everybody cites), so text is read up to the references'
    heading only.
    """
    people = tuple(authors)
    body = _before_references(report.text)
    return (
        *_in_text(body, people),
        *_in_metadata(report, people),
        *_in_name(report.name, people),
        *_phrases(body),
    )


def _before_references(pages: tuple[str, ...]) -> tuple[str, ...]:
    for number in reversed(range(len(pages))):
        heads = list(REFERENCES.finditer(pages[number]))
        if heads:
            return (*pages[:number], pages[number][: heads[-1].start()])
    return pages


def _in_text(pages: tuple[str, ...], people: tuple[Person, ...]) -> Iterator[Finding]:
    words = [fold_words(page) for page in pages]
    plain = [fold(page) for page in pages]
    for person in people:
        hits = [n for n, (w, p) in enumerate(zip(words, plain, strict=True), 1) if named(person, w, p)]
        if hits:
            yield found("anonymity-name", marks=on_pages(hits), name=person.both(), pages=page_list(hits))
    for place in sorted({words for person in people for where in person.affiliations for words in where.both()}):
        key = fold(place)
        hits = [n for n, p in enumerate(plain, 1) if len(key) >= (4 if has_han(place) else 8) and key in p]
        if hits:
            yield found("anonymity-affiliation", marks=on_pages(hits), affiliation=place, pages=page_list(hits))
    yield from _addresses(pages, people)


def named(person: Person, words: str, plain: str) -> bool:
    """Whether a name stands in text, given as :func:`fold_words` and :func:`fold` leave it, in any order
    of its parts.
    """
    native = fold(person.native)
    if len(native) >= 2 and native in plain:
        return True
    family, given, whole = fold_words(person.family), fold_words(person.given), fold_words(person.whole)
    if family.strip() and given.strip():
        first = given.split()[0]
        forms = {f"{given.rstrip()}{family}", f"{family.rstrip()}{given}"}
        if len(first) > 1:
            forms |= {f" {first}{family}", f"{family.rstrip()} {first} "}
        return any(form in words for form in forms)
    lone = whole.strip() or family.strip()
    return len(lone) >= 4 and f" {lone} " in words


def _addresses(pages: tuple[str, ...], people: tuple[Person, ...]) -> Iterator[Finding]:
    own = {person.email.casefold() for person in people if person.email}
    hosts = {mail.rpartition("@")[2] for mail in own} - _FREE_MAIL
    for number, page in enumerate(pages, 1):
        for address in sorted({match.casefold().rstrip(".") for match in _ADDRESS.findall(page)}):
            if address in own or address.rpartition("@")[2] in hosts:
                yield found("anonymity-email", marks=on_pages([number]), email=address, page=number)


def _in_metadata(report: Report, people: tuple[Person, ...]) -> Iterator[Finding]:
    for key in _PERSONAL:
        value = report.metadata.get(key)
        if not value:
            continue
        words, plain = fold_words(value), fold(value)
        known = any(named(person, words, plain) for person in people) or any(
            fold(place) in plain
            for person in people
            for text in person.affiliations
            for place in text.both()
            if fold(place)
        )
        yield found("anonymity-metadata" if known else "anonymity-metadata-suspect", field=key, value=value[:200])


def _in_name(name: str, people: tuple[Person, ...]) -> Iterator[Finding]:
    stem = name.rsplit(".", 1)[0]
    words, plain = fold_words(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", stem)), fold(stem)
    for person in people:
        family = fold(person.family)
        if named(person, words, plain) or (len(family) >= 4 and f" {family} " in words):
            yield found("anonymity-file-name", name=person.both(), file=name)


def _phrases(pages: tuple[str, ...]) -> Iterator[Finding]:
    for number, page in enumerate(pages, 1):
        for match in list(_SELF.finditer(re.sub(r"\s+", " ", page)))[:3]:
            yield found("anonymity-self-citation", marks=on_pages([number]), phrase=match.group(), page=number)
        if _THANKS.search(page):
            yield found("anonymity-acknowledgements", marks=on_pages([number]), page=number)
        for match in _REPOSITORY.finditer(page):
            if not match.group(1).casefold().startswith(tuple(_ANONYMOUS_HOSTS)):
                yield found("anonymity-repository", marks=on_pages([number]), address=match.group(), page=number)

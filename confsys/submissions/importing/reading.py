"""From the bytes of a file to its rows. CSV with headings, or JSON with ``papers``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han
from confsys.submissions.authorlist import from_cells, read_list
from confsys.submissions.content import AuthorContent
from confsys.submissions.forms.paper import keywords_in
from confsys.submissions.importing.rows import ImportedPaper, ImportFile, RowProblem

#: Headings of a CSV file and what they mean.
_SPELLINGS = {
    "id": "id|paper id|编号",
    "title": "title",
    "title_en": "title_en|english title|英文题目",
    "title_zh": "title_zh|chinese title|题目|中文题目",
    "abstract": "abstract",
    "abstract_en": "abstract_en|英文摘要",
    "abstract_zh": "abstract_zh|摘要|中文摘要",
    "keywords": "keywords",
    "keywords_en": "keywords_en|英文关键词",
    "keywords_zh": "keywords_zh|关键词|中文关键词",
    "authors": "authors|作者",
    "track": "track|分会|专题",
    "topics": "topics|主题",
    "decision": "decision|录用决定",
    "accepted": "accepted|录用",
}  # fmt: skip
HEADINGS = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}
COLUMNS = (
    "id",
    "title_en",
    "title_zh",
    "abstract_en",
    "abstract_zh",
    "keywords_en",
    "keywords_zh",
    "authors",
    "track",
    "topics",
)
DEFAULT_SCALES = {"rating": (1, 10), "confidence": (1, 5)}


def read(data: bytes, name: str = "") -> ImportFile:
    """The rows of a file. What cannot be read is a problem, never an exception."""
    text = _decoded(data)
    if text is None:
        return _unreadable(_l("This is neither a CSV nor a JSON file that can be read."))
    if name.lower().endswith(".json") or text.lstrip()[:1] in {"{", "["}:
        return _from_json(text)
    return _from_csv(text)


def _decoded(data: bytes) -> str | None:
    if b"\0" in data[:4096]:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unreadable(text: Any) -> ImportFile:
    return ImportFile(problems=(RowProblem(0, text),))


def _from_csv(text: str) -> ImportFile:
    csv.field_size_limit(1_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        return _unreadable(_l("This CSV file cannot be read: %(reason)s.", reason=str(error)))
    keys = [HEADINGS.get(" ".join(cell.casefold().split()), "") for cell in rows[0]] if rows else []
    if not any(key.startswith("title") for key in keys):
        return _unreadable(_l("The first row must hold headings, among them “title”."))
    papers = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key}
        if any(cells.values()):
            papers.append(_paper_of_cells(number, cells))
    return _with_papers(papers, {})


def _paper_of_cells(number: int, cells: Mapping[str, str]) -> ImportedPaper:
    authors = tuple(author for line in _lines(cells.get("authors", "")) for author in read_list(line))
    marked = _with_contact(authors)
    topics = cells.get("topics", "").replace("；", ";").split(";")
    return ImportedPaper(
        row=number, key=cells.get("id", ""), title=_localized(cells, "title"), abstract=_localized(cells, "abstract"),
        keywords=_keywords(cells), authors=marked, domains=("",) * len(marked), track=cells.get("track", ""),
        topics=tuple(topic.strip() for topic in topics if topic.strip()),
        more={key: value for key, value in cells.items() if key in {"decision", "accepted"} and value},
    )  # fmt: skip


def _lines(cell: str) -> list[str]:
    """The authors of one cell: on lines of their own, or parted by semicolons."""
    between = "\n" if "\n" in cell else ";"
    return [part.strip() for part in cell.replace("；", ";").split(between) if part.strip()]


def _localized(given: Mapping[str, Any], name: str) -> LocalizedText:
    """``title_en`` and ``title_zh``, or a ``title`` that its script assigns to a language."""
    plain = given.get(name) or ""
    if isinstance(plain, Mapping):
        return LocalizedText.of(dict(plain))
    english, chinese = given.get(f"{name}_en") or "", given.get(f"{name}_zh") or ""
    if chinese and not english and not has_han(str(chinese)):
        english, chinese = chinese, ""
    if plain:
        english, chinese = (english, chinese or plain) if has_han(str(plain)) else (english or plain, chinese)
    return LocalizedText(str(english).strip(), str(chinese).strip())


def _keywords(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    plain = given.get("keywords") or ()
    if isinstance(plain, Mapping):
        return {locale: tuple(map(str, words)) for locale, words in plain.items() if locale in {"en", "zh"} and words}
    words = keywords_in(plain) if isinstance(plain, str) else tuple(str(word) for word in plain)
    found = {"en": [w for w in words if not has_han(w)], "zh": [w for w in words if has_han(w)]}
    for locale in found:
        found[locale] += keywords_in(str(given.get(f"keywords_{locale}") or ""))
    return {locale: tuple(dict.fromkeys(words)) for locale, words in found.items() if words}


def _from_json(text: str) -> ImportFile:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _unreadable(_l("This JSON file cannot be read: %(reason)s.", reason=str(error)[:200]))
    rows = data.get("papers") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        return _unreadable(_l("The JSON file must hold a list of papers under “papers”."))
    papers, problems = [], []
    for number, row in enumerate(rows, start=1):
        try:
            papers.append(_paper_of_json(number, row))
        except (AttributeError, TypeError, KeyError):
            problems.append(RowProblem(number, _l("This paper is not written in a form that can be read.")))
    return _with_papers(papers, _scales(data), problems)


def _scales(data: Any) -> dict[str, tuple[int, int]]:
    found = dict(DEFAULT_SCALES)
    for name in found:
        given = data.get(f"{name}_scale") if isinstance(data, dict) else None
        if isinstance(given, list) and len(given) == 2 and all(isinstance(bound, int) for bound in given):
            found[name] = (given[0], given[1])
    return found


def _paper_of_json(number: int, row: Mapping[str, Any]) -> ImportedPaper:
    lines = [_author_of_json(line) for line in row.get("authors") or ()]
    authors = _with_contact(tuple(author for author, _domain in lines))
    topics = row.get("topics") or ()
    known = {"id", "title", "abstract", "keywords", "authors", "track", "topics"}
    return ImportedPaper(
        row=number, key=str(row.get("id") or ""), title=_localized(row, "title"), abstract=_localized(row, "abstract"),
        keywords=_keywords(row), authors=authors, domains=tuple(domain for _author, domain in lines),
        track=str(row.get("track") or ""), topics=tuple(str(topic) for topic in topics),
        more={key: value for key, value in row.items() if key not in known},
    )  # fmt: skip


def _author_of_json(line: Mapping[str, Any] | str) -> tuple[AuthorContent, str]:
    if isinstance(line, str):
        return from_cells({"name": line}), ""
    place = line.get("affiliation") or ""
    cells = {
        key: str(line.get(key) or "") for key in ("name", "given", "family", "native", "email", "orcid", "country")
    }
    if isinstance(place, Mapping):
        cells |= {f"affiliation_{locale}": str(place.get(locale) or "") for locale in ("en", "zh")}
    else:
        cells["affiliation_en"] = str(place)
    domain = str(line.get("email_domain") or "").strip().lower()
    return from_cells(cells), "" if cells["email"] else domain


def _with_contact(authors: tuple[AuthorContent, ...]) -> tuple[AuthorContent, ...]:
    """The first author is corresponding and presents; contact is the first who can be written to."""
    contact = next((n for n, author in enumerate(authors) if author.email), None)
    return tuple(
        replace(author, corresponding=n == 0, presenter=n == 0, contact=n == contact)
        for n, author in enumerate(authors)
    )


def _with_papers(
    papers: list[ImportedPaper], scales: Mapping[str, tuple[int, int]], problems: list[RowProblem] | None = None
) -> ImportFile:
    if not papers and not problems:
        return _unreadable(_l("There are no papers in this file."))
    return ImportFile(tuple(papers), scales or DEFAULT_SCALES, tuple(problems or ()))

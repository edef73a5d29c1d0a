"""Lists of authors as people have them: a table with headings, or lines from a letter or a title page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from confsys.core.countries import code_of
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, has_han, parted
from confsys.submissions.content import AuthorContent

#: Headings of a table, as people write them, and what they mean.
_SPELLINGS = {
    "name": "name|full name|author|姓名|作者",
    "given": "given|given name|given names|first name|firstname|名",
    "family": "family|family name|last name|lastname|surname|姓",
    "native": "native|native name|chinese name|中文名|中文姓名",
    "email": "email|e-mail|mail|邮箱|电子邮箱|电子邮件",
    "affiliation_en": "affiliation|affiliation_en|organisation|organization|institution|university|英文单位",
    "affiliation_zh": "affiliation_zh|chinese affiliation|单位|中文单位|工作单位|机构",
    "orcid": "orcid|orcid id",
    "country": "country|国家|国家或地区|国家/地区",
}  # fmt: skip
HEADINGS = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}
_ADDRESS = re.compile(r"<?\s*([\w.+%-]+@[\w-]+(?:\.[\w-]+)+)\s*>?", re.ASCII)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])")
_PLACE = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]\s*$")
#: Footnote signs after a name, as title pages have them.
_MARKS = re.compile(r"[*†‡§¶#\d\u00b9\u00b2\u00b3\u2070-\u2079,\s]+$")


def read_list(text: str) -> list[AuthorContent]:
    """Authors from pasted text or a CSV file's text, in their order. Empty when nothing in it reads as an author."""
    plain = re.sub(r"\r\n?", "\n", text.lstrip("\ufeff").replace("\0", ""))
    lines = [line for line in plain.split("\n") if line.strip()]
    if not lines:
        return []
    table = _table(lines)
    return table if table is not None else [author for line in lines if (author := _from_line(line)) is not None]


def _table(lines: Sequence[str]) -> list[AuthorContent] | None:
    """The lines read as a table, if the first one is a row of headings."""
    for delimiter in ("\t", ",", ";", "，"):
        if delimiter not in lines[0]:
            continue
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
        keys = [HEADINGS.get(" ".join(cell.casefold().split()), "") for cell in rows[0]]
        if sum(bool(key) for key in keys) >= 2:
            return [
                from_cells(dict(zip(keys, row, strict=False))) for row in rows[1:] if any(cell.strip() for cell in row)
            ]
    return None


def from_cells(cells: Mapping[str, str]) -> AuthorContent:
    """One author from named cells (see HEADINGS). Parts that were given are kept; a whole name is parted."""
    cell = {key: " ".join((value or "").split()) for key, value in cells.items()}
    name = PersonName(cell.get("given", ""), cell.get("family", ""), cell.get("native", ""))
    if cell.get("name"):
        whole = parted(cell["name"])
        name = PersonName(name.given or whole.given, name.family or whole.family, name.native or whole.native)
    english, chinese = cell.get("affiliation_en", ""), cell.get("affiliation_zh", "")
    if not chinese and has_han(english):
        english, chinese = "", english
    elif not english and chinese and not has_han(chinese):
        english, chinese = chinese, ""
    return AuthorContent(
        name=name, email=cell.get("email", "").lower(), affiliation=LocalizedText(english, chinese),
        orcid=cell.get("orcid", ""), country=code_of(cell.get("country", "")) or "",
    )  # fmt: skip


def _from_line(line: str) -> AuthorContent | None:
    """``Wei Zhang <wei@example.org> (Example University)``, ``张伟；示例大学；wei@example.org`` and their like."""
    cells: dict[str, str] = {}
    line, cells["email"] = _taken(_ADDRESS, line)
    line, cells["orcid"] = _taken(_ORCID, line)
    line = line.strip(" ,;，；\t")
    parts = _parts(line)
    place = _PLACE.search(parts[0]) if len(parts) == 1 else None
    if (place and has_han(place[1]) == has_han(parts[0][: place.start()])) or (place and not _is_name(place[1])):
        parts = [parts[0][: place.start()], place[1]]
    cells["name"] = _MARKS.sub("", parts[0]).strip()
    rest = [part for part in parts[1:] if part]
    if len(rest) > 1 and code_of(rest[-1]):
        cells["country"] = rest.pop()
    cells["affiliation_zh"] = "，".join(part for part in rest if has_han(part))
    cells["affiliation_en"] = ", ".join(part for part in rest if not has_han(part))
    author = from_cells(cells)
    return None if author.blank or not author.name else author


def _is_name(text: str) -> bool:
    """Whether brackets hold the other form of a name rather than a place: two or three short words."""
    return len(text.split()) <= 3 and not re.search(
        r"univ|inst|lab|college|inc|大学|学院|研究|公司", text, re.IGNORECASE
    )


def _parts(line: str) -> list[str]:
    """The cells of a line: by tabs or semicolons if there are any, else by commas after the name."""
    for pattern in (r"\t", r"[;；]"):
        if re.search(pattern, line):
            return [part.strip() for part in re.split(pattern, line)]
    return [part.strip() for part in re.split(r"[,，]", line)]


def _taken(pattern: re.Pattern[str], line: str) -> tuple[str, str]:
    """A line without the first match, and what was matched."""
    match = pattern.search(line)
    return (line[: match.start()] + " " + line[match.end() :], match[1]) if match else (line, "")


def merged(known: Iterable[AuthorContent], read: Iterable[AuthorContent]) -> list[AuthorContent]:
    """The list with what was read added at its end; who stands there already, by address or name, is not repeated."""
    lines = [author for author in known if not author.blank]
    addresses = {author.email for author in lines if author.email}
    names = {author.name for author in lines}
    for author in read:
        if (author.email and author.email in addresses) or (not author.email and author.name in names):
            continue
        lines.append(author)
        addresses.add(author.email)
        names.add(author.name)
    return lines

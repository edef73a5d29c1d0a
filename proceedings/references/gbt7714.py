"""GB/T 7714 (numeric), editions of 2015 and 2025, from CSL-JSON items.

The structure of each kind of entry follows the standard's chapter 8 (2025) and chapter 4 (2015). What the
editions differ in is said once, in :class:`Edition`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proceedings.references.names import people
from proceedings.text import has_han

Item = Mapping[str, Any]
_CODES = {
    "article-journal": "J", "article-magazine": "J", "article-newspaper": "N", "book": "M", "chapter": "M",
    "entry-encyclopedia": "M", "entry-dictionary": "M", "paper-conference": "C", "thesis": "D", "report": "R",
    "standard": "S", "patent": "P", "dataset": "DS", "software": "CP", "webpage": "EB", "post": "EB",
    "post-weblog": "EB", "map": "CM",
}  # fmt: skip
_WEB = ("webpage", "post", "post-weblog")
_CONTAINED = ("chapter", "entry-encyclopedia", "entry-dictionary")


@dataclass(frozen=True)
class Edition:
    """What an edition of the standard, or a house's use of it, settles.

    ``wide`` is the punctuation: True for full-width commas and colons, False for half-width, ``None`` for
    the width of the entry's own language.
    """

    year: int
    wide: bool | None

    def marks(self, language: str) -> Marks:
        """Punctuation for an entry in ``language``."""
        wide = self.wide if self.wide is not None else language == "zh"
        return Marks("，", "：", "（", "）") if wide else Marks(", ", ": ", "(", ")")


@dataclass(frozen=True)
class Marks:
    """Comma, colon and brackets."""

    comma: str
    colon: str
    opening: str
    closing: str

    def bracketed(self, text: str) -> str:
        """In brackets, or nothing."""
        return f"{self.opening}{text}{self.closing}" if text else ""


GBT_2015 = Edition(2015, wide=False)
GBT_2025 = Edition(2025, wide=True)
EDITIONS = {"2015": GBT_2015, "2025": GBT_2025}


def format_reference(item: Item, edition: Edition = GBT_2025) -> str:
    """One entry, without its number, ending in a full stop.

    A Latin name in parts may carry ``"pinyin": true``: the 2025 edition prints such a given name in full.
    """
    return _Entry(item, edition).write()


def language_of(item: Item) -> str:
    """ "zh" for an entry in Chinese, else "en"."""
    said = str(item.get("language") or "").lower()
    if said:
        return "zh" if said.startswith(("zh", "cmn", "chi")) else "en"
    return "zh" if has_han(str(item.get("title", ""))) else "en"


def _join(delimiter: str, *parts: str) -> str:
    return delimiter.join(part for part in parts if part)


def _stops(*parts: str) -> str:
    """Joined by full stops, never two in a row."""
    text = ""
    for part in filter(None, parts):
        gap = "" if not text else " " if text.endswith(".") else ". "
        text += gap + part
    return text if text.endswith(".") else f"{text}."


class _Entry:
    def __init__(self, item: Item, edition: Edition) -> None:
        self.item = item
        self.edition = edition
        self.language = language_of(item)
        self.mark = edition.marks(self.language)
        self.kind = str(item.get("type", ""))
        self.online = bool(self.get("URL") or self.get("DOI"))

    def get(self, name: str) -> str:
        return str(self.item.get(name) or "")

    def write(self) -> str:
        layout = self._parts_2025 if self.edition.year >= 2025 else self._parts_2015
        author = "" if self.kind == "standard" and self.edition.year >= 2025 else self.author()
        doi = f"DOI:{self.get('DOI')}" if self.get("DOI") else ""
        return _stops(author, *layout(), self.get("URL"), doi)

    # --- who and what ---

    def author(self) -> str:
        names = self.names("author")
        return names or ("" if self.get("container-title") else self.names("editor"))

    def names(self, role: str) -> str:
        values = self.item.get(role) or ()
        return people(
            values, self.language, self.mark.comma, capitals=self.edition.year < 2025, full=self.edition.year >= 2025
        )

    def title(self) -> str:
        number = self.get("number")
        hidden = ("article", "article-journal") + (("standard",) if self.edition.year >= 2025 else ())
        title = _join(self.mark.colon, self.get("title"), "" if self.kind in hidden else number)
        if not self.get("container-title") and self.kind not in (*_CONTAINED, "paper-conference"):
            title = _join(self.mark.colon, title, self.volume())
        medium = self.get("medium") or ("OL" if self.online else "")
        return f"{title}[{_join('/', self.code(), medium)}]"

    def code(self) -> str:
        if self.kind == "article":
            return "PP" if self.edition.year >= 2025 else "A"
        if self.kind in _CODES:
            return _CODES[self.kind]
        return "EB" if self.edition.year >= 2025 and self.online else "Z"

    def volume(self) -> str:
        volume = self.get("volume")
        if not volume or self.kind.startswith("article"):
            return ""
        if not volume.isdigit():
            return volume
        if self.language == "zh":
            return f"第 {volume} 卷" if self.edition.year < 2025 else f"第{volume}卷"
        return f"Vol. {volume}" if self.edition.year < 2025 else f"v.{volume}"

    # --- when ---

    def date(self, name: str = "issued") -> str:
        parts = (self.item.get(name) or {}).get("date-parts") or [[]]
        return "-".join(f"{int(part):02}" if n else str(part) for n, part in enumerate(parts[0]))

    def year(self, name: str = "issued") -> str:
        return self.date(name).partition("-")[0]

    def issued_year(self) -> str:
        if self.item.get("issued"):
            return self.year()
        return f"[{self.year('accessed')}]" if self.item.get("accessed") else ""

    def accessed(self) -> str:
        return f"[{self.date('accessed')}]" if self.item.get("accessed") and self.online else ""

    def made_and_read(self) -> str:
        read = f"[{self.date('accessed')}]" if self.item.get("accessed") else ""
        return self.mark.bracketed(self.date()) + read

    # --- where ---

    def periodical(self) -> str:
        name = self.get("container-title")
        if self.edition.year >= 2025:
            name = name.replace(".", "")  # abbreviated titles without dots
        if self.kind == "article-newspaper":
            return _join(self.mark.comma, name, self.date()) + self.mark.bracketed(self.get("page"))
        dated = self.issued_year()
        if self.edition.year >= 2025 and not (self.get("volume") or self.get("issue")):
            dated = self.date()
        place = _join(self.mark.comma, name, dated, self.get("volume")) + self.mark.bracketed(self.get("issue"))
        return _join(
            self.mark.colon, place, self.get("page") or (self.get("number") if self.edition.year >= 2025 else "")
        )

    def edition_statement(self) -> str:
        edition = self.get("edition")
        if not edition.isdigit():
            return edition
        if self.language == "zh":
            return f"{edition} 版"
        tail = {1: "st", 2: "nd", 3: "rd"}.get(int(edition) % 10 if int(edition) % 100 not in (11, 12, 13) else 0, "th")
        return f"{edition}{tail} ed."

    def published(self, year: str) -> str:
        place = _join(self.mark.colon, self.get("publisher-place"), self.get("publisher"))
        return _join(self.mark.colon, _join(self.mark.comma, place, year), self.get("page"))

    def container(self) -> str:
        editors = self.names("editor") or self.names("container-author")
        book = _join(self.mark.colon, self.get("container-title"), self.volume())
        return _join(". ", editors.rstrip("."), book)

    # --- the kinds of entry ---

    def _parts_2015(self) -> list[str]:
        title = self.title()
        if self.kind.startswith("article-"):
            return [title, self.periodical() + self.accessed()]
        if self.kind == "patent":
            return [title, self.date() + self.accessed()]
        if self.kind in (*_CONTAINED, "paper-conference") or self.get("container-title"):
            where = self.container() if self.get("container-title") else self.get("event-title")
            return [f"{title}//{where}", self.edition_statement(), self.output_2015()]
        if self.kind in (*_WEB, "dataset", "software"):
            return [title, self.output_2015()]
        return [title, self.translators(), self.edition_statement(), self.output_2015()]

    def output_2015(self) -> str:
        bookish = self.kind in ("book", "chapter", "paper-conference", "thesis")
        if bookish or any(self.get(name) for name in ("publisher", "publisher-place", "page")):
            return self.published(self.issued_year()) + self.accessed()
        return self.mark.bracketed(self.date()) + self.accessed() if self.online else self.issued_year()

    def _parts_2025(self) -> list[str]:
        title = self.title()
        if self.kind.startswith("article-"):
            return [title, self.periodical()]
        if self.kind in _WEB:
            return [title, self.made_and_read()]
        if self.kind in _CONTAINED or self.get("container-title"):
            return [f"{title}//{self.container()}", self.edition_statement(), self.output_2025()]
        if self.kind == "paper-conference":
            where = _join(self.mark.comma, self.get("event-title"), self.year())
            return [f"{title}//{_join(self.mark.colon, where, self.get('page'))}"]
        if self.kind == "standard":
            return [_join("\u2003", self.get("number"), title)]
        if self.kind in ("article", "dataset"):
            return [title, self.version(), self.get("publisher") + self.made_and_read()]
        if self.kind not in ("book", "map", "patent", "report") and not self.get("publisher") and self.online:
            return [title, self.version(), self.made_and_read()]
        return [title, self.translators(), self.edition_statement(), self.output_2025()]

    def output_2025(self) -> str:
        if self.kind in ("patent", "report") and not self.get("publisher"):
            return _join(self.mark.colon, self.date(), self.get("page"))
        return self.published(self.year() or (f"[{self.year('accessed')}]" if self.item.get("accessed") else ""))

    def version(self) -> str:
        return f"V{self.get('version')}" if self.get("version") else ""

    def translators(self) -> str:
        names = self.names("translator")
        word = "译" if self.language == "zh" else "trans."
        return _join(self.mark.comma, names, word) if names else ""

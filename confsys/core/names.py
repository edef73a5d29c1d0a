"""People's names: given in parts, kept in parts, shown as their owners write them.

A name is never split from one string when its parts were given. Latin forms of Chinese names follow
GB/T 28039-2011 where the owner gives none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Surnames whose reading as a name differs from the common reading of the character.
SURNAME_READINGS = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren", "区": "ou", "盖": "ge",
    "朴": "piao", "尉": "wei", "乐": "yue", "华": "hua", "宁": "ning", "覃": "qin", "翟": "zhai", "冼": "xian",
    "员": "yun", "缪": "miao", "黑": "he", "秘": "bi", "折": "she", "召": "shao", "重": "chong", "种": "chong",
}  # fmt: skip
COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "夏侯",
        "端木",
        "独孤",
        "南宫",
        "长孙",
        "宇文",
        "轩辕",
        "呼延",
    ]
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def _syllables(text: str) -> list[str]:
    # The dictionary takes a second to load and most requests need no pinyin.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return list(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False))


@lru_cache(maxsize=20_000)
def pinyin_of(text: str, *, surname: bool = False) -> str:
    """Lower-case pinyin of Han text, syllables joined; other characters are kept."""
    if surname and text in SURNAME_READINGS:
        return SURNAME_READINGS[text]
    return "".join(_syllables(text))


def folded(text: str) -> str:
    """Text for comparing and searching: no case, no marks, typographic quotes made plain."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()


@dataclass(frozen=True, slots=True)
class PersonName:
    """``given`` and ``family`` in Latin script; ``native`` as written at home, family name first in Han.

    One-word names have only ``family``; an organisation standing as author likewise.
    """

    given: str = ""
    family: str = ""
    native: str = ""

    @property
    def latin(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part)

    def shown(self, locale: str) -> str:
        """For one reader: the native form to readers of Chinese, else the Latin one."""
        return (self.native or self.latin) if locale.startswith("zh") else (self.latin or self.native)

    @property
    def both(self) -> str:
        """Native and Latin together where both exist and differ: 张伟 (Wei Zhang)."""
        if self.native and self.latin and self.native != self.latin:
            return f"{self.native} ({self.latin})"
        return self.native or self.latin

    @property
    def initials(self) -> str:
        if self.native and has_han(self.native):
            return self.native[-2:]
        return "".join(part[0] for part in (self.given, self.family) if part).upper()

    @property
    def sort_key(self) -> str:
        """Order of a list: family, then given, in Latin letters (pinyin for Han names), without marks."""
        if self.family:
            return folded(f"{self.family}\x1f{self.given}")
        family, given = split_han(self.native)
        return folded(f"{pinyin_of(family, surname=True)}\x1f{pinyin_of(given)}")

    def __str__(self) -> str:
        return self.both

    def __bool__(self) -> bool:
        return bool(self.given or self.family or self.native)


def split_han(native: str) -> tuple[str, str]:
    """Family and given part of a Han name; only for reading aids, never stored as the owner's own split."""
    if not has_han(native):
        return native, ""
    length = 2 if native[:2] in COMPOUND_SURNAMES else 1
    return native[:length], native[length:]


def suggested_latin(native: str) -> tuple[str, str]:
    """(given, family) in pinyin as GB/T 28039-2011 writes them, to prefill a form the owner corrects."""
    family, given = split_han(native)
    written = ""
    for syllable in _syllables(given):
        written += ("'" if written and syllable[:1] in "aoe" else "") + syllable
    return written.capitalize(), pinyin_of(family, surname=True).capitalize()


_PARTICLES = frozenset(
    "af al bin da das de del della den der di do dos du el ibn la le los ’t 't te ten ter van vander von zu zur".split()  # noqa: SIM905  a list of words reads best as words
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_BOTH = re.compile(r"(?P<one>[^()（）]+)[（(](?P<two>[^()（）]+)[)）]")


def parted(text: str) -> PersonName:
    """A name that came as one string, parted as well as writing itself allows; its owner corrects the rest.

    ``Family, Given`` is taken at its word; ``张伟 (Wei Zhang)`` is two forms of one name; a single word, and Han
    text, stay whole.
    """
    text = " ".join(text.split())
    both = _BOTH.fullmatch(text)
    if both and has_han(both["one"]) != has_han(both["two"]):
        han, latin = (both["one"], both["two"]) if has_han(both["one"]) else (both["two"], both["one"])
        known = parted(latin)
        return PersonName(known.given, known.family, han.strip())
    if has_han(text):
        return PersonName(native=text.replace(" ", ""))
    if "," in text:
        family, _, given = (part.strip() for part in text.partition(","))
        if given.casefold() not in _SUFFIXES:
            return PersonName(given, family)
    words = text.split(" ")
    if len(words) < 2:
        return PersonName(family=text)
    last = len(words) - 1
    if words[last].casefold() in _SUFFIXES and last > 1:
        last -= 1
    while last > 1 and words[last - 1].casefold() in _PARTICLES:
        last -= 1
    return PersonName(" ".join(words[:last]), " ".join(words[last:]))

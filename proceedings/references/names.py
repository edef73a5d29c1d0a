"""Names of authors as GB/T 7714 sets them: family name first, initials without dots, three and then 等."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from proceedings.text import has_han

_SHOWN = 3


def people(values: Sequence[Mapping[str, Any]], language: str, comma: str, *, capitals: bool, full: bool) -> str:
    """A line of names.

    ``capitals`` sets Latin family names in capitals, ``full`` prints given names in pinyin whole.
    """
    names = [name(value, capitals=capitals, full=full) for value in values]
    names = [one for one in names if one]
    if len(names) > _SHOWN:
        names = [*names[:_SHOWN], "等" if language == "zh" else "et al."]
    return comma.join(names)


def name(value: Mapping[str, Any], *, capitals: bool, full: bool) -> str:
    """One name. An organisation or a name without parts (``literal``) is printed as it is."""
    if value.get("literal"):
        return str(value["literal"])
    family, given = str(value.get("family") or ""), str(value.get("given") or "")
    particle = str(value.get("non-dropping-particle") or value.get("dropping-particle") or "")
    if has_han(family + given):
        return family + given
    family = " ".join(part for part in (particle, family) if part)
    family = family.upper() if capitals else family
    given = given if full and value.get("pinyin") else initials(given, hyphens=full)
    return " ".join(part for part in (family, given, str(value.get("suffix") or "")) if part)


def initials(given: str, *, hyphens: bool) -> str:
    """``Jae-Rok`` → ``J R``, or ``J-R`` with ``hyphens``; particles in small letters stay."""
    parts = []
    for word in given.replace(".", ". ").split():
        if word.islower() and word.isalpha():
            parts.append(word)
            continue
        letters = [piece[0].upper() for piece in word.replace("–", "-").split("-") if piece]
        parts.append(("-" if hyphens else " ").join(letters))
    return " ".join(parts)

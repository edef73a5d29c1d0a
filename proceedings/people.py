"""A person as a volume prints one: name in parts, native form, affiliations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proceedings.sorting import family_length
from proceedings.text import NOTHING, Text, has_han, tidy


@dataclass(frozen=True)
class Person:
    """An author, editor or committee member.

    ``family`` and ``given`` are Latin letters, ``native_family`` and ``native_given`` the name in its own
    script. ``whole`` holds a name that came as one string and is never split: a one-word name, an
    organisation, or a string that nobody parted. ``key`` tells two people of one name apart; people with
    the same key are one.
    """

    given: str = ""
    family: str = ""
    native_given: str = ""
    native_family: str = ""
    whole: str = ""
    suffix: str = ""
    affiliations: tuple[Text, ...] = ()
    orcid: str = ""
    email: str = ""
    key: str = ""
    role: Text = NOTHING
    organisation: bool = False
    corresponding: bool = False

    @classmethod
    def of(cls, value: Any) -> Person:
        """From ``volume.json``.

        A string, or a mapping with given, family, native, affiliation, orcid, email and so on.
        """
        if isinstance(value, Person):
            return value
        if isinstance(value, str):
            name = tidy(value)
            return cls(native_family=name) if has_han(name) else cls(whole=name)
        return _from_mapping(value)

    @property
    def native(self) -> str:
        """Name in its own script, family first, or empty."""
        gap = "" if has_han(self.native_family + self.native_given) else " "
        return gap.join(part for part in (self.native_family, self.native_given) if part)

    @property
    def latin(self) -> str:
        """Name in Latin letters, given name first, or empty."""
        name = " ".join(part for part in (self.given, self.family) if part) or self.whole
        return f"{name} {self.suffix}" if name and self.suffix else name

    def display(self, language: str = "en") -> str:
        """The name as a line of authors in ``language`` prints it."""
        return (self.native or self.latin) if language == "zh" else (self.latin or self.native)

    def both(self) -> str:
        """Both forms: ``汪浩 (Hao Wang)``, or the one there is."""
        return f"{self.native} ({self.latin})" if self.native and self.latin else self.native or self.latin

    def inverted(self) -> str:
        """``Family, Given`` for lists that put the family name first; a whole name stays whole."""
        if not self.family:
            return self.latin or self.native
        tail = ", ".join(part for part in (self.given, self.suffix) if part)
        return f"{self.family}, {tail}" if tail else self.family


def _from_mapping(value: Mapping[str, Any]) -> Person:
    def text(name: str) -> str:
        return tidy(str(value.get(name) or ""))

    native = value.get("native") or {}
    if isinstance(native, str):
        native = _part(tidy(native), text("family"))
    given, family = text("given"), text("family")
    whole = text("name")
    if whole and has_han(whole) and not native:
        native, whole = _part(whole, family), ""
    if given and not family and not native:  # a one-word name: Prabhat, Mausam
        given, whole = "", given
    places = value.get("affiliations", value.get("affiliation")) or ()
    places = places if isinstance(places, list | tuple) else [places]
    return Person(
        given=given,
        family=family,
        native_given=tidy(native.get("given") or ""),
        native_family=tidy(native.get("family") or ""),
        whole="" if family else whole,
        suffix=text("suffix"),
        affiliations=tuple(place for place in map(Text.of, places) if place),
        orcid=text("orcid").rsplit("/", 1)[-1].upper(),
        email=text("email"),
        key=text("key"),
        role=Text.of(value.get("role")),
        organisation=value.get("kind") == "organisation",
        corresponding=bool(value.get("corresponding")),
    )


def _part(native: str, family: str) -> dict[str, str]:
    """Parts of a native name given as one string, where the writing itself shows them."""
    if " " in native:
        first, _, rest = native.partition(" ")
        return {"family": first, "given": rest.replace(" ", "") if has_han(rest) else rest}
    return {"family": native} if not has_han(native) else _part_han(native, family)


def _part_han(native: str, family: str) -> dict[str, str]:
    length = family_length(native, family)
    return {"family": native[:length], "given": native[length:]}

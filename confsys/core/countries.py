"""Countries as people write them: by name in either language, kept as two letters (ISO 3166-1)."""

from __future__ import annotations

from functools import cache

from babel import Locale

from confsys.core.i18n import current_locale
from confsys.core.names import folded

_LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
_OTHER_NAMES = {
    "usa": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB", "great britain": "GB",
    "prc": "CN", "p.r. china": "CN", "people's republic of china": "CN", "中华人民共和国": "CN", "korea": "KR",
    "south korea": "KR", "the netherlands": "NL", "turkey": "TR", "czech republic": "CZ",
    "russian federation": "RU", "英国": "GB", "hong kong": "HK", "macao": "MO", "macau": "MO", "taiwan": "TW",
    "香港": "HK", "澳门": "MO", "台湾": "TW",
}  # fmt: skip


@cache
def names(locale: str) -> dict[str, str]:
    """{code: name} in one language, by name."""
    territories = Locale.parse(_LOCALES[locale]).territories
    known = {
        code: str(name) for code, name in territories.items() if len(code) == 2 and code.isalpha() and code != "ZZ"
    }
    return dict(sorted(known.items(), key=lambda item: folded(item[1])))


@cache
def _codes() -> dict[str, str]:
    found = {folded(name): code for locale in _LOCALES for code, name in names(locale).items()}
    found.update({folded(name): code for name, code in _OTHER_NAMES.items()})
    found.update({code.casefold(): code for code in names("en")})
    return found


def code_of(text: str) -> str | None:
    """The code of a country given by code or name; "" for nothing typed, None for a name nobody knows."""
    text = " ".join(text.split())
    return _codes().get(folded(text)) if text else ""


def name_of(code: str, locale: str | None = None) -> str:
    """The name for a reader, or the code itself."""
    return names(locale or current_locale()).get(code, code)

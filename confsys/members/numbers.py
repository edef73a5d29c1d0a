"""Member numbers: three characters of the society, a stem of seven digits for life, one letter of the class.

The stem stays when the class changes, so the two are kept apart and only put together for the eye.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CODE = re.compile(r"[A-Z]\d{2}", re.ASCII)
LETTER = re.compile(r"[A-Z]")
LAST_STEM = 9_999_999
_NUMBER = re.compile(r"([A-Z]\d{2})(\d{7})([A-Z])", re.ASCII)


@dataclass(frozen=True, slots=True)
class MemberNumber:
    code: str
    stem: int
    letter: str

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code) or not LETTER.fullmatch(self.letter) or not 0 < self.stem <= LAST_STEM:
            raise ValueError(f"not a member number: {self.code!r} {self.stem!r} {self.letter!r}")

    def __str__(self) -> str:
        return f"{self.code}{self.stem:07d}{self.letter}"


def parsed(text: str) -> MemberNumber:
    """The number as somebody typed it, full-width too; raises ValueError. It names a member and proves nothing."""
    match = _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", text).split()).upper())
    if match is None:
        raise ValueError(text)
    return MemberNumber(match[1], int(match[2]), match[3])

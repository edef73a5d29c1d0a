"""统一社会信用代码 (GB 32100-2015): its shape and its check digit."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def normalized(text: str) -> str:
    """As people paste it: full-width letters, blanks and small letters made plain."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def well_shaped(code: str) -> bool:
    return bool(_SHAPE.fullmatch(code))


def check_digit(code: str) -> str:
    """The last character that the first seventeen call for."""
    total = sum(ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
    return ALPHABET[(31 - total % 31) % 31]


def checks(code: str) -> bool:
    """Whether the check digit fits. A few codes in real use do not, so this is a question and never a refusal."""
    return check_digit(code) == code[17]

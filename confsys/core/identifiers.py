"""Identifiers with check digits, and codes of our own making."""

from __future__ import annotations

import re
import secrets

#: No look-alikes: a person reads these codes over the telephone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])")


def new_code(length: int = 8) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def new_token() -> str:
    """An unguessable secret for a link; only its hash is stored."""
    return secrets.token_urlsafe(32)


def orcid(text: str) -> str:
    """The ORCID iD as ``0000-0002-1825-0097``; raises ValueError when malformed (ISO 7064 MOD 11-2)."""
    match = _ORCID.fullmatch(text.strip().upper().removeprefix("HTTPS://ORCID.ORG/"))
    if not match:
        raise ValueError("shape")
    digits = "".join(match.groups())
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise ValueError("checksum")
    return "-".join(match.groups())

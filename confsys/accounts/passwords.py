"""Passwords: Argon2id, and the few that are refused."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY
from flask import Flask, current_app

from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l

SHORTEST = 10
LONGEST = 200
#: Long enough and still the first a thief tries.
COMMON = frozenset({
    "1234567890", "0123456789", "12345678910", "123456789a", "qwertyuiop", "1q2w3e4r5t", "q1w2e3r4t5", "password12",
    "password123", "password1234", "passw0rd123", "adminadmin", "administrator", "iloveyou123", "woaini1314",
    "woaini1314520", "aa123456789", "abc123456789", "asdfghjkl1", "zxcvbnm123", "1qaz2wsx3edc", "qazwsxedcrfv",
    "letmein123", "welcome123", "changeme123", "5201314520",
})  # fmt: skip


def configure(app: Flask) -> None:
    """Tests hash cheaply: they prove what is hashed, not how slowly."""
    profile = CHEAPEST if app.extensions["settings"].mode == "tests" else RFC_9106_LOW_MEMORY
    hasher = PasswordHasher.from_parameters(profile)
    app.extensions["passwords"] = hasher
    app.extensions["password_decoy"] = hasher.hash("nobody has this password")


def _hasher() -> PasswordHasher:
    hasher: PasswordHasher = current_app.extensions["passwords"]
    return hasher


def hashed(password: str) -> str:
    return _hasher().hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Whether the password is right. Takes as long when there is no hash: the answer's time tells nothing."""
    try:
        _hasher().verify(password_hash or current_app.extensions["password_decoy"], password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def outdated(password_hash: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)


def demand_strong(password: str, *own_words: str, field: str = "password") -> None:
    """Raise Invalid for a password that is short, common or made from the owner's own words."""
    lowered = password.lower()
    if len(password) < SHORTEST:
        raise Invalid(**{field: _l("Please choose at least 10 characters. A short sentence is easy to remember.")})
    if len(password) > LONGEST:
        raise Invalid(**{field: _l("Please choose at most 200 characters.")})
    if lowered in COMMON or len(set(lowered)) < 5:
        raise Invalid(**{field: _l("This password is among the first that are tried. Please choose another.")})
    if any(len(word) >= 5 and word.lower() in lowered for word in own_words):
        raise Invalid(**{field: _l("Please choose a password without your own name or address in it.")})

"""Who is who on a programme: the same person at two talks is one person, known by account, by address or by name."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from confsys.core.names import PersonName, folded


def identity(person_id: int | None, email: str, name: PersonName, origin: str = "") -> str:
    """An opaque text that is equal for one person. Never shown: it may hold an address."""
    if person_id is not None:
        return f"person:{person_id}"
    if email:
        return f"mail:{email}"
    if origin:
        return f"origin:{origin}"
    return f"name:{folded(name.family)}|{folded(name.given)}|{name.native}"


def public_key(event_id: int, who: str) -> str:
    """The identity as the public sees it in addresses: stable for the event, and says nothing about the person."""
    return uuid5(NAMESPACE_URL, f"programme:{event_id}:{who}").hex[:12]


class Directory:
    """Identities of one event, with an address that belongs to a known person counted as that person."""

    def __init__(self, person_by_email: Mapping[str, int]) -> None:
        self._person_by_email = person_by_email

    def identity(self, person_id: int | None, email: str, name: PersonName, origin: str = "") -> str:
        known = person_id if person_id is not None else self._person_by_email.get(email)
        return identity(known, email, name, origin)

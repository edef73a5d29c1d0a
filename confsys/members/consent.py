"""The fields of the directory, and who may read one. A field nobody consented to is absent, not empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.members.states import Audience

FIELDS: dict[str, Lazy] = {
    "name": _l("Name and class"),
    "affiliation": _l("Where you work"),
    "branch": _l("Your branch"),
    "expertise": _l("What you know well"),
    "honours": _l("Your honours"),
    "email": _l("E-mail"),
    "card": _l("Your name, to whoever checks your card"),
}
#: The card is checked by anybody at a door: there is nothing between everybody and nobody.
YES_OR_NO = frozenset({"card"})
_REACH = {Audience.PUBLIC: 0, Audience.MEMBERS: 1}


def reads(reader: Audience, consent: Mapping[str, Any], field: str) -> bool:
    """Whether a reader (``PUBLIC``: anybody, ``MEMBERS``: a member) may read a field."""
    given = Audience(consent.get(field, Audience.NOBODY))
    return given is not Audience.NOBODY and _REACH[given] <= _REACH[reader]


def enough(reader: Audience) -> list[str]:
    """The consents that let a reader read, as they stand in the database."""
    return [Audience.PUBLIC.value] if reader is Audience.PUBLIC else [Audience.PUBLIC.value, Audience.MEMBERS.value]

"""How lists of this room find people by what is typed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_

from confsys.accounts.models import Person
from confsys.core.listing import like
from confsys.core.names import folded


def named_like(text: str) -> ColumnElement[bool]:
    """People whose name holds every word, in Latin letters or in their own script."""
    latin = [
        or_(func.lower(Person.given).like(like(word), escape="\\"), Person.sort_key.like(like(word), escape="\\"))
        for word in folded(text).split()
    ]
    native = Person.native.like(like(text.replace(" ", "")), escape="\\")
    return or_(native, and_(*latin)) if latin else native

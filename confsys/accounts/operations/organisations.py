"""Organisations: found by what people type, or made."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from confsys.accounts.lookup import lookup_key, lookup_of
from confsys.accounts.models import Organisation
from confsys.core.db import db
from confsys.core.listing import like
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han
from confsys.core.operation import operation

_BATCH = 200


@operation
def organisation_for(name: str) -> Organisation:
    """The organisation of a name: found by name or alias, or made."""
    return organisations_for([name])[name]


@operation
def organisations_for(names: Iterable[str]) -> dict[str, Organisation]:
    """Name as given -> organisation, found or made, with one query for every two hundred names."""
    keys = {name: lookup_key(name) for name in names}
    known = _known(sorted(set(keys.values())))
    for name, key in keys.items():
        if key not in known:
            shown = " ".join(name.split())[:300]
            text = LocalizedText(zh=shown) if has_han(shown) else LocalizedText(en=shown)
            known[key] = Organisation(name=text, lookup=lookup_of([shown]))
            db.session.add(known[key])
    db.session.flush()
    return {name: known[key] for name, key in keys.items()}


def _known(keys: list[str]) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        lines = [Organisation.lookup.like(like(f"\n{key}\n"), escape="\\") for key in batch]
        for row in db.session.scalars(select(Organisation).where(or_(*lines)).order_by(Organisation.id.desc())):
            found.update((key, row) for key in row.lookup.strip().split("\n") if key in batch)
    return found

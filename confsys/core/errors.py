"""Failures a person can understand. Nothing here is a programming error."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from confsys.core.i18n import Lazy


class Invalid(Exception):
    """The input cannot be taken. ``fields`` maps a field's name to its sentence; "" is the whole form."""

    def __init__(self, message: Lazy | str = "", **fields: Lazy | str) -> None:
        self.fields: dict[str, Lazy | str] = {**({"": message} if message else {}), **fields}
        super().__init__("; ".join(str(text) for text in self.fields.values()))


class StaleVersion(Exception):
    """Somebody else changed the row since the page was shown. Nothing was saved."""

    def __init__(self, row: Any = None, seen: int | None = None) -> None:
        super().__init__("stale version")
        self.row = row
        self.seen = seen


#: Sentences for named constraints that two people can hit at the same moment.
_SENTENCES: dict[str, Lazy | str] = {}


def constraint_says(name: str, sentence: Lazy | str) -> None:
    """Give the sentence for a named constraint; called by the room that owns the table."""
    _SENTENCES[name] = sentence


def _named(error: IntegrityError) -> str:
    """The constraint that was violated. SQLite names columns for UNIQUE, so both spellings are looked up."""
    diagnostic = getattr(error.orig, "diag", None)
    if diagnostic is not None and diagnostic.constraint_name:
        return str(diagnostic.constraint_name)
    text = str(error.orig)
    _, _, tail = text.partition("constraint failed: ")
    if "." not in tail:
        return tail
    table = tail.split(".", 1)[0]
    columns = "_".join(part.split(".")[-1].strip() for part in tail.split(","))
    return f"uq_{table}_{columns}"


def explained(error: IntegrityError) -> Exception:
    """The sentence of the constraint, or the error itself when no person could have caused it."""
    sentence = _SENTENCES.get(_named(error))
    return Invalid(sentence) if sentence else error

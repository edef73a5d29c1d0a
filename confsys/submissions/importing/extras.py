"""What later rooms take from the same file: reviews, decisions, reviewers. Each registers itself at start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.i18n import Lazy
from confsys.events.models import Event
from confsys.submissions.importing.rows import ImportFile, RowProblem, Taken


@dataclass(frozen=True, slots=True)
class Extra:
    """``check`` looks at the file before anything is written; ``apply`` runs inside the import's one transaction.

    ``apply`` gets the papers that were taken and returns how many things it made.
    """

    name: str
    option: str
    label: Lazy | str
    check: Callable[[Event, ImportFile], Sequence[RowProblem]]
    apply: Callable[[Event, ImportFile, Sequence[Taken], Actor, datetime], int]


_extras: dict[str, Extra] = {}


def register(extra: Extra) -> None:
    """Add an extra; call it where the room's feature is made."""
    _extras[extra.name] = extra


def known() -> list[Extra]:
    return list(_extras.values())


def chosen(names: Sequence[str]) -> list[Extra]:
    """Extras by name, in the order in which they were registered; unknown names are left out."""
    return [extra for name, extra in _extras.items() if name in names]

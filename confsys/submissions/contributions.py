"""What later rooms add to an author's page of a paper and to "Your papers": steps, the next thing to do, parts.

A room registers one function at start. It is asked once for all papers on a page, never once for each::

    contribute(lambda viewer, papers, at: {paper.id: Addition(steps=[Step("final", _l("Final"), "todo")])})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from confsys.core.i18n import Lazy
from confsys.core.viewer import Viewer
from confsys.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Step:
    """``state``: done, current, todo, wrong or skipped. ``order``: its place; this room's own are 10 to 40."""

    key: str
    label: Lazy | str
    state: str
    note: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class NextThing:
    """What the authors should do now. Of several the most ``urgent`` (lowest number) is shown."""

    text: Lazy | str
    button: Lazy | str = ""
    href: str = ""
    due: datetime | None = None
    urgent: int = 50


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the author's page below the paper: a template that gets ``values`` and the ``page``."""

    key: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True, slots=True)
class Addition:
    """What one room says of one paper to its authors. It must hold nothing that they may not know."""

    steps: Sequence[Step] = ()
    next: NextThing | None = None
    parts: Sequence[Part] = ()


#: viewer, papers (event, authors and files loaded), at -> additions by id of the submission
Contributor = Callable[[Viewer, Sequence[Submission], datetime], Mapping[int, Addition]]
_contributors: list[Contributor] = []


def contribute(contributor: Contributor) -> Contributor:
    """Register a room's function; call it where the room's feature is made."""
    _contributors.append(contributor)
    return contributor


def additions(viewer: Viewer, papers: Sequence[Submission], at: datetime) -> dict[int, list[Addition]]:
    """What all rooms say of these papers, by id."""
    found: dict[int, list[Addition]] = {paper.id: [] for paper in papers}
    for contributor in _contributors:
        for paper_id, addition in contributor(viewer, papers, at).items():
            found[paper_id].append(addition)
    return found

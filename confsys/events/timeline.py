"""Where the stages of an event stand against the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from confsys.core.formatting import moment
from confsys.core.i18n import Lazy
from confsys.core.i18n import gettext as _
from confsys.core.registry import features as installed
from confsys.core.stages import Phase, Window
from confsys.events.models import Stage
from confsys.events.states import STAGE_ROOMS, StageKind
from confsys.events.words import STAGE_SENTENCES, STAGES

#: Stages that only those who review care for: the public page leaves them out.
INNER = frozenset({StageKind.BIDDING, StageKind.DISCUSSION})
CHAIN = {kind: position for position, kind in enumerate(StageKind)}


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage as pages show it."""

    kind: StageKind
    label: Lazy | str
    sentence: Lazy | str
    window: Window
    phase: Phase
    anywhere: bool

    @property
    def is_days(self) -> bool:
        """The event itself is told in days, not in hours."""
        return self.kind is StageKind.EVENT

    @property
    def next_moment(self) -> datetime | None:
        """What happens next in it: it opens, it is due, the door closes. None when all is over."""
        if self.phase is Phase.BEFORE:
            return self.window.opens
        if self.phase is Phase.OPEN:
            return self.window.due
        return self.window.closes if self.phase is Phase.GRACE else None


def usable(features: Sequence[str]) -> list[str]:
    """The rooms among ``features`` that are part of this installation."""
    known = {feature.name for feature in installed()}
    return [name for name in features if name in known]


def kinds_in_use(features: Sequence[str]) -> list[StageKind]:
    """Stages of the rooms in use, and those that belong to no room, in the order of the chain."""
    on = usable(features)
    return [kind for kind in StageKind if kind not in STAGE_ROOMS or STAGE_ROOMS[kind].value in on]


def stage_lines(stages: Sequence[Stage], features: Sequence[str], at: datetime) -> list[StageLine]:
    """The stages in use, in the order of the chain. A stage of a room that is off is left out."""
    in_use = kinds_in_use(features)
    lines = [
        StageLine(s.kind, STAGES[s.kind], STAGE_SENTENCES[s.kind], s.window, s.window.phase(at), s.anywhere)
        for s in stages
        if s.kind in in_use
    ]
    return sorted(lines, key=lambda line: CHAIN[line.kind])


def public_lines(stages: Sequence[Stage], features: Sequence[str], at: datetime) -> list[StageLine]:
    return [line for line in stage_lines(stages, features, at) if line.kind not in INNER]


def strip(lines: Sequence[StageLine], zone: str, hrefs: dict[StageKind, str] | None = None) -> list[dict[str, object]]:
    """The lines in the form the ``strip`` macro draws."""
    return [
        {
            "label": line.label,
            "state": line.phase.value,
            "when": _when(line, zone),
            "href": (hrefs or {}).get(line.kind),
        }
        for line in lines
    ]


def _when(line: StageLine, zone: str) -> str:
    window = line.window
    if line.phase is Phase.BEFORE:
        return _("opens %(when)s", when=moment(window.opens, zone=zone))
    if line.phase is Phase.OPEN and window.due is not None:
        return _("until %(when)s", when=moment(window.due, zone=zone))
    if line.phase is Phase.GRACE:
        return _("late work until %(when)s", when=moment(window.closes, zone=zone))
    if line.phase is Phase.CLOSED:
        return _("closed %(when)s", when=moment(window.closes or window.due, zone=zone))
    return ""

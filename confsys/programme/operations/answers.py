"""What those on the programme tell the organisers: when they cannot be there, what they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import demand
from confsys.core.operation import expect_version, operation
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.programme.models import PresenterAnswer
from confsys.programme.queries.mine import answer_of
from confsys.programme.rules import may_answer


@dataclass(frozen=True, slots=True)
class Whereabouts:
    away: Sequence[tuple[datetime, datetime]] = ()
    remote: bool = False
    zone: str = ""
    equipment: Sequence[str] = ()
    note: str = ""


@operation
def tell(
    event: Event, told: Whereabouts, *, version: int | None, viewer: Viewer, actor: Actor, at: datetime
) -> PresenterAnswer:
    """Keep what the viewer says of themselves; a later word replaces an earlier one."""
    demand(may_answer(viewer.person_id or 0, viewer))
    answer = answer_of(event.id, viewer.person_id)
    if answer is None:
        answer = PresenterAnswer(event_id=event.id, person_id=viewer.person_id)
    else:
        expect_version(answer, version)
    answer.away = [[since.isoformat(), until.isoformat()] for since, until in told.away]
    answer.remote, answer.zone = told.remote, told.zone if told.remote else ""
    answer.equipment, answer.note, answer.answered_at = list(told.equipment), told.note.strip()[:1000], at
    record("presenter.tell", answer, actor=actor, at=at, event_id=event.id, name=viewer.name.both)
    return answer

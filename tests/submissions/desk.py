"""What tests of this room do again and again: an event with an open call, content, a contact's standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import g

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.context import standing_in
from confsys.events.models import Event, Stage
from confsys.events.standing import EventStanding
from confsys.events.states import StageKind
from confsys.submissions import operations
from confsys.submissions.content import AuthorContent, PaperContent
from confsys.submissions.models import Submission
from tests import factories

NO_FILE = {"submissions": {"file_required": False}}


def open_call(*, due_in: int = 7, grace_hours: int = 2, **columns: Any) -> Event:
    """An event whose call is open and asks for no file unless told otherwise."""
    event = factories.event(**{"options": NO_FILE, **columns})
    factories.stage(event, StageKind.CALL, due_in=due_in, grace_hours=grace_hours)
    return event


def move_call(event: Event, **shift: Any) -> None:
    """Move the call's end; ``days=-8`` puts a call due in a week into the past."""
    stage: Stage = event.stages[0]
    assert stage.due is not None
    assert stage.closes is not None
    by = timedelta(**shift)
    stage.due, stage.closes, stage.opens = stage.due + by, stage.closes + by, stage.opens + by  # type: ignore[operator]
    factories.saved(stage)


def standing(event: Event, someone: Person) -> EventStanding:
    """As a request would find it now."""
    g.pop("now", None)
    return standing_in(event, factories.viewer(someone))


def author(given: str = "Mei", family: str = "Lin", native: str = "林梅", **values: Any) -> AuthorContent:
    filled: dict[str, Any] = {
        "name": PersonName(given, family, native),
        "email": f"{given}.{family}@example.org".lower(),
        "affiliation": LocalizedText("Example University", "示例大学"),
    }
    return AuthorContent(**{**filled, **values})


def content(*authors: AuthorContent, **values: Any) -> PaperContent:
    """A complete paper."""
    filled: dict[str, Any] = {
        "title": LocalizedText("On Order", "论秩序"),
        "abstract": LocalizedText("We show it.", "本文证明之。"),
        "keywords": {"en": ("order",), "zh": ("秩序",)},
        "authors": authors or (author(corresponding=True, contact=True, presenter=True),),
    }
    return PaperContent(**{**filled, **values})


def of(someone: Person, **values: Any) -> AuthorContent:
    """The line of somebody with an account."""
    marks = {"corresponding": True, "contact": True, "presenter": True}
    return author(someone.given, someone.family, someone.native, email=someone.emails[0].address, **{**marks, **values})


def started(event: Event, someone: Person) -> Submission:
    at = clock.now()
    title = PaperContent(title=LocalizedText("On Order", ""))
    here = standing(event, someone)
    return operations.start(event, title, standing=here, actor=here.viewer.actor, at=at)


def saved(paper: Submission, someone: Person, what: PaperContent, **values: Any) -> tuple[str, ...]:
    here = standing(paper.event, someone)
    given = {"version": paper.version, "actor": here.viewer.actor, "at": clock.now()}
    return operations.save(paper, what, standing=here, **{**given, **values})


def submitted(event: Event, someone: Person, what: PaperContent | None = None) -> Submission:
    paper = started(event, someone)
    what = what or content(of(someone))
    rows = tuple(replace(line, id=paper.authors[0].id) if n == 0 else line for n, line in enumerate(what.authors))
    saved(paper, someone, replace(what, authors=rows))
    submit(paper, someone)
    return paper


def submit(paper: Submission, someone: Person) -> None:
    here = standing(paper.event, someone)
    operations.submit(paper, standing=here, actor=here.viewer.actor, at=clock.now())

"""What this room brings into the house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask

from confsys.core.actor import Actor
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Feature
from confsys.programme import filters
from confsys.programme import jobs as _jobs
from confsys.programme.commands import import_group
from confsys.programme.contributions import actions, home, navigation, overview
from confsys.programme.operations.papers import follow_paper
from confsys.programme.reporting import report
from confsys.programme.sample import tell
from confsys.programme.views import desk, site
from confsys.submissions import signals
from confsys.submissions.models import Submission


def setup(app: Flask) -> None:
    """Listen to the papers: an accepted one comes onto the programme, a withdrawn one leaves."""
    filters.configure(app)
    signals.outcome_released.connect(_follow)
    signals.withdrawn.connect(_follow)


def _follow(paper: Submission, *, actor: Actor, at: datetime, **_more: Any) -> None:
    follow_paper(paper.event, paper, actor=actor, at=at)


feature = Feature(
    name="programme",
    blueprints=[desk, site],
    navigation=navigation,
    actions=actions,
    home=home,
    overview=overview,
    report=report,
    commands=[import_group],
    sample=tell,
    setup=setup,
    sentences={
        "room.add": _l("added the room %(name)s"),
        "room.change": _l("changed the room %(name)s"),
        "room.order": _l("moved the room %(name)s among the columns"),
        "room.remove": _l("removed the room %(name)s"),
        "session.add": _l("added the session “%(title)s”"),
        "session.change": _l("changed the session “%(title)s”"),
        "session.place": _l("moved the session “%(title)s”"),
        "session.swap": _l("exchanged the places of “%(title)s” and “%(other)s”"),
        "session.pin": _l("fixed the session “%(title)s” where it is"),
        "session.unpin": _l("let the session “%(title)s” be moved again"),
        "session.remove": _l("removed the session “%(title)s”"),
        "talk.add": _l("added the talk “%(title)s”"),
        "talk.change": _l("changed the talk “%(title)s”"),
        "talk.place": _l("placed the talk “%(title)s”"),
        "talk.remove": _l("removed the talk “%(title)s”"),
        "talk.from_paper": _l("paper %(number)s came onto the programme"),
        "talk.paper_left": _l("“%(title)s” left the programme with its paper"),
        "duty.propose": _l("pencilled %(person)s in for “%(session)s”"),
        "duty.ask": _l("asked %(person)s for “%(session)s”"),
        "duty.accept": _l("%(person)s said yes to “%(session)s”"),
        "duty.decline": _l("%(person)s said no to “%(session)s”"),
        "duty.withdraw": _l("took %(person)s off “%(session)s”"),
        "presenter.tell": _l("%(name)s told when they cannot be there"),
        "programme.undo": _l("took a step of the timetable back"),
        "programme.redo": _l("did a step of the timetable again"),
        "programme.booklet": _l("had a booklet of version %(number)s set"),
        "programme.release": _l("released version %(number)s of the programme"),
        "programme.letters_sent": _l("sent %(count)s letters about version %(number)s"),
        "programme.letters_discarded": _l("discarded %(count)s drafts about version %(number)s"),
        "programme.import": _l("brought in “%(title)s”: %(added)s new items"),
        "room.lost": _l("noted that the room %(name)s cannot be used for a while"),
        "presenter.lost": _l("noted that %(name)s cannot be there for a while"),
        "presenter.found": _l("took the absence of %(name)s back"),
        "presenters.ask": _l("asked those with a talk whether they come: %(count)s letters"),
        "talk.confirm": _l("“%(title)s” was confirmed"),
        "talk.decline": _l("“%(title)s” will not be given"),
        "plan.open": _l("began a plan of the timetable"),
        "plan.stop": _l("stopped the search of a plan"),
        "plan.move": _l("tried another place in a plan"),
        "plan.accept": _l("made a plan the timetable: %(count)s items moved"),
        "plan.discard": _l("discarded a plan of the timetable"),
        "own_calendar.open": _l("made an address for the calendar of their own programme"),
        "own_calendar.close": _l("closed the calendar of their own programme"),
        "programme.rules": _l("changed the rules of the timetable"),
    },
    constraints={
        "uq_duty_session_id_person_id_role": _l("This person is already part of the session."),
        "uq_release_event_id_number": _l("Somebody has just released the programme. Look at the changes again."),
    },
)

#: Jobs register by being imported.
__all__ = ["_jobs", "feature"]

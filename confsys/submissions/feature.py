"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Flask, url_for

from confsys.accounts import signals as accounts
from confsys.core.formatting import deadline, tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Action, Card, Feature, Figure, NavItem, Panel, Section
from confsys.core.stages import Phase
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.events.states import StageKind
from confsys.submissions import jobs, rules
from confsys.submissions.commands import import_group
from confsys.submissions.operations.linking import on_email_verified
from confsys.submissions.queries.figures import by_state
from confsys.submissions.queries.own import has_own, own_papers
from confsys.submissions.queries.records import paper_href
from confsys.submissions.reporting import report
from confsys.submissions.sample import tell
from confsys.submissions.sentences import SENTENCES
from confsys.submissions.views import bp, mine
from confsys.submissions.wording import STATE_TONES, STATE_WORDS


def navigation(page: EventPage) -> Iterable[NavItem]:
    """Words of an event's navigation for this viewer."""
    if not page.standing.on(Room.SUBMISSIONS):
        return
    slug = page.event.slug
    if rules.may_start(page.standing):
        yield NavItem(_l("Submit a paper"), url_for("submissions.new", slug=slug), "submissions.new", order=30)
    if has_own(page.viewer, page.event.id):
        yield NavItem(_l("Your papers"), url_for("submissions.of_event", slug=slug), "submissions.of_event", order=31)
    if rules.may_list(page.standing):
        yield NavItem(_l("Papers"), url_for("submissions.papers", slug=slug), "submissions.papers", "papers", order=10)


def actions(page: EventPage) -> Iterable[Action]:
    """While the call is open, a paper is what a visitor would bring; signing in comes on the way."""
    standing, call = page.standing, page.standing.window(StageKind.CALL)
    if standing.on(Room.SUBMISSIONS) and standing.phase(StageKind.CALL) is Phase.OPEN:
        note = deadline(call.due, zone=page.event.zone) if call.due else ""
        yield Action(_l("Submit a paper"), url_for("submissions.new", slug=page.event.slug), note, order=10)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    """ "Your papers": each with its state and the one thing to do next."""
    cards = []
    for own in own_papers(viewer, at, recent_only=True):
        paper, thing = own.paper, own.record.next
        cards.append(
            Card(
                title=tx(paper.title), href=paper_href(paper), state=str(STATE_WORDS[paper.state]),
                state_tone=STATE_TONES[paper.state], next_step=str(thing.text) if thing else "",
                button=str(thing.button) if thing else "", button_href=thing.href if thing else "",
                due=thing.due if thing else None, event_name=tx(paper.event.name),
            )
        )  # fmt: skip
    if cards:
        more = url_for("my_papers.all_papers")
        yield Section("your-papers", _l("Your papers"), cards, order=10, more_href=more)


def overview(page: EventPage) -> Iterable[Panel]:
    """How many papers are in which state; every number opens its list."""
    if not rules.may_list(page.standing):
        return
    counts = by_state(page.standing)
    slug = page.event.slug
    figures = [Figure(_l("Papers"), sum(counts.values()), url_for("submissions.papers", slug=slug))]
    figures += [
        Figure(STATE_WORDS[state], n, url_for("submissions.papers", slug=slug, q=f"state:{state.value}"))
        for state, n in counts.items()
    ]
    yield Panel("papers", _l("Papers"), figures, order=20)


def setup(_app: Flask) -> None:
    accounts.email_verified.connect(on_email_verified)


__all__ = ["feature", "jobs"]

feature = Feature(
    name="submissions",
    sample=tell,
    blueprints=(bp, mine),
    navigation=navigation,
    actions=actions,
    home=home,
    overview=overview,
    report=report,
    sentences=SENTENCES,
    commands=(import_group,),
    constraints={
        "uq_submission_event_id_number": _l("Somebody else submitted at the same moment. Please try again."),
        "uq_paper_file_submission_id_kind_number": _l("Somebody else uploaded at the same moment. Please try again."),
        "uq_conflict_submission_id_person_id_kind": _l("This conflict of interest was set a moment ago."),
    },
    setup=setup,
)

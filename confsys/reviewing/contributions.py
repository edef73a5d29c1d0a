"""What this room adds to other rooms' pages: navigation, the home pages, the overview, an author's page of a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from flask import url_for

from confsys.core.formatting import tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.i18n import ngettext
from confsys.core.registry import Card, Figure, NavItem, Panel, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.events.states import StageKind
from confsys.reviewing import rules
from confsys.reviewing.operations.notes import review_due
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries import board, conflicts, delegations, mine
from confsys.reviewing.queries.mine import told_of
from confsys.reviewing.queries.missing import missing
from confsys.reviewing.wording import REVIEW_TONES, REVIEW_WORDS
from confsys.submissions.contributions import Addition, NextThing, Part, Step
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState


def navigation(page: EventPage) -> Iterator[NavItem]:
    """Words for reviewers, and the group "Review" for chairs."""
    standing = page.standing
    if not standing.on(Room.REVIEWING):
        return
    slug = page.event.slug
    if rules.may_be_asked(standing):
        yield NavItem(_l("Your reviews"), url_for("reviews.index", slug=slug), "reviews.index", order=40)

    def item(label: object, endpoint: str, order: int) -> NavItem:
        return NavItem(str(label), url_for(endpoint, slug=slug), endpoint, group="review", order=order)

    if rules.may_chair_reviews(standing):
        yield item(_("Reviews"), "reviewing.overview", 10)
    if rules.may_build_committee(standing):
        yield item(_("Committee"), "reviewing.members", 20)
    if rules.may_chair_reviews(standing):
        yield item(_("Conflicts of interest"), "reviewing.conflict_list", 30)
        yield item(_("Missing reviews"), "reviewing.late", 50)
    if rules.may_steer_reviews(standing):
        yield item(_("Assign reviewers"), "reviewing.run_list", 40)
        yield item(_("Release decisions"), "reviewing.letter_list", 60)
        yield item(_("Rules of the review"), "reviewing.settings", 70)


def home(viewer: Viewer, at: datetime) -> Iterator[Section]:
    """A reviewer's work over all events: what is left by due date and length, or thanks."""
    tasks = mine.tasks(viewer)
    if not tasks:
        return
    left = [task for task in tasks if not task.is_done]
    if left:
        yield Section("reviews", _l("Your reviews"), [_card(task) for task in left], order=10)
        return
    recent = [task for task in tasks if task.event.state.value != "archived"]
    if recent:
        count = len(recent)
        thanks = ngettext("%(num)s review is in. Thank you.", "%(num)s reviews are in. Thank you.", count)
        yield Section("reviews", _l("Your reviews"), [], order=40, empty=thanks)


def _card(task: mine.Task) -> Card:
    address = url_for("reviews.show", slug=task.event.slug, number=task.number)
    pages = [ngettext("%(num)s page", "%(num)s pages", task.pages)] if task.pages else []
    return Card(
        title=tx(task.title), href=address, state=str(REVIEW_WORDS[task.review]) if task.review else _("to review"),
        state_tone=REVIEW_TONES[task.review] if task.review else "open", due=task.due, facts=pages,
        next_step=_("Go on with your draft.") if task.review else _("Read the paper and write your review."),
        button=_("Go on") if task.review else _("Review paper"), button_href=address, event_name=tx(task.event.name),
    )  # fmt: skip


def overview(page: EventPage) -> Iterator[Panel]:
    """Reviews done, late and whose, for who chairs them."""
    standing = page.standing
    if not standing.on(Room.REVIEWING) or not rules.may_chair_reviews(standing):
        return
    due = review_due(page.event)
    counts = board.counts(standing, ReviewOptions.of(page.event), due_passed=due is not None and due < standing.at)
    if not counts.papers:
        return
    here, slug = url_for("reviewing.overview", slug=page.event.slug), page.event.slug
    figures = [
        Figure(_l("reviews in"), f"{counts.done}/{counts.expected}", here),
        Figure(_l("late"), counts.late, url_for("reviewing.late", slug=slug), "wrong" if counts.late else ""),
        Figure(_l("papers with too few reviewers"), counts.short, f"{here}?q=reviews:unassigned"),
        Figure(_l("papers without decision"), counts.undecided, f"{here}?q=decision:none"),
    ]
    todo = [*_late_people(page, counts.late), *_open_ends(page, counts)]
    yield Panel(
        "reviewing", _l("Review"), figures, todo, order=30, bars=[(_l("Reviews"), counts.done, counts.expected)]
    )  # fmt: skip


def _late_people(page: EventPage, late: int) -> Iterator[Card]:
    """Whose reviews are late: the three who owe most, then the list."""
    if not late:
        return
    people = sorted(missing(page.standing).values(), key=len, reverse=True)
    names = [rows[0].person.name.both for rows in people[:3] if rows[0].person]
    yield Card(
        title=ngettext("%(num)s reviewer is late", "%(num)s reviewers are late", len(people)),
        href=url_for("reviewing.late", slug=page.event.slug), state=_("late"), state_tone="wrong", facts=names,
        button=_("Remind them"), button_href=url_for("reviewing.late", slug=page.event.slug),
    )  # fmt: skip


def _open_ends(page: EventPage, counts: board.Counts) -> Iterator[Card]:
    """What waits for a chair."""
    slug, steers = page.event.slug, bool(rules.may_steer_reviews(page.standing))
    flagged = conflicts.flagged(page.standing)
    if flagged:
        address = url_for("reviewing.conflict_list", slug=slug, q="work:assigned")
        yield Card(
            title=ngettext(
                "%(num)s reviewer has a conflict by now", "%(num)s reviewers have a conflict by now", flagged
            ),
            href=address, state=_("look at it"), state_tone="wrong", button=_("Look at conflicts"), button_href=address,
        )  # fmt: skip
    objections = conflicts.disputed(page.standing)
    if objections:
        address = url_for("reviewing.conflict_list", slug=slug, q="work:disputed")
        yield Card(
            title=ngettext("%(num)s conflict is disputed", "%(num)s conflicts are disputed", objections),
            href=address, state=_("look at it"), state_tone="waiting", button=_("Decide"), button_href=address,
        )  # fmt: skip
    for number in delegations.waiting(page.standing)[:3]:
        address = url_for("reviewing.paper", slug=slug, number=number, _anchor="passed-on")
        yield Card(
            title=_("Paper %(number)s is to be passed on", number=number), href=address, state=_("waiting"),
            state_tone="waiting", button=_("Decide"), button_href=address,
        )  # fmt: skip
    if counts.proposed and steers:
        address = url_for("reviewing.run_list", slug=slug)
        yield Card(
            title=ngettext(
                "%(num)s proposal is not given out yet", "%(num)s proposals are not given out yet", counts.proposed
            ),
            href=address, state=_("waiting"), state_tone="waiting", button=_("Give papers out"), button_href=address,
        )  # fmt: skip
    if counts.waiting and steers:
        address = url_for("reviewing.letter_list", slug=slug)
        yield Card(
            title=ngettext("%(num)s decision is not released", "%(num)s decisions are not released", counts.waiting),
            href=address, state=_("waiting"), state_tone="waiting", button=_("Release decisions"), button_href=address,
        )  # fmt: skip


def for_authors(_viewer: Viewer, papers: Sequence[Submission], at: datetime) -> Mapping[int, Addition]:
    """Steps on an author's page of a paper. They follow from dates and from what was released, from nothing else."""
    asked = [paper for paper in papers if Room.REVIEWING.value in paper.event.features]
    told = told_of([paper.id for paper in asked])
    return {paper.id: _addition(paper, paper.id in told, at) for paper in asked}


def _addition(paper: Submission, told: bool, at: datetime) -> Addition:
    stage = next((each for each in paper.event.stages if each.kind is StageKind.REVIEW), None)
    begun = stage is not None and (stage.opens is None or stage.opens <= at)
    under_review = paper.state is SubmissionState.SUBMITTED and begun
    steps = [
        Step("review", _l("Review"), "done" if told else "current" if under_review else "todo", order=50),
        Step("decision", _l("Decision"), "done" if told else "todo", order=55),
    ]
    if not told and under_review:
        values = {"event": paper.event, "number": paper.number}
        return Addition(steps, parts=[Part("keeps-away", "reviewing/_keeps_away.html", values)])
    if not told:
        return Addition(steps)
    address = url_for("verdicts.decision", slug=paper.event.slug, number=paper.number)
    return Addition(steps, NextThing(_l("Read the decision and the reviews."), _l("Read decision"), address, urgent=58))

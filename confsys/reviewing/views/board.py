"""The chair's board, the record of one paper, and deciding."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.i18n import current_locale, ngettext
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.registry import features
from confsys.events.context import EventPage
from confsys.events.states import StageKind
from confsys.reviewing import rules
from confsys.reviewing.context import ReviewPage, by_review, review_page
from confsys.reviewing.forms.chair import DecisionForm
from confsys.reviewing.models import Delegation
from confsys.reviewing.operations import decisions
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries import delegations, record
from confsys.reviewing.queries.board import board, counts, found_by
from confsys.reviewing.queries.calibrated import calibrated
from confsys.reviewing.queries.candidates import stand_ins
from confsys.reviewing.queries.conflicts import flagged
from confsys.reviewing.queries.fields import overall_field, review_fields
from confsys.reviewing.queries.mine import manuscript
from confsys.reviewing.queries.reviews import reviews_for
from confsys.reviewing.states import AssignmentState, DelegationState, Outcome
from confsys.reviewing.views.blind import send_blind
from confsys.reviewing.views.blueprints import chair, for_those, room
from confsys.reviewing.wording import BID_WORDS, DELEGATION_WORDS, OUTCOME_TONES, OUTCOME_WORDS, PRESENTATIONS
from confsys.submissions.states import ConflictKind
from confsys.submissions.wording import CONFLICT_WORDS

chairs = for_those(rules.may_chair_reviews)
deciding = by_review(rules.may_decide)


@chair.get("")
@access(room, chairs)
def overview(page: EventPage) -> Any:
    """Every paper with its reviews in figures."""
    options = ReviewOptions.of(page.event)
    listing, query = board(page.standing, options)
    found = listing.answer(query)
    if isinstance(found, Response):
        return found
    scale = overall_field(review_fields(page.event.id))
    due = page.standing.window(StageKind.REVIEW).due
    return render_template(
        "reviewing/board.html", event=page.event, found=found, tones=OUTCOME_TONES, presentations=PRESENTATIONS,
        low=scale.lowest if scale else 1, high=scale.highest if scale else 5, flagged=flagged(page.standing),
        calibrated=calibrated(page.event.id),
        counts=counts(page.standing, options, due_passed=due is not None and due < g.now),
        steers=bool(rules.may_steer_reviews(page.standing)),
    )  # fmt: skip


@chair.post("/decide")
@access(room, chairs)
def decide_many(page: EventPage) -> Response:
    """One decision for all selected papers, or for all that the query finds."""
    outcome, _colon, presentation = request.form.get("action", "").partition(":")
    if outcome not in {each.value for each in Outcome}:
        raise NotFound
    changed = decisions.decide_many(
        _selected(page), Outcome(outcome), presentation=presentation, standing=page.standing, actor=page.viewer.actor,
        at=g.now,
    )  # fmt: skip
    notice(
        ngettext(
            "Decided on %(num)s paper. Authors learn of it when you release the decisions.",
            "Decided on %(num)s papers. Authors learn of it when you release the decisions.",
            changed,
        )
    )
    return back("reviewing.overview", slug=page.event.slug, q=request.form.get("q", ""))


def _selected(page: EventPage) -> list[int]:
    if request.form.get("everything"):
        return found_by(page.standing, ReviewOptions.of(page.event), request.form.get("q", "")[:300])
    return [int(value) for value in request.form.getlist("selected") if value.isdigit()]


@chair.get("/papers/<int:number>")
@access(review_page, deciding)
def paper(page: ReviewPage) -> Any:
    return _record(page, _form(page))


def _form(page: ReviewPage) -> DecisionForm:
    known = page.decision
    if known is None:
        return DecisionForm(data={"version": "0"})
    return DecisionForm(obj=known, data={"outcome": known.outcome.value, "version": known.version})


def _record(page: ReviewPage, form: DecisionForm) -> Any:
    """The paper with all that was said of it, and what is to be decided."""
    given = record.assignments(page.submission)
    declined = any(row.state is AssignmentState.DECLINED for row in given)
    short = sum(row.is_live for row in given) < ReviewOptions.of(page.event).coverage
    before, after = record.neighbours(page.standing.event, page.submission.number)
    fields = review_fields(page.event.id, page.standing.audience)  # a chair's: all of them
    reviews = reviews_for(page.standing, page.event.id, current_locale(), fields)
    return (
        render_template(
            "reviewing/paper.html", event=page.event, paper=page.submission, given=given, reviews=reviews, form=form,
            decision=page.decision, manuscript=manuscript(page.submission), before=before, after=after,
            story=_story(page, given), words=OUTCOME_WORDS, tones=OUTCOME_TONES, presentations=PRESENTATIONS,
            scale=overall_field(fields), bid_words=BID_WORDS, calibrated=calibrated(page.event.id),
            requests=_requests(page), delegation_words=DELEGATION_WORDS, conflict_words=CONFLICT_WORDS,
            stand_ins=stand_ins(page.submission, page.event, page.standing.event) if declined and short else [],
        ),
        form.status,
    )  # fmt: skip


def _requests(page: ReviewPage) -> list[tuple[Delegation, list[ConflictKind]]]:
    """Wishes to pass the paper on, and what ties the person to it, for those that wait for a chair."""
    rows = delegations.of_paper(page.submission)
    asked = DelegationState.ASKED
    return [(row, delegations.conflicts_of(row, at=g.now) if row.state is asked else []) for row in rows]


def _story(page: ReviewPage, given: list[record.Given]) -> list[dict[str, Any]]:
    sentences = {action: text for feature in features() for action, text in feature.sentences.items()}
    return [
        {
            "when": entry.at, "who": entry.actor.both if entry.actor else "",
            "what": str(sentences.get(entry.action, entry.action)) % _facts(entry.facts),
        }
        for entry in record.story(page.submission, given)
    ]  # fmt: skip


class _facts(dict[str, Any]):  # noqa: N801  reads as the function it is used as
    """Facts of an entry; one that an older entry does not have is left empty."""

    def __missing__(self, key: str) -> str:
        return ""


@chair.post("/papers/<int:number>/decision")
@access(review_page, deciding)
def decide(page: ReviewPage) -> Any:
    """Decide on one paper, with a comment for its authors."""
    form = DecisionForm()
    if form.validate_on_submit() and form.attempt(lambda: _decide(page, form)):
        notice(_("Decided. The authors learn of it when you release the decisions."))
        return back("reviewing.paper", slug=page.event.slug, number=page.submission.number)
    return _record(page, form)


def _decide(page: ReviewPage, form: DecisionForm) -> object:
    return decisions.decide(
        page.submission, form.chosen, presentation=form.presentation.data or "", comment=form.comment.data or "",
        note=form.note.data or "", version=form.seen_version, standing=page.standing, actor=page.viewer.actor, at=g.now,
    )  # fmt: skip


@chair.post("/papers/<int:number>/decision/clear")
@access(review_page, deciding)
def clear(page: ReviewPage) -> Response:
    """Take back a decision nobody was told."""
    if page.decision is None:
        raise NotFound
    version = request.form.get("version", "")
    decisions.clear(
        page.decision, version=int(version) if version.isdigit() else None, standing=page.standing,
        actor=page.viewer.actor, at=g.now,
    )  # fmt: skip
    notice(_("The decision is taken back."))
    return back("reviewing.paper", slug=page.event.slug, number=page.submission.number)


@chair.get("/papers/<int:number>/file")
@access(review_page, deciding)
def manuscript_file(page: ReviewPage) -> Response:
    """The paper itself; who decides may know its authors."""
    row = manuscript(page.submission)
    if row is None:
        raise NotFound
    return send_blind(row, page.submission.number, standing=page.standing)

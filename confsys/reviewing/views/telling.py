"""Decision letters previewed and released; reminders to those whose reviews are missing; the room's rules."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.i18n import gettext as _
from confsys.core.i18n import ngettext
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.states import StageKind
from confsys.reviewing import letters, rules
from confsys.reviewing.forms.chair import LetterForm, OptionsForm, ReminderForm
from confsys.reviewing.operations import committee, reminders, telling
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries import letters as letter_queries
from confsys.reviewing.queries.missing import missing
from confsys.reviewing.states import Outcome
from confsys.reviewing.views.blueprints import chair, for_those, room
from confsys.reviewing.wording import OUTCOME_TONES, OUTCOME_WORDS
from confsys.submissions.options import SubmissionOptions

chairs = for_those(rules.may_chair_reviews)
steering = for_those(rules.may_steer_reviews)
PREVIEW_PAGE = 20


@chair.get("/letters")
@access(room, steering)
def letter_list(page: EventPage) -> str:
    """Every letter as it would go out now."""
    decisions = letter_queries.waiting(page.standing)
    number = max(1, request.args.get("page", 1, type=int))
    shown = decisions[(number - 1) * PREVIEW_PAGE : number * PREVIEW_PAGE]
    by_decision: dict[int, list[letter_queries.Letter]] = {}
    for letter in letter_queries.written(page.event, shown):
        by_decision.setdefault(letter.decision_id, []).append(letter)
    return render_template(
        "reviewing/letters.html", event=page.event, decisions=shown, total=len(decisions), number=number,
        page_size=PREVIEW_PAGE, letters=by_decision, words=OUTCOME_WORDS, tones=OUTCOME_TONES,
        accepted=sum(1 for row in decisions if row.outcome is Outcome.ACCEPT), outcomes=list(Outcome),
    )  # fmt: skip


@chair.post("/letters")
@access(room, steering)
def release_decisions(page: EventPage) -> Response:
    """Tell all authors at once. ``seen`` are the decisions that stood on the page: no other one goes out."""
    seen = {int(value) for value in request.form.get("seen", "").split(",") if value.isdigit()}
    done = telling.release(
        page.event, seen or None, with_letters=request.form.get("letters") == "1", standing=page.standing,
        actor=page.viewer.actor, at=g.now,
    )  # fmt: skip
    notice(ngettext("%(num)s decision is out.", "%(num)s decisions are out.", done.decisions))
    if done.letters:
        notice(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", done.letters), "info")
    return back("reviewing.letter_list", slug=page.event.slug)


def _letter(viewer: Any, slug: str, outcome: str, locale: str) -> tuple[EventPage, Outcome, str]:
    page = room(viewer, slug)
    if outcome not in {each.value for each in Outcome} or locale not in {"en", "zh"}:
        raise NotFound
    return page, Outcome(outcome), locale


@chair.route("/letters/<outcome>/<locale>", methods=["GET", "POST"])
@access(_letter, lambda found: steering(found[0]))
def letter(found: tuple[EventPage, Outcome, str]) -> Any:
    """The event's own words for one kind of letter in one language."""
    page, outcome, locale = found
    kept = letter_queries.own_template(page.event.id, outcome, locale)
    subject, body = letter_queries.templates(page.event.id)[outcome, locale]
    form = LetterForm(data={"subject": subject, "body": body, "version": kept.version if kept else 0})

    def save() -> object:
        return telling.save_letter(
            page.event, outcome, locale, subject=form.subject.data or "", body=form.body.data or "",
            version=form.seen_version, actor=page.viewer.actor, at=g.now,
        )  # fmt: skip

    if form.validate_on_submit() and form.attempt(save):
        notice(_("The letter is saved."))
        return back("reviewing.letter_list", slug=page.event.slug)
    return (
        render_template(
            "reviewing/letter.html", event=page.event, form=form, outcome=outcome, places=letters.PLACES,
            letter_locale=locale, word=OUTCOME_WORDS[outcome],
        ),
        form.status,
    )  # fmt: skip


@chair.get("/late")
@access(room, chairs)
def late(page: EventPage) -> Any:
    return _late(page, ReminderForm())


def _late(page: EventPage, form: ReminderForm, chosen: set[int] | None = None) -> Any:
    """Whose reviews are missing; with ``chosen``, the messages as they would go out."""
    found = missing(page.standing)
    return (
        render_template(
            "reviewing/late.html", event=page.event, missing=found, form=form, chosen=chosen,
            window=page.standing.window(StageKind.REVIEW),
            previews=reminders.previews(page.event, found, chosen, form.word.data or "", at=g.now) if chosen else [],
        ),
        form.status,
    )  # fmt: skip


@chair.post("/late")
@access(room, chairs)
def remind(page: EventPage) -> Any:
    """Look at the reminders, then send them."""
    form = ReminderForm()
    chosen = {int(value) for value in request.form.getlist("selected") if value.isdigit()}
    if not form.validate_on_submit() or not chosen or request.form.get("action") != "send":
        return _late(page, form, chosen)
    sent = reminders.remind(
        page.event, chosen, form.word.data or "", standing=page.standing, actor=page.viewer.actor, at=g.now
    )  # fmt: skip
    notice(ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", sent))
    return back("reviewing.late", slug=page.event.slug)


@chair.route("/settings", methods=["GET", "POST"])
@access(room, steering)
def settings(page: EventPage) -> Any:
    """How many reviews, how many papers a reviewer, who reads what when."""
    options = ReviewOptions.of(page.event)
    years = SubmissionOptions.of(page.event).conflict_years
    form = OptionsForm(obj=options, data={"version": page.event.version, "conflict_years": years})
    if form.validate_on_submit() and form.attempt(lambda: _keep(page, form)):
        notice(_("The rules of the review are saved."))
        return back("reviewing.overview", slug=page.event.slug)
    return render_template("reviewing/settings.html", event=page.event, form=form), form.status


def _keep(page: EventPage, form: OptionsForm) -> object:
    wanted = ReviewOptions(form.coverage.data, form.load.data, form.share_reviews.data)
    return committee.set_options(
        page.event, wanted, form.conflict_years.data, version=form.seen_version, actor=page.viewer.actor, at=g.now
    )  # fmt: skip

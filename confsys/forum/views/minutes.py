"""Minutes and summaries: read by everybody once they are out, written by host or scribe, followed up by anybody."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.accounts.models import Person
from confsys.accounts.queries.people import by_verified_email
from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import Decision, allow_if
from confsys.core.forms import Form, select_choices
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.forum.context import (
    GatheringPage,
    IdeaPage,
    QuotePage,
    WrittenQuote,
    gathering_page,
    idea_page,
    quote_page,
    written_quote,
)  # fmt: skip
from confsys.forum.forms import IdeaForm, MinutesForm, OutcomeForm, QuoteAnswerForm, QuoteForm
from confsys.forum.operations import minutes as operations
from confsys.forum.queries import gatherings
from confsys.forum.rules import gatherings as rules
from confsys.forum.states import IdeaState
from confsys.forum.views.blueprint import bp
from confsys.forum.views.shared import discussion_of, number_in, people_choices, words
from confsys.forum.words import QUOTE_STATES


def _may_read(on: GatheringPage) -> Decision:
    return rules.may_read_minutes(on.standing)


def _may_write(on: GatheringPage) -> Decision:
    return rules.may_write(on.standing)


@bp.get("/events/<slug>/minutes")
@access(gathering_page, _may_read)
def minutes(on: GatheringPage) -> str:
    ideas = gatherings.ideas_of(on.event.id)
    return render_template(
        "forum/minutes.html",
        **words(
            on, quotes=gatherings.quotes_of(on.event.id, agreed_only=True), discussion=discussion_of(on),
            ideas=[(idea, rules.may_take_up(on.standing, idea.state)) for idea in ideas],
        ),
    )  # fmt: skip


def _desk(on: GatheringPage, **forms: Form) -> Any:
    """The scribe's page; each form comes back with what was typed."""
    row = on.gathering
    quote = forms.get("quote") or QuoteForm(formdata=None)
    quote.person.choices = select_choices([("", _("somebody else")), *people_choices(on)])
    text = MinutesForm(formdata=None, data={"text": row.text if row else "", "version": row.version if row else ""})
    drawn = render_template(
        "forum/minutes_desk.html",
        **words(
            on, form=forms.get("form") or text, quote=quote, idea=forms.get("idea") or IdeaForm(formdata=None),
            quotes=gatherings.quotes_of(on.event.id, agreed_only=False), ideas=gatherings.ideas_of(on.event.id),
        ),
    )  # fmt: skip
    return drawn, max((form.status for form in forms.values()), default=200)


@bp.get("/events/<slug>/minutes/edit")
@access(gathering_page, _may_write)
def minutes_desk(on: GatheringPage) -> Any:
    return _desk(on)


@bp.post("/events/<slug>/minutes/edit")
@access(gathering_page, _may_write)
def write_minutes(on: GatheringPage) -> Any:
    form = MinutesForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.write(
            on.event, form.text.data or "", version=form.seen_version or None, standing=on.standing,
            actor=on.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved."))
        return back(".minutes_desk", slug=on.event.slug)
    return _desk(on, form=form)


@bp.post("/events/<slug>/minutes/publish")
@access(gathering_page, _may_write)
def publish_minutes(on: GatheringPage) -> Any:
    operations.publish(on.event, standing=on.standing, actor=on.viewer.actor, at=g.now)
    notice(_l("Published. Everybody who spoke or is quoted is told."))
    return back(".minutes", slug=on.event.slug)


@bp.post("/events/<slug>/minutes/quotes")
@access(gathering_page, _may_write)
def ask_quote(on: GatheringPage) -> Any:
    form = QuoteForm()
    if form.validate_on_submit():
        person = _whose(on, form)
        if person is None:
            form.address.errors = [_("Nobody with an account has this address.")]
        elif form.attempt(
            lambda: operations.ask_quote(
                on.event, person, form.text.data or "", standing=on.standing, actor=on.viewer.actor, at=g.now
            )
        ):
            notice(_l("The speaker was asked by mail and on their home page."))
            return back(".minutes_desk", slug=on.event.slug, _anchor="quotes")
    return _desk(on, quote=form)


def _whose(on: GatheringPage, form: QuoteForm) -> Person | None:
    """Somebody of the list, or whoever proved that the typed address is theirs."""
    chosen = number_in(form.person.data)
    if chosen is None:
        return by_verified_email(form.address.data) if form.address.data else None
    known = {person_id for person_id, _name in gatherings.people_of(on.event.id)}
    return db.session.get(Person, chosen) if chosen in known else None


@bp.post("/events/<slug>/minutes/quotes/<int:number>/remove")
@access(written_quote, lambda found: rules.may_write(found.on.standing))
def remove_quote(found: WrittenQuote) -> Any:
    on = found.on
    operations.remove_quote(found.quote, standing=on.standing, actor=on.viewer.actor, at=g.now)
    return back(".minutes_desk", slug=on.event.slug, _anchor="quotes")


@bp.post("/events/<slug>/minutes/ideas")
@access(gathering_page, _may_write)
def note_idea(on: GatheringPage) -> Any:
    form = IdeaForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.note_idea(
            on.event, form.title.data or "", form.detail.data or "", standing=on.standing, actor=on.viewer.actor,
            at=g.now,
        )
    ):  # fmt: skip
        return back(".minutes_desk", slug=on.event.slug, _anchor="ideas")
    return _desk(on, idea=form)


@bp.post("/events/<slug>/ideas/<int:number>/remove")
@access(idea_page, lambda page: rules.may_write(page.on.standing))
def remove_idea(page: IdeaPage) -> Any:
    operations.remove_idea(page.idea, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return back(".minutes_desk", slug=page.on.event.slug, _anchor="ideas")


@bp.post("/events/<slug>/ideas/<int:number>/take")
@access(idea_page, lambda page: rules.may_take_up(page.on.standing, page.idea.state))
def take_idea(page: IdeaPage) -> Any:
    operations.take_up(page.idea, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    notice(_l("Your name stands at the idea. Come back and say what became of it."))
    return back(".minutes", slug=page.on.event.slug, _anchor="ideas")


def _is_taker(page: IdeaPage) -> bool:
    return page.on.viewer.signed_in and page.idea.taken_by_id == page.on.viewer.person_id


def _may_follow(page: IdeaPage) -> Decision:
    """The page of an idea in work, for who took it up and those who lead."""
    if page.idea.state is IdeaState.OPEN:
        raise NotFound
    return rules.may_tell_outcome(page.on.standing, _is_taker(page), page.idea.state)


@bp.route("/events/<slug>/ideas/<int:number>", methods=["GET", "POST"])
@access(idea_page, _may_follow)
def idea(page: IdeaPage) -> Any:
    on, form = page.on, OutcomeForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.finish(
            page.idea, form.outcome.data or "", standing=on.standing, actor=on.viewer.actor, at=g.now
        )
    ):
        notice(_l("Thank you. What became of it stands with the minutes."))
        return back(".minutes", slug=on.event.slug, _anchor="ideas")
    return render_template("forum/idea.html", **words(on, idea=page.idea, form=form)), form.status


@bp.post("/events/<slug>/ideas/<int:number>/give-back")
@access(idea_page, _may_follow)
def give_idea_back(page: IdeaPage) -> Any:
    operations.give_back(page.idea, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    notice(_l("Somebody else can take it up now."))
    return back(".minutes", slug=page.on.event.slug, _anchor="ideas")


@bp.route("/quotes/<int:number>", methods=["GET", "POST"])
@access(quote_page, lambda page: allow_if(page.is_own))
def quote(page: QuotePage) -> Any:
    """One's own words: agree, put them better, or have them left out."""
    row = page.quote
    form = QuoteAnswerForm(data={"text": row.text, "version": row.version})
    door, agreed = rules.may_answer_quote(page.is_own, row.state), request.form.get("agreed") == "1"
    if form.validate_on_submit() and form.attempt(
        lambda: operations.answer_quote(
            row, agreed, form.text.data or "", version=form.seen_version, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_l("Thank you. The minutes keep to your answer."))
        return back(".quote", number=row.id)
    return render_template(
        "forum/quote.html", quote=row, event=page.event, form=form, door=door, word=QUOTE_STATES[row.state]
    ), form.status  # fmt: skip

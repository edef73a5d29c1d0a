"""A salon: the question, who speaks in which order, and the host's desk."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.forms import localized
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.forum.context import GatheringPage, TalkPage, gathering_page, salon_page, talk_page
from confsys.forum.forms import ShortTalkForm
from confsys.forum.operations import gatherings as operations
from confsys.forum.operations.gatherings import TEXT_MAX
from confsys.forum.queries import gatherings
from confsys.forum.rules import gatherings as rules
from confsys.forum.states import ShortTalkState
from confsys.forum.views.blueprint import bp
from confsys.forum.views.shared import discussion_of, number_in, set_up_form, words


def may_see(on: GatheringPage) -> Decision:
    return rules.may_see(on.standing)


def may_lead(on: GatheringPage) -> Decision:
    return rules.may_lead(on.standing)


@bp.get("/events/<slug>/salon")
@access(salon_page, may_see)
def salon(on: GatheringPage) -> str:
    listed = [t for t in gatherings.talks_of(on.event.id, on.standing) if t.state is ShortTalkState.ON_LIST]
    return render_template(
        "forum/salon.html",
        **words(
            on, talks=listed, own=gatherings.own_talks(on.event.id, on.viewer), door=rules.may_offer(on.standing),
            discussion=discussion_of(on),
        ),
    )  # fmt: skip


def _talk_form(on: GatheringPage, form: ShortTalkForm, talk: Any = None) -> Any:
    return render_template("forum/short_talk.html", **words(on, form=form, talk=talk, most=TEXT_MAX)), form.status


@bp.route("/events/<slug>/salon/offer", methods=["GET", "POST"])
@access(salon_page, lambda on: rules.may_offer(on.standing))
def offer_talk(on: GatheringPage) -> Any:
    form = ShortTalkForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.offer(
            on.event, form.title.data or "", form.text.data or "", standing=on.standing, actor=on.viewer.actor, at=g.now
        )
    ):
        notice(_l("Thank you. The host puts it on the list or writes to you."))
        return back(".salon", slug=on.event.slug)
    return _talk_form(on, form)


def _may_change(page: TalkPage) -> Decision:
    own = page.on.viewer.signed_in and page.talk.person_id == page.on.viewer.person_id
    return rules.may_change_talk(page.on.standing, own, page.talk.state)


@bp.route("/events/<slug>/salon/talks/<int:number>", methods=["GET", "POST"])
@access(talk_page, _may_change)
def edit_talk(page: TalkPage) -> Any:
    on, talk = page.on, page.talk
    form = ShortTalkForm(data={"title": talk.title, "text": talk.text, "version": talk.version})
    if form.validate_on_submit() and form.attempt(
        lambda: operations.change(
            talk, form.title.data or "", form.text.data or "", version=form.seen_version, standing=on.standing,
            actor=on.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved."))
        return back(".salon", slug=on.event.slug)
    return _talk_form(on, form, talk)


@bp.post("/events/<slug>/salon/talks/<int:number>/withdraw")
@access(talk_page, _may_change)
def withdraw_talk(page: TalkPage) -> Any:
    operations.withdraw(page.talk, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    notice(_l("Your short talk is withdrawn."))
    return back(".salon", slug=page.on.event.slug)


@bp.get("/events/<slug>/salon/desk")
@access(salon_page, may_lead)
def salon_desk(on: GatheringPage) -> Any:
    talks = gatherings.talks_of(on.event.id, on.standing)
    return render_template(
        "forum/salon_desk.html",
        **words(
            on, listed=[t for t in talks if t.state is ShortTalkState.ON_LIST],
            others=[t for t in talks if t.state is not ShortTalkState.ON_LIST],
        ),
    )  # fmt: skip


@bp.route("/events/<slug>/gathering", methods=["GET", "POST"])
@access(gathering_page, may_lead)
def set_up(on: GatheringPage) -> Any:
    """Question, host and scribe, of a salon or a round table."""
    form = set_up_form(on)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.set_up(
            on.event, localized(form, "question"), number_in(form.host.data), number_in(form.scribe.data),
            version=form.seen_version or None, standing=on.standing, actor=on.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved."))
        return back(".salon_desk" if on.parts.salon else ".table_desk", slug=on.event.slug)
    return render_template("forum/set_up.html", **words(on, form=form)), form.status


@bp.post("/events/<slug>/salon/talks/<int:number>/place")
@access(talk_page, lambda page: rules.may_lead(page.on.standing))
def place_talk(page: TalkPage) -> Any:
    try:
        to = ShortTalkState(request.form.get("to", ""))
    except ValueError as error:
        raise NotFound from error
    operations.place(page.talk, to, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return back(".salon_desk", slug=page.on.event.slug)


@bp.post("/events/<slug>/salon/talks/<int:number>/shift")
@access(talk_page, lambda page: rules.may_lead(page.on.standing))
def shift_talk(page: TalkPage) -> Any:
    up = request.form.get("way") == "up"
    operations.shift(page.talk, up, standing=page.on.standing, actor=page.on.viewer.actor, at=g.now)
    return back(".salon_desk", slug=page.on.event.slug)

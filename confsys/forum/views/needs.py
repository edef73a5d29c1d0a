"""Needs of companies and the experts who help."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, signed_in, viewer_only
from confsys.core.decisions import Decision
from confsys.core.formatting import tx
from confsys.core.forms import Form, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.rules import may_see_event
from confsys.forum.context import ForumPage, MatchPage, NeedPage, match_page, need_page, needs_page
from confsys.forum.forms import ExpertForm, MatchOutcomeForm, NeedForm
from confsys.forum.operations import needs as operations
from confsys.forum.operations.needs import Wording
from confsys.forum.queries import needs
from confsys.forum.rules import needs as rules
from confsys.forum.states import MatchState, Outcome, Side
from confsys.forum.views.blueprint import bp
from confsys.forum.views.shared import number_in
from confsys.forum.words import MATCH_STATES, NEED_STATES, OUTCOMES
from confsys.submissions.forms.paper import keywords_in


def may_see(on: ForumPage) -> Decision:
    return may_see_event(on.page.standing)


def may_post(on: ForumPage) -> Decision:
    return rules.may_post(on.page.standing, bool(on.organisations))


@bp.get("/events/<slug>/needs")
@access(needs_page, may_see)
def all_needs(on: ForumPage) -> Any:
    found = needs.needs(runs=on.runs).answer(needs.visible(on.event.id, runs=on.runs))
    if isinstance(found, Response):
        return found
    return render_template(
        "forum/needs.html", event=on.event, on=on, found=found, own=needs.own_needs(on.event.id, on.viewer),
        states=NEED_STATES, door=may_post(on), expert=needs.expert_of(on.viewer.person_id),
    )  # fmt: skip


def _form(on: ForumPage, **data: Any) -> NeedForm:
    form = NeedForm(data={"named": True, **data})
    form.organisation.choices = select_choices([(str(number), tx(name)) for number, name in on.organisations])
    return form


def _wording(form: NeedForm) -> Wording:
    return Wording(
        number_in(form.organisation.data) or 0, form.title.data or "", form.field.data or "", form.problem.data or "",
        form.confidential.data or "", bool(form.named.data),
    )  # fmt: skip


def _drawn(on: ForumPage, form: NeedForm, need: Any = None) -> Any:
    return render_template("forum/need_form.html", event=on.event, form=form, need=need), form.status


@bp.route("/events/<slug>/needs/post", methods=["GET", "POST"])
@access(needs_page, may_post)
def post_need(on: ForumPage) -> Any:
    form = _form(on)
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.post_need(
                on.event, _wording(form), standing=on.page.standing, actor=on.viewer.actor, at=g.now
            )
        )
        if made is not None:
            notice(_l("Your need is posted. Below are the experts who fit; ask whom you like."))
            return back(".need", slug=on.event.slug, code=made.code)
    return _drawn(on, form)


def _may_see_need(page: NeedPage) -> Decision:
    return rules.may_see_need(page.standing)


def _need(page: NeedPage, form: Form | None = None) -> Any:
    """What each reader sees of a need is decided here, before the template: the detail, the name, the contact."""
    need, standing = page.need, page.standing
    inside = bool(rules.may_read_detail(standing))
    finds = rules.may_find_experts(standing)
    party = standing.is_company or page.on.runs
    own = needs.match_by_id(page.match.id) if page.match is not None else None
    return render_template(
        "forum/need.html", event=page.on.event, need=need, standing=standing, word=NEED_STATES[need.state],
        company=need.organisation.name if need.named or inside or page.on.runs else None,
        detail=needs.detail_of(need, standing), may_change=rules.may_change_need(standing),
        fitting=needs.fitting(need, standing) if finds else [], finds=bool(finds), runs=page.on.runs,
        matches=needs.matches_of(need) if party else [], own=own, offer=rules.may_offer_help(standing),
        states=MATCH_STATES, outcomes=OUTCOMES, form=form or MatchOutcomeForm(formdata=None), contact=_contact,
    ), form.status if form else 200  # fmt: skip


def _contact(person: Any) -> str:
    return next((email.address for email in person.emails if email.is_primary), "")


@bp.get("/events/<slug>/needs/<code>")
@access(need_page, _may_see_need)
def need(page: NeedPage) -> Any:
    return _need(page)


@bp.route("/events/<slug>/needs/<code>/edit", methods=["GET", "POST"])
@access(need_page, lambda page: rules.may_change_need(page.standing))
def edit_need(page: NeedPage) -> Any:
    row, on = page.need, page.on
    form = _form(
        on, organisation=str(row.organisation_id), title=row.title, field=row.field, problem=row.problem,
        confidential=needs.detail_of(row, page.standing), named=row.named, version=row.version,
    )  # fmt: skip
    if form.validate_on_submit() and form.attempt(
        lambda: operations.change_need(
            row, _wording(form), version=form.seen_version, standing=page.standing, actor=on.viewer.actor, at=g.now
        )
    ):
        notice(_l("Saved."))
        return back(".need", slug=on.event.slug, code=row.code)
    return _drawn(on, form, row)


@bp.post("/events/<slug>/needs/<code>/close")
@access(need_page, lambda page: rules.may_change_need(page.standing))
def close_need(page: NeedPage) -> Any:
    operations.close_need(page.need, standing=page.standing, actor=page.on.viewer.actor, at=g.now)
    notice(_l("Nobody is looked for any more."))
    return back(".all_needs", slug=page.on.event.slug)


@bp.post("/events/<slug>/needs/<code>/ask")
@access(need_page, lambda page: rules.may_find_experts(page.standing))
def ask_expert(page: NeedPage) -> Any:
    """The company asks one expert of the list; those who run the forum ask both."""
    wanted = request.form.get("expert", "")
    found = next(((fit, e) for fit, e in needs.fitting(page.need, page.standing) if str(e.id) == wanted), None)
    expert = needs.expert_by_id(found[1].id) if found else None
    if found is None or expert is None:
        raise NotFound
    side = Side.COMPANY if page.standing.is_company else Side.FORUM
    operations.bring_together(
        page.need, expert, side, found[0].why, standing=page.standing, actor=page.on.viewer.actor, at=g.now
    )
    notice(_l("Asked. You hear as soon as there is an answer."))
    return back(".need", slug=page.on.event.slug, code=page.need.code)


@bp.post("/events/<slug>/needs/<code>/offer")
@access(need_page, lambda page: rules.may_offer_help(page.standing))
def offer_help(page: NeedPage) -> Any:
    expert = page.expert
    if expert is None:
        raise NotFound
    operations.bring_together(
        page.need, expert, Side.EXPERT, (), standing=page.standing, actor=page.on.viewer.actor, at=g.now
    )
    notice(_l("Your offer is with the company. You hear as soon as it answers."))
    return back(".need", slug=page.on.event.slug, code=page.need.code)


def _may_answer(page: MatchPage) -> Decision:
    match = page.match
    answered = (page.is_company and match.company_yes) or (page.is_expert and match.expert_yes)
    return rules.may_answer_match(page.is_company, page.is_expert, match.state, answered)


@bp.post("/matches/<int:number>/answer")
@access(match_page, _may_answer)
def answer_match(page: MatchPage) -> Any:
    yes = request.form.get("yes") == "1"
    operations.answer_match(page.match, yes, actor=page.viewer.actor, at=g.now)
    agreed = page.match.state is MatchState.AGREED
    notice(_l("Both said yes: you can reach each other now.") if agreed else _l("Thank you for answering."))
    row = page.match.need
    if yes or page.is_company:
        return back(".need", slug=row.event.slug, code=row.code)
    return back(".all_needs", slug=row.event.slug)


@bp.post("/matches/<int:number>/outcome")
@access(match_page, lambda page: rules.may_tell_match(page.is_company, page.is_expert, page.match.state))
def tell_outcome(page: MatchPage) -> Any:
    form, row = MatchOutcomeForm(), page.match.need
    if form.validate_on_submit() and form.attempt(
        lambda: operations.tell_outcome(
            page.match, Outcome(form.outcome.data), form.text.data or "", actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("Thank you. It stands in the forum's report without names."))
        return back(".need", slug=row.event.slug, code=row.code)
    return _need(need_page(page.viewer, row.event.slug, row.code), form)


@bp.route("/experts/mine", methods=["GET", "POST"])
@access(viewer_only, signed_in)
def expertise(viewer: Viewer) -> Any:
    """What one can help with, and whether companies may ask."""
    mine = needs.expert_of(viewer.person_id)
    values: dict[str, Any] = {"active": True}
    if mine is not None:
        values = {"fields": "、".join(mine.fields), "about": mine.about, "active": mine.active}
    form = ExpertForm(data=values)
    if form.validate_on_submit() and viewer.person_id is not None:
        person_id = viewer.person_id
        if form.attempt(
            lambda: operations.offer_expertise(
                person_id, keywords_in(form["fields"].data), form.about.data or "", bool(form.active.data),
                actor=viewer.actor, at=g.now,
            )
        ):  # fmt: skip
            notice(_l("Saved. Companies whose need fits can ask you now."))
            return back(".expertise")
    return render_template("forum/expertise.html", form=form, mine=mine), form.status

"""Passing a paper on: the reviewer's request, the chair's decision, the answer of the person outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.accounts import sessions
from confsys.accounts.forms import OpenAccountForm, zones
from confsys.accounts.models import Person
from confsys.accounts.operations.opening import Newcomer
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.views.opening import suggest_latin
from confsys.core import limits
from confsys.core.access import access, anyone
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events import invitees
from confsys.events.context import EventPage
from confsys.reviewing import rules
from confsys.reviewing.context import ReviewPage, by_review, review_page
from confsys.reviewing.forms.reviewer import DeclineForm, PassOnForm
from confsys.reviewing.models import Delegation
from confsys.reviewing.operations import delegating
from confsys.reviewing.operations.notes import review_due
from confsys.reviewing.queries import delegations
from confsys.reviewing.states import DelegationState
from confsys.reviewing.views.blueprints import chair, reviews, room
from confsys.submissions.models import Submission

D = DelegationState


@reviews.post("/<int:number>/pass-on")
@access(review_page, by_review(rules.may_delegate))
def ask_to_pass_on(page: ReviewPage) -> Response:
    """Ask the chairs; nobody outside is written to before they agree."""
    form = PassOnForm()
    found, wrong = invitees.read(form.people.data or "")
    if page.assignment is None:
        raise NotFound
    if wrong or len(found) != 1:
        notice(_("Give one person's name and e-mail address."), "error")
        return _review(page)
    try:
        delegating.ask(
            page.assignment, found[0], form.word.data or "", standing=page.standing, actor=page.viewer.actor, at=g.now
        )  # fmt: skip
    except Invalid as objection:
        notice(" ".join(map(str, objection.fields.values())), "error")
    else:
        notice(_("The chairs are asked. Until somebody has accepted, the paper is yours."))
    return _review(page)


@reviews.post("/<int:number>/keep")
@access(review_page, by_review(rules.may_delegate))
def keep_after_all(page: ReviewPage) -> Response:
    """Take the request back."""
    row = delegations.of_assignment(page.assignment) if page.assignment else None
    if row is None or row.state not in {D.ASKED, D.INVITED}:
        raise NotFound
    delegating.withdraw(row, standing=page.standing, actor=page.viewer.actor, at=g.now)
    notice(_("The request is taken back. The paper is yours."))
    return _review(page)


def _review(page: ReviewPage) -> Response:
    return back("reviews.show", slug=page.event.slug, number=page.submission.number)


@chair.post("/papers/<int:number>/pass-on/<any(approve, refuse):verb>")
@access(
    lambda viewer, slug, number, verb: (review_page(viewer, slug, number), verb),
    lambda found: rules.may_decide(found[0].standing),
)
def settle_passing_on(found: tuple[ReviewPage, str]) -> Response:
    """A chair decides on a request."""
    page, verb = found
    wanted, version = request.form.get("delegation", ""), request.form.get("version", "")
    row = db.session.get(Delegation, int(wanted)) if wanted.isdigit() else None
    if row is None or row.assignment.submission_id != page.submission.id:
        raise NotFound
    common: dict[str, Any] = {
        "standing": page.standing, "version": int(version) if version.isdigit() else None,
        "actor": page.viewer.actor, "at": g.now,
    }  # fmt: skip
    try:
        if verb == "approve":
            delegating.approve(row, **common)
            notice(_("The invitation is on its way. The reviewer keeps the paper until it is accepted."))
        else:
            delegating.refuse(row, request.form.get("answer", ""), **common)
            notice(_("The reviewer is told, and keeps the paper."))
    except Invalid as objection:
        notice(" ".join(map(str, objection.fields.values())), "error")
    return back("reviewing.paper", slug=page.event.slug, number=page.submission.number)


@dataclass(frozen=True, slots=True)
class PassedOn:
    """An open invitation, come by its mailed link."""

    row: Delegation
    page: EventPage
    token: str

    @property
    def paper(self) -> Submission:
        return self.row.assignment.submission


def _load(viewer: Viewer, slug: str, token: str) -> PassedOn | None:
    """None when there is nothing to answer any more."""
    page, row = room(viewer, slug), delegations.by_token(token)
    if row is None or row.state is not D.INVITED or row.assignment.submission.event_id != page.event.id:
        return None
    if row.expires_at is not None and g.now > row.expires_at:
        return None
    return PassedOn(row, page, token)


def _gone() -> Any:
    return render_template("events/invitation_gone.html"), 410


def _drawn(found: PassedOn, status: int = 200, **forms: Any) -> Any:
    signed_in = found.page.viewer.signed_in
    has_account = not signed_in and by_verified_email(found.row.address) is not None
    forms.setdefault("decline", DeclineForm(formdata=None))
    if not signed_in and not has_account:
        forms.setdefault("newcomer", _newcomer_form(formdata=None))
    asker = found.row.assignment.person
    page = render_template(
        "reviewing/passed_on.html", found=found, event=found.page.event, row=found.row, paper_title=found.paper.title,
        asker=asker.name.both if asker else "", due=review_due(found.page.event), has_account=has_account,
        zones=zones(), **forms,
    )  # fmt: skip
    return page, status


def _newcomer_form(**given: Any) -> OpenAccountForm:
    return OpenAccountForm(data={"zone": current_app.extensions["settings"].zone}, **given)


@reviews.get("/passed-on/<token>")
@access(_load, anyone)
def passed_on(found: PassedOn | None) -> Any:
    """Looking answers nothing: programs that open links in mail must not accept for anybody."""
    return _drawn(found) if found is not None else _gone()


@reviews.post("/passed-on/<token>/accept")
@access(_load, anyone)
def accept_passed_on(found: PassedOn | None) -> Any:
    if found is None:
        return _gone()
    here = url_for("reviews.passed_on", slug=found.page.event.slug, token=found.token)
    if not found.page.viewer.signed_in:
        return redirect(url_for("accounts.sign_in", next=here), 303)
    person = db.session.get_one(Person, found.page.viewer.person_id)
    try:
        delegating.accept(found.row, person, at=g.now)
    except Invalid as objection:
        notice(" ".join(map(str, objection.fields.values())), "error")
        return redirect(here, 303)
    return _welcome(found)


@reviews.post("/passed-on/<token>/open")
@limits.on_post(limits.ACCOUNT)
@access(_load, anyone)
def open_and_take(found: PassedOn | None) -> Any:
    """An account for the address and the paper, in one step."""
    if found is None:
        return _gone()
    form = _newcomer_form()
    suggested = suggest_latin(form)
    if not suggested and form.validate():
        newcomer = Newcomer(form.name, current_locale(), form.zone.data, form.password.data)
        person = form.attempt(lambda: delegating.accept_as_newcomer(found.row, newcomer, at=g.now))
        if person is not None:
            sessions.begin(person)
            return _welcome(found)
    return _drawn(found, 422, newcomer=form, suggested=suggested)


def _welcome(found: PassedOn) -> Response:
    notice(_("Thank you. The paper and the form are here; you find them again on your home page."))
    return back("reviews.show", slug=found.page.event.slug, number=found.paper.number)


@reviews.post("/passed-on/<token>/decline")
@access(_load, anyone)
def decline_passed_on(found: PassedOn | None) -> Any:
    if found is None:
        return _gone()
    delegating.decline(found.row, request.form.get("reason", ""), at=g.now)
    return render_template("events/invitation_declined.html", event=found.page.event)

"""Awards as everybody reads them: what can be won, who won, nominating, declaring, checking a certificate."""

from __future__ import annotations

from typing import Any

from flask import Response, g, make_response, render_template
from werkzeug.exceptions import NotFound

from confsys.accounts.queries.people import by_verified_email
from confsys.awards import rules, words
from confsys.awards.context import AwardPage, Place, award_page, event_place, nomination_page, society_place
from confsys.awards.forms import DeclareForm, NomineeForm
from confsys.awards.models import AwardCertificate
from confsys.awards.operations import nominating
from confsys.awards.operations.nominating import Nominee
from confsys.awards.printing import set_certificate
from confsys.awards.queries import awards
from confsys.awards.standing import keeps
from confsys.awards.states import AgeRule, AwardState, Source
from confsys.awards.views.blueprint import bp
from confsys.core.access import access, anyone
from confsys.core.decisions import Decision, allow_if
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import ACCOUNT, limiter, on_post
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer


def _list(place: Place) -> str:
    may_keep = keeps(place.viewer, place.page.standing if place.page else None)
    found = awards.of_event(place.event_id, drafts=may_keep)
    return render_template(
        "awards/awards.html", awards=found, winners=awards.winners([a.id for a in found]), may_keep=may_keep,
        states=words.STATES if may_keep else words.PUBLIC_STATES, event=place.page.event if place.page else None,
    )  # fmt: skip


@bp.get("/awards")
@access(society_place, anyone)
def society_awards(place: Place) -> str:
    return _list(place)


@bp.get("/events/<slug>/awards")
@access(event_place, anyone)
def event_awards(place: Place) -> str:
    return _list(place)


def seen(page: AwardPage) -> Decision:
    return rules.may_see(page.standing)


@bp.get("/awards/<code>")
@access(award_page, seen)
def award(page: AwardPage) -> str:
    row, standing = page.award, page.standing
    won = awards.winners([row.id])[row.id]
    return render_template(
        "awards/award.html", page=page, award=row, event=row.event, words=words,
        own=awards.own_nominations(page.viewer.person_id, row.id), rule=words.rule_of(row),
        sources=[words.SOURCES[Source(source)] for source in row.sources],
        certificates=awards.certificates([one.id for one in won]),
        states=words.STATES if standing.is_committee else words.PUBLIC_STATES,
        winners=won, may_run=rules.may_run(standing),
        may_nominate=rules.may_nominate(standing), may_vote=rules.may_vote(standing),
        asks=row.rule is not AgeRule.NONE and row.state in {AwardState.NOMINATING, AwardState.JUDGING},
    )  # fmt: skip


@bp.route("/awards/<code>/nominate", methods=["GET", "POST"])
@on_post(ACCOUNT)
@access(award_page, lambda page: rules.may_nominate(page.standing) if seen(page) else seen(page))
def nominate(page: AwardPage) -> Any:
    form = NomineeForm()
    if form.validate_on_submit() and form.attempt(
        lambda: nominating.nominate(
            page.award, _nominee(form), standing=page.standing, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_l("Thank you. The nomination is with the committee; it stays confidential until the announcement."))
        return back(".award", code=page.award.code)
    return render_template("awards/nominate.html", page=page, award=page.award, event=page.award.event, form=form), (
        form.status
    )


def _nominee(form: NomineeForm) -> Nominee:
    person = None
    if form.address.data:
        person = by_verified_email(form.address.data)
        if person is None:
            raise Invalid(address=_l("Nobody here has this address. Leave it empty and give the name."))
    name = PersonName(form.given.data or "", form.family.data or "", form.native.data or "")
    return Nominee(name, form.why.data or "", form.organisation.data or "", person)


def _mine(page: AwardPage) -> Decision:
    """The nominee's own page, for whoever the rule is about."""
    own = page.viewer.signed_in and page.part.person_id == page.viewer.person_id
    return allow_if(own and page.award.rule is not AgeRule.NONE)


@bp.route("/awards/<code>/nominations/<int:nomination_id>/declare", methods=["GET", "POST"])
@access(nomination_page, _mine)
def declare(page: AwardPage) -> Any:
    row = page.part
    form = DeclareForm(data={"declared": row.declared, "consent": row.consented_at is not None})
    if form.validate_on_submit() and form.attempt(
        lambda: nominating.declare(
            page.award, row, form.declared.data, form.consent.data, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_l("Kept for the committee. It is forgotten when the award is announced."))
        return back(".award", code=page.award.code)
    return render_template(
        "awards/declare.html", page=page, award=page.award, event=page.award.event, form=form, row=row,
        rule=words.rule_of(page.award),
    ), form.status  # fmt: skip


@bp.post("/awards/<code>/nominations/<int:nomination_id>/withdraw-mine")
@access(nomination_page, lambda page: allow_if(page.viewer.signed_in and page.part.person_id == page.viewer.person_id))
def withdraw_mine(page: AwardPage) -> Response:
    nominating.withdraw(page.award, page.part, standing=page.standing, actor=page.viewer.actor, at=g.now)
    notice(_l("You are no candidate any more."))
    return back(".society_awards")


def _certificate(_viewer: Viewer, code: str) -> tuple[str, AwardCertificate | None]:
    return code, awards.certificate_by_code(code)


@bp.get("/certificates/award/<code>")
@limiter.limit("60 per minute")
@access(_certificate, anyone)
def verified(found: tuple[str, AwardCertificate | None]) -> tuple[str, int]:
    code, made = found
    printed = made.contents if made else {"award": {}, "paper": {}}
    return render_template(
        "awards/verified.html", certificate=made, code=code, award=LocalizedText.of(printed["award"]),
        paper=LocalizedText.of(printed["paper"]),
    ), 200 if made else 404  # fmt: skip


@bp.get("/certificates/award/<code>.pdf")
@limiter.limit("30 per minute")
@access(_certificate, anyone)
def certificate(found: tuple[str, AwardCertificate | None]) -> Response:
    """Winners are public, and so is what proves it; the code is on the award's page."""
    _code, made = found
    if made is None:
        raise NotFound
    answer = make_response(set_certificate(made))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{made.number}.pdf"'
    return answer

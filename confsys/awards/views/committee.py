"""The committee's pages: terms, candidates, rule, jury, steps, decision."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, abort, current_app, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.accounts.queries.people import by_verified_email
from confsys.awards import rules, words
from confsys.awards.context import (
    AwardPage,
    Place,
    award_page,
    event_place,
    juror_page,
    nomination_page,
    society_place,
)
from confsys.awards.forms import CheckForm, DecisionForm, JurorForm, PaperForm, TermsForm
from confsys.awards.models import Award
from confsys.awards.operations import judging, nominating, setting_up
from confsys.awards.operations.judging import Prize
from confsys.awards.operations.setting_up import Terms
from confsys.awards.queries import awards, jury
from confsys.awards.states import AWARD_TRANSITIONS, AgeRule, AwardState, Check, Scheme, Source
from confsys.awards.views.blueprint import bp
from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.errors import Invalid
from confsys.core.formatting import tx
from confsys.core.forms import localized, pair_of, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice


def _zone(page: Place | AwardPage) -> ZoneInfo:
    zone = page.page.event.zone if page.page is not None else current_app.extensions["settings"].zone
    return ZoneInfo(zone)


def _ends(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The last moment of a day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) - timedelta(seconds=1) if day else None


def _terms(form: TermsForm, zone: ZoneInfo) -> Terms:
    return Terms(
        localized(form, "name"), localized(form, "purpose"), frozenset(Source(s) for s in form.sources.data or ()),
        Scheme(form.scheme.data), form.picks.data or 1, form.winners_most.data, AgeRule(form.rule.data),
        form.age_limit.data, form.age_on.data, _ends(form.nominate_until.data, zone),
        _ends(form.judge_until.data, zone),
    )  # fmt: skip


def _terms_page(form: TermsForm, place: Place | AwardPage, award: Award | None) -> Any:
    event = place.page.event if place.page is not None else None
    return render_template("awards/terms.html", form=form, event=event, award=award), form.status


def _new(place: Place) -> Any:
    form = TermsForm(data={"sources": [Source.PAPERS.value if place.page else Source.MEMBERS.value]})
    if form.validate_on_submit():
        made = form.attempt(
            lambda: setting_up.create(
                place.page.event if place.page else None, _terms(form, _zone(place)), actor=place.viewer.actor, at=g.now
            )
        )
        if made is not None:
            notice(_l("A draft; only the committee sees it. Ask a jury, then open nominations."))
            return back(".desk", code=made.code)
    return _terms_page(form, place, None)


def _may_create(place: Place) -> Decision:
    return rules.may_create(place.viewer, place.page.standing if place.page else None)


@bp.route("/awards/new", methods=["GET", "POST"])
@access(society_place, _may_create)
def new(place: Place) -> Any:
    return _new(place)


@bp.route("/events/<slug>/awards/new", methods=["GET", "POST"])
@access(event_place, _may_create)
def new_for(place: Place) -> Any:
    return _new(place)


def _shown_terms(award: Award, zone: ZoneInfo) -> dict[str, Any]:
    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    return {
        **pair_of("name", award.name), **pair_of("purpose", award.purpose), "sources": award.sources,
        "scheme": award.scheme.value, "picks": award.picks, "winners_most": award.winners_most,
        "rule": award.rule.value, "age_limit": award.age_limit, "age_on": award.age_on,
        "nominate_until": day(award.nominate_until), "judge_until": day(award.judge_until), "version": award.version,
    }  # fmt: skip


@bp.route("/awards/<code>/edit", methods=["GET", "POST"])
@access(award_page, lambda page: rules.may_change_terms(page.standing))
def edit(page: AwardPage) -> Any:
    zone = _zone(page)
    form = TermsForm(data=_shown_terms(page.award, zone))
    if form.validate_on_submit() and form.attempt(
        lambda: setting_up.change_terms(
            page.award, _terms(form, zone), version=form.seen_version, standing=page.standing, actor=page.viewer.actor,
            at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved."))
        return back(".desk", code=page.award.code)
    return _terms_page(form, page, page.award)


def runs(page: AwardPage) -> Decision:
    return rules.may_run(page.standing)


def _desk(page: AwardPage, **forms: Any) -> Any:
    award, standing = page.award, page.standing
    found = awards.candidates(award.id)
    members = jury.jurors(award.id)
    counted = bool(rules.may_see_votes(standing))
    papers = PaperForm(formdata=None)
    offered = awards.papers_to_nominate(award) if rules.may_nominate_papers(standing) else []
    papers.paper.choices = select_choices([(p.id, f"#{p.number} {tx(p.title)}") for p in offered])
    decision = DecisionForm(formdata=None, data={"reasons": award.reasons, "version": award.version})
    values = {"juror": JurorForm(formdata=None), "decision": decision} | forms
    page_ = render_template(
        "awards/desk.html", page=page, award=award, event=award.event, words=words, candidates=found, jurors=members,
        bars=jury.bars(members, found), tally=jury.tally(award) if counted else [], offered=offered, papers=papers,
        steps=[to for to in AWARD_TRANSITIONS[award.state] if to in words.STEPS], may_decide=rules.may_decide(standing),
        may_change=rules.may_change_terms(standing), may_nominate=rules.may_nominate(standing),
        checks={one.id: _check_form(one.version, one.check, one.check_note) for one in found}, **values,
    )  # fmt: skip
    return page_, max((form.status for form in forms.values()), default=200)


def _check_form(version: int, check: Check, remark: str) -> CheckForm:
    data = {"version": version, "result": check.value, "check_note": remark}
    return CheckForm(formdata=None, data=data)


@bp.get("/awards/<code>/committee")
@access(award_page, runs)
def desk(page: AwardPage) -> Any:
    return _desk(page)


@bp.post("/awards/<code>/step")
@access(award_page, runs)
def step(page: AwardPage) -> Response:
    wanted = request.form.get("to", "")
    if wanted not in {state.value for state in words.STEPS}:
        abort(400)
    setting_up.advance(page.award, AwardState(wanted), standing=page.standing, actor=page.viewer.actor, at=g.now)
    return back(".desk", code=page.award.code)


@bp.post("/awards/<code>/papers")
@access(award_page, lambda page: rules.may_nominate_papers(page.standing))
def nominate_paper(page: AwardPage) -> Response:
    """One paper, or all that applied for an award when they were submitted."""
    offered = awards.papers_to_nominate(page.award)
    if request.form.get("all") == "1":
        wanted = [paper for paper in offered if paper.answers.get("award")]
    else:
        wanted = [paper for paper in offered if str(paper.id) == request.form.get("paper")]
    if not wanted:
        raise NotFound
    for paper in wanted:
        nominating.nominate_paper(page.award, paper, standing=page.standing, actor=page.viewer.actor, at=g.now)
    notice(_l("Nominated."))
    return back(".desk", code=page.award.code)


@bp.post("/awards/<code>/jury")
@access(award_page, runs)
def ask_juror(page: AwardPage) -> Any:
    form = JurorForm()

    def ask() -> None:
        person = by_verified_email(form.address.data)
        if person is None:
            raise Invalid(address=_l("Nobody here has this address."))
        setting_up.ask_juror(page.award, person, standing=page.standing, actor=page.viewer.actor, at=g.now)

    if form.validate_on_submit() and form.attempt(ask):
        notice(_l("Asked by mail."))
        return back(".desk", code=page.award.code)
    return _desk(page, juror=form)


@bp.post("/awards/<code>/jury/<int:juror_id>/dismiss")
@access(juror_page, runs)
def dismiss_juror(page: AwardPage) -> Response:
    setting_up.dismiss_juror(page.award, page.part, standing=page.standing, actor=page.viewer.actor, at=g.now)
    return back(".desk", code=page.award.code)


@bp.post("/awards/<code>/nominations/<int:nomination_id>/check")
@access(nomination_page, runs)
def check(page: AwardPage) -> Any:
    form = CheckForm()
    if form.validate_on_submit() and form.attempt(
        lambda: nominating.check(
            page.award, page.part, Check(form.result.data), form.check_note.data or "", version=form.seen_version,
            standing=page.standing, actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        return back(".desk", code=page.award.code)
    return render_template(
        "awards/check.html", page=page, award=page.award, event=page.award.event, form=form, row=page.part
    ), form.status  # fmt: skip


@bp.post("/awards/<code>/nominations/<int:nomination_id>/withdraw")
@access(nomination_page, runs)
def withdraw(page: AwardPage) -> Response:
    nominating.withdraw(page.award, page.part, standing=page.standing, actor=page.viewer.actor, at=g.now)
    return back(".desk", code=page.award.code)


@bp.post("/awards/<code>/decide")
@access(award_page, lambda page: rules.may_decide(page.standing))
def decide(page: AwardPage) -> Any:
    form = DecisionForm()
    if form.validate_on_submit() and form.attempt(
        lambda: judging.decide(
            page.award, _prizes(), form.reasons.data or "", version=form.seen_version, standing=page.standing,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Decided. Nobody else knows before you announce it."))
        return back(".desk", code=page.award.code)
    return _desk(page, decision=form)


def _prizes() -> dict[int, Prize]:
    """Of each candidate a place (empty: none) and a citation; the fields carry the nomination's number."""
    found = {}
    for key, value in request.form.items():
        number = key.removeprefix("place-")
        if key.startswith("place-") and number.isdigit() and value in {"1", "2", "3"}:
            found[int(number)] = Prize(int(value), request.form.get(f"citation-{number}", "").strip()[:2000])
    return found


@bp.post("/awards/<code>/announce")
@access(award_page, lambda page: rules.may_decide(page.standing))
def announce(page: AwardPage) -> Response:
    judging.announce(page.award, standing=page.standing, actor=page.viewer.actor, at=g.now)
    notice(_l("Announced. The winners are told, and their certificates are on the page of the award."))
    return back(".award", code=page.award.code)

"""Cases of integrity: a page each for those inside, and nothing at all for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core import limits
from confsys.core.access import access, missing, signed_in, viewer_only
from confsys.core.decisions import Decision
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members import rules
from confsys.members.days import society_day
from confsys.members.forms.integrity import (
    AddressForm,
    ComplaintForm,
    JudgementForm,
    ReasonForm,
    StepForm,
    WordsForm,
)
from confsys.members.models import IntegrityCase
from confsys.members.operations import integrity as operations
from confsys.members.operations.integrity import Complaint, Judgement
from confsys.members.queries.integrity import case_by_code, cases_for, standing_to_case, suspension_of
from confsys.members.standing import CaseStanding
from confsys.members.states import Allegation, CaseOutcome, CaseState
from confsys.members.words import ALLEGATIONS, CASE_STATES, OUTCOMES

bp = Blueprint("integrity", __name__, url_prefix="/integrity")


@dataclass(frozen=True, slots=True)
class CasePage:
    case: IntegrityCase
    standing: CaseStanding

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer


def _case(viewer: Viewer, code: str) -> CasePage:
    case = case_by_code(code)
    if case is None:
        missing()
    return CasePage(case, standing_to_case(case, viewer, g.now))


def _by(rule: Callable[[CaseStanding], Decision]) -> Callable[[CasePage], Decision]:
    return lambda page: rule(page.standing)


@bp.get("/cases")
@access(viewer_only, signed_in)
def cases(viewer: Viewer) -> str:
    """For most people an empty page with one button: to complain."""
    return render_template(
        "members/integrity/cases.html", cases=cases_for(viewer), states=CASE_STATES,
        keeps_officers=bool(rules.may_keep_officers(viewer)),
    )  # fmt: skip


@bp.route("/complaint", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@access(viewer_only, signed_in)
def complain(viewer: Viewer) -> Any:
    form = ComplaintForm()
    if form.validate_on_submit():
        told = Complaint(Allegation(form.allegation.data), form.respondent.data, form.text.data)
        made = form.attempt(lambda: operations.file_complaint(told, actor=viewer.actor, at=g.now))
        if made is not None:
            notice(_("Your complaint is with the integrity officer. You can follow it here."))
            return back(".case", code=made.code)
    return render_template("members/integrity/complain.html", form=form), form.status


def _forms() -> dict[str, Any]:
    return {
        "reply": WordsForm, "opinion": WordsForm, "appeal": WordsForm, "dismiss": ReasonForm, "notify": AddressForm,
        "panel": AddressForm, "convene": StepForm, "decide": JudgementForm, "close": StepForm, "final": JudgementForm,
    }  # fmt: skip


#: Which step who may take: the rule, and the state in which an officer is offered it.
STEPS: dict[str, tuple[Callable[[CaseStanding], Decision], frozenset[CaseState]]] = {
    "reply": (rules.may_reply, frozenset({CaseState.NOTICE})),
    "opinion": (rules.may_give_opinion, frozenset({CaseState.PANEL})),
    "appeal": (rules.may_appeal, frozenset({CaseState.DECIDED})),
    "dismiss": (rules.may_handle_case, frozenset({CaseState.FILED})),
    "notify": (rules.may_handle_case, frozenset({CaseState.FILED})),
    "panel": (rules.may_handle_case, frozenset({CaseState.NOTICE})),
    "convene": (rules.may_handle_case, frozenset({CaseState.NOTICE})),
    "decide": (rules.may_handle_case, frozenset({CaseState.PANEL})),
    "close": (rules.may_handle_case, frozenset({CaseState.DECIDED})),
    "final": (rules.may_handle_case, frozenset({CaseState.APPEAL})),
}


def _offered(page: CasePage) -> list[str]:
    return [key for key, (rule, states) in STEPS.items() if page.case.state in states and rule(page.standing)]


def _page(page: CasePage, wrong: str = "", form: Any = None) -> str:
    offered = {key: _forms()[key](formdata=None, version=page.case.version) for key in _offered(page)}
    if wrong in offered and form is not None:
        offered[wrong] = form
    return render_template(
        "members/integrity/case.html", page=page, case=page.case, forms_=offered, states=CASE_STATES,
        allegations=ALLEGATIONS, outcomes=OUTCOMES, reads_reply=bool(rules.may_read_reply(page.standing)),
        reads_opinions=bool(rules.may_read_opinions(page.standing)),
        suspension=suspension_of(page.case) if rules.may_read_reply(page.standing) else None, today=society_day(g.now),
        final=page.case.state in {CaseState.DECIDED, CaseState.APPEAL, CaseState.CLOSED},
    )  # fmt: skip


@bp.get("/cases/<code>")
@access(_case, _by(rules.may_see_case))
def case(page: CasePage) -> str:
    return _page(page)


def _step_page(viewer: Viewer, code: str, step: str) -> tuple[CasePage, str]:
    page = _case(viewer, code)
    if step not in _offered(page):
        raise NotFound
    return page, step


@bp.post("/cases/<code>/<step>")
@access(_step_page, lambda subject: STEPS[subject[1]][0](subject[0].standing))
def take_step(subject: tuple[CasePage, str]) -> Any:
    page, step = subject
    form = _forms()[step]()
    if form.validate_on_submit() and form.attempt(lambda: _do(page, step, form)):
        notice(_("Noted in the case."))
        return back(".case", code=page.case.code)
    return _page(page, step, form), form.status


def _do(page: CasePage, step: str, form: Any) -> None:
    case, who = page.case, {"actor": page.viewer.actor, "at": g.now}
    version = getattr(form, "seen_version", None)
    if step in {"reply", "opinion", "appeal"}:
        speaking = {"reply": operations.reply, "opinion": operations.give_opinion, "appeal": operations.appeal}[step]
        speaking(case, form.text.data, **who)
    elif step == "dismiss":
        operations.dismiss(case, form.text.data, version=version, **who)
    elif step == "notify":
        operations.give_notice(case, form.address.data or "", version=version, **who)
    elif step == "panel":
        operations.add_panelist(case, form.address.data or "", **who)
    elif step == "convene":
        operations.convene(case, version=version, **who)
    elif step == "close":
        operations.close(case, None, version=version, **who)
    else:
        judgement = Judgement(CaseOutcome(form.outcome.data), form.text.data, form.until.data)
        judging = operations.decide if step == "decide" else operations.close
        judging(case, judgement, version=version, **who)

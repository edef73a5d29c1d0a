"""The organisers' table of all discussions, and the rules of the room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import g, render_template, request

from confsys.core.access import access
from confsys.core.exporting import download
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.options import options_of
from confsys.exchange.context import exchange_page, may_see_figures
from confsys.exchange.forms import RulesForm
from confsys.exchange.operations.settings import set_rules
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.queries.figures import ExchangeFigures, figures_of
from confsys.exchange.states import Anonymity
from confsys.exchange.views.blueprint import bp


@bp.get("/desk")
@access(exchange_page, may_see_figures)
def desk(page: EventPage) -> Any:
    figures = figures_of(page.event.id)
    if request.args.get("format") in {"csv", "xlsx"}:
        return _file(figures, request.args["format"])
    return render_template(
        "exchange/desk.html", event=page.event, figures=figures, at=g.now, silent=figures.without_exchange(g.now)
    )


def _file(figures: ExchangeFigures, format_: str) -> Any:
    header = [
        _("Session"), _("Begins"), _("Questions"), _("Answered"), _("People who spoke up"), _("Votes"), _("Remarks"),
        _("Poll answers"), _("Attendance"), _("Feedback"), _("Stars"),
    ]  # fmt: skip
    locale = current_locale()
    rows = [
        [s.title.in_(locale), s.starts_at, s.asked, s.answered, s.voices, s.votes, s.remarks, s.polled, s.attendance,
         s.feedback, s.stars]
        for s in figures.sessions
    ]  # fmt: skip
    return download(format_, "exchange", header, rows)


@bp.route("/rules", methods=["GET", "POST"])
@access(exchange_page, may_see_figures)
def rules(page: EventPage) -> Any:
    kept = options_of(page.event, ExchangeOptions)
    form = RulesForm(
        data={
            "version": page.event.version, "moderated": kept.moderated, "anonymity": kept.anonymity,
            "debate": kept.debate, "attendance": kept.attendance, "days_after": kept.days_after,
        }
    )  # fmt: skip
    if form.validate_on_submit():
        wanted = replace(
            kept, moderated=bool(form.moderated.data), anonymity=Anonymity(form.anonymity.data).value,
            debate=bool(form.debate.data), attendance=bool(form.attendance.data), days_after=form.days_after.data,
        )  # fmt: skip
        saved = form.attempt(
            lambda: set_rules(
                page.event, wanted, version=form.seen_version, standing=page.standing, actor=page.viewer.actor,
                at=g.now,
            )
        )  # fmt: skip
        if saved is not None:
            notice(_l("Saved. New questions follow these rules."))
            return back(".rules", slug=page.event.slug)
    return render_template("exchange/rules.html", event=page.event, form=form), form.status

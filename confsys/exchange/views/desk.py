"""The organisers' table of all discussions, and the rules of the room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, g, render_template

from confsys.core.access import access
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.options import options_of
from confsys.exchange.context import exchange_page, may_see_figures
from confsys.exchange.forms import RulesForm
from confsys.exchange.operations.settings import set_rules
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.queries.desk import sessions, sessions_query
from confsys.exchange.queries.figures import figures_of
from confsys.exchange.states import Anonymity
from confsys.exchange.views.blueprint import bp


@bp.get("/desk")
@access(exchange_page, may_see_figures)
def desk(page: EventPage) -> Any:
    figures = figures_of(page.event.id)
    found = sessions(figures).answer(sessions_query(page.event.id, figures))
    if isinstance(found, Response):
        return found
    silent = figures.without_exchange(g.now)
    return render_template("exchange/desk.html", event=page.event, figures=figures, found=found, silent=silent)


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

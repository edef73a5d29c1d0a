"""Page budgets and the fee for extra pages: the chair's settings, the author's order."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.publishing.context import FinalPage, final_page, may_manage, publishing_page
from confsys.publishing.forms import BudgetForm, FreePagesForm
from confsys.publishing.operations import fees
from confsys.publishing.queries import fees as read
from confsys.publishing.queries import finals
from confsys.publishing.views.author import bp as author_bp
from confsys.publishing.views.author import go_back, load, open_to_contacts
from confsys.publishing.views.blueprint import bp
from confsys.publishing.views.finals import show_final
from confsys.submissions.context import PaperPage


@bp.route("/budget", methods=["GET", "POST"])
@access(publishing_page, may_manage)
def budget(page: EventPage) -> Any:
    known, currency = read.budgets(page.event.id), current_app.extensions["settings"].currency
    values = [
        {"kind": kind, "pages": row.pages, "most_extra": row.most_extra, "fee": Money(row.fee, currency).amount}
        if (row := known.get(kind)) else {"kind": kind}
        for kind in dict.fromkeys([*read.kinds(page.event.id), *known])
    ]  # fmt: skip
    form = BudgetForm(data={"rows": values})
    if form.validate_on_submit():
        wanted = {
            entry.form.kind.data or "": (
                entry.form.pages.data, entry.form.most_extra.data or 0,
                Money.parse(str(entry.form.fee.data or 0), currency).minor,
            )
            for entry in form.rows.entries
            if entry.form.pages.data
        }  # fmt: skip
        fees.set_budgets(page.event, wanted, actor=page.viewer.actor, at=g.now)
        notice(_l("Saved. Papers that are too long now say so to their authors."))
        return back(".overview", slug=page.event.slug)
    return render_template(
        "publishing/budget.html", page=page, event=page.event, form=form, currency=currency
    ), 422 if form.errors else 200  # fmt: skip


@author_bp.post("/pages")
@access(load, open_to_contacts)
def order_pages(page: PaperPage) -> Any:
    ready = finals.of_paper(page.submission)
    if ready is None:
        return go_back(page)
    try:
        order = fees.order_pages(ready, page.submission, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
        return go_back(page)
    return back("payments.order", code=order.code)


@bp.post("/papers/<int:number>/free-pages")
@access(final_page, may_manage)
def free_pages(page: FinalPage) -> Any:
    form = FreePagesForm()
    if not form.validate_on_submit():
        return show_final(page, free=form), 422
    fees.waive(page.ready, form.reason.data, version=int(form.version.data or 0), actor=page.viewer.actor, at=g.now)
    notice(_l("The pages cost nothing; your reason is kept."))
    return back(".final", slug=page.event.slug, number=page.ready.submission.number)

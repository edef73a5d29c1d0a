"""A round table: who sits there, what each of them says before, and what came of it."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from confsys.core.access import access
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events import invitees
from confsys.events.views.people import tell_invited
from confsys.events.words import GRANT_STATES, GRANT_TONES
from confsys.forum.context import GatheringPage, table_page
from confsys.forum.forms import SeatsForm, StatementForm
from confsys.forum.operations import tables as operations
from confsys.forum.operations.tables import STATEMENT_MAX
from confsys.forum.queries import gatherings
from confsys.forum.rules import gatherings as rules
from confsys.forum.views.blueprint import bp
from confsys.forum.views.salons import may_lead, may_see
from confsys.forum.views.shared import discussion_of, words


@bp.get("/events/<slug>/table")
@access(table_page, may_see)
def table(on: GatheringPage) -> str:
    return render_template(
        "forum/table.html",
        **words(
            on, seats=gatherings.at_table(on.event.id), statements=gatherings.statements_of(on.event.id, on.standing),
            may_send=rules.may_send_statement(on.standing), discussion=discussion_of(on),
            sent=gatherings.own_statement(on.event.id, on.viewer) if on.standing.has_seat else None,
        ),
    )  # fmt: skip


@bp.route("/events/<slug>/table/statement", methods=["GET", "POST"])
@access(table_page, lambda on: rules.may_send_statement(on.standing))
def statement(on: GatheringPage) -> Any:
    sent = gatherings.own_statement(on.event.id, on.viewer)
    values = {"is_public": True, "version": ""}
    if sent is not None:
        values = {"title": sent.title, "text": sent.text, "is_public": sent.is_public, "version": sent.version}
    form = StatementForm(data=values)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.send_statement(
            on.event, form.title.data or "", form.text.data or "", bool(form.is_public.data),
            version=form.seen_version or None, standing=on.standing, actor=on.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Your statement is with the table. You can change it until the summary is out."))
        return back(".table", slug=on.event.slug)
    return render_template("forum/statement.html", **words(on, form=form, sent=sent, most=STATEMENT_MAX)), form.status


def _desk(on: GatheringPage, form: SeatsForm) -> Any:
    return render_template(
        "forum/table_desk.html",
        **words(on, seats=gatherings.seats_of(on.event.id), form=form, grants=GRANT_STATES, tones=GRANT_TONES),
    ), form.status  # fmt: skip


@bp.get("/events/<slug>/table/desk")
@access(table_page, may_lead)
def table_desk(on: GatheringPage) -> Any:
    return _desk(on, SeatsForm(formdata=None, data={"locale": current_locale()}))


@bp.post("/events/<slug>/table/desk")
@access(table_page, may_lead)
def ask_to_table(on: GatheringPage) -> Any:
    form = SeatsForm(data={"locale": current_locale()})
    if form.validate_on_submit():
        found, wrong = invitees.read(form.people.data)
        if wrong:
            lines = ", ".join(_("line %(number)s (%(text)s)", number=number, text=text) for number, text in wrong)
            form.people.errors = [_("No address was found in: %(lines)s.", lines=lines)]
        else:
            done = form.attempt(
                lambda: operations.ask_to_table(
                    on.event, found, form.message.data or "", locale=form.locale.data, standing=on.standing,
                    actor=on.viewer.actor, at=g.now,
                )
            )  # fmt: skip
            if done is not None:
                tell_invited(done)
                return back(".table_desk", slug=on.event.slug)
    return _desk(on, form)

"""Reminding authors: the chair chooses papers, reads the draft, sends it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.i18n import force_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LOCALES, LocalizedText
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.publishing.context import may_manage, publishing_page
from confsys.publishing.forms import ReminderForm
from confsys.publishing.operations import camera_ready
from confsys.publishing.queries import board
from confsys.publishing.views.blueprint import bp


def _draft(event: Any) -> ReminderForm:
    """The words a chair begins with, in both languages."""
    values = {}
    for locale in LOCALES:
        with force_locale(locale):
            values[f"subject_{locale}"] = _("The final version of your paper {number} is not complete yet")
            values[f"text_{locale}"] = "\n\n".join(
                (
                    _("Dear {name},"),
                    _(
                        "your paper “{title}” was accepted for %(event)s. Before it can be printed, this is still "
                        "missing: {missing}.",
                        event=event.name.in_(locale),
                    ),
                    _("Please complete it here:") + "\n{link}",
                    _("With thanks, the publication chair"),
                )
            )
    return ReminderForm(formdata=None, data=values)


def _page(page: EventPage, form: ReminderForm, numbers: list[int], status: int = 200) -> Any:
    papers = board.chosen(page.standing, numbers)
    if not papers:
        notice(_l("Choose papers that are not ready yet."), "info")
        return back(".overview", slug=page.event.slug)
    return render_template(
        "publishing/reminders.html", page=page, event=page.event, form=form, papers=papers
    ), status  # fmt: skip


def _numbers(page: EventPage) -> list[int]:
    if request.form.get("everything"):
        return board.numbers(page.standing, request.form.get("q", ""))
    return [int(text) for text in request.form.getlist("selected") if text.isdigit() and len(text) < 8]


@bp.post("/reminders/draft")
@access(publishing_page, may_manage)
def draft_reminder(page: EventPage) -> Any:
    numbers = _numbers(page) if "action" in request.form else board.numbers(page.standing, "")
    return _page(page, _draft(page.event), numbers)


@bp.post("/reminders")
@access(publishing_page, may_manage)
def remind(page: EventPage) -> Any:
    form, numbers = ReminderForm(), _numbers(page)
    if not form.validate_on_submit():
        return _page(page, form, numbers, 422)

    def both(name: str) -> LocalizedText:
        return LocalizedText(*(form[f"{name}_{locale}"].data for locale in LOCALES))

    told = camera_ready.remind(
        board.chosen(page.standing, numbers), both("subject"), both("text"), actor=page.viewer.actor, at=g.now
    )
    notice(_l("%(count)s papers were reminded.", count=told), "success" if told else "info")
    return _back(page)


def _back(page: EventPage) -> Response:
    return back(".overview", slug=page.event.slug)

"""Bringing in a schedule that another system wrote: tried dry first, then for good."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.exporting import download
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import dry_run
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import may_change, programme_page
from confsys.programme.forms import ImportForm
from confsys.programme.interchange import table
from confsys.programme.interchange.forms import Schedule
from confsys.programme.operations import importing
from confsys.programme.reading import InvalidRows, read_schedule
from confsys.programme.views.blueprint import desk


def _who(page: EventPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/import")
@access(programme_page, may_change)
def choose_import(page: EventPage) -> str:
    return render_template("programme/desk/import.html", event=page.event, form=ImportForm(), would=None, wrong=[])


@desk.post("/import")
@access(programme_page, may_change)
def import_schedule(page: EventPage) -> Any:
    """Tried dry first; with the button "import" for good."""
    form = ImportForm()
    would, wrong = None, []
    if form.validate():
        try:
            schedule = read_schedule(form.file.data.read(), page.event.zone)
            would = form.attempt(lambda: _import(page, form, schedule, dry="try" in request.form))
        except Invalid as error:
            form.blame(error)
            wrong = error.rows if isinstance(error, InvalidRows) else []
        if would is not None and "try" not in request.form:
            notice(
                _l("%(added)s items came in, %(changed)s moved, %(removed)s went.", added=would.added,
                   changed=would.changed, removed=would.removed)
            )  # fmt: skip
            return back(".today", slug=page.event.slug)
    return render_template(
        "programme/desk/import.html", event=page.event, form=form, would=would, wrong=wrong
    ), form.status


def _import(page: EventPage, form: ImportForm, schedule: Schedule, *, dry: bool) -> importing.Imported:
    values = {"replace_others": bool(form.replace_others.data), **_who(page)}
    if not dry:
        return importing.import_programme(page.event, schedule, **values)
    with dry_run():
        return importing.import_programme(page.event, schedule, **values)


@desk.get("/import/table.csv")
@access(programme_page, may_change)
def empty_table(page: EventPage) -> Response:
    """A table to fill: its head, and one row that shows how."""
    heads = [words[1 if current_locale() == "zh" else 0] for words in table.COLUMNS.values()]
    day = page.event.starts_on.isoformat() if page.event.starts_on else "2026-06-10"
    row = ["1", "Opening", "开幕式", "keynote", "", "", day, "09:00", "", "30", "Given Family; 张伟", ""]
    return download("csv", "programme", heads, [row])

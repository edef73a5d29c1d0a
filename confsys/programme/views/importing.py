"""Bringing in a schedule that another system wrote: tried dry first, then for good."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from confsys.core.access import access
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import dry_run
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import may_change, programme_page
from confsys.programme.forms import ImportForm
from confsys.programme.operations import importing
from confsys.programme.reading import read_schedule
from confsys.programme.views.blueprint import desk


def _who(page: EventPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/import")
@access(programme_page, may_change)
def choose_import(page: EventPage) -> str:
    return render_template("programme/desk/import.html", event=page.event, form=ImportForm(), would=None)


@desk.post("/import")
@access(programme_page, may_change)
def import_schedule(page: EventPage) -> Any:
    """Tried dry first; with the button "import" for good."""
    form = ImportForm()
    would = None
    if form.validate():
        would = form.attempt(lambda: _import(page, form, dry="try" in request.form))
        if would is not None and "try" not in request.form:
            notice(
                _l("%(added)s items came in, %(changed)s moved, %(removed)s went.", added=would.added,
                   changed=would.changed, removed=would.removed)
            )  # fmt: skip
            return back(".today", slug=page.event.slug)
    return render_template("programme/desk/import.html", event=page.event, form=form, would=would), form.status


def _import(page: EventPage, form: ImportForm, *, dry: bool) -> importing.Imported:
    schedule = read_schedule(form.file.data.read())
    values = {"replace_others": bool(form.replace_others.data), **_who(page)}
    if not dry:
        return importing.import_programme(page.event, schedule, **values)
    with dry_run():
        return importing.import_programme(page.event, schedule, **values)

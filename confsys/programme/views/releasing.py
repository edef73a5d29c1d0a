"""From timetable to programme: what would change, the release, its letters."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.forms import localized
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import ReleasePage, changes, may_change, may_look, programme_page, release_page
from confsys.programme.forms import ReleaseForm
from confsys.programme.operations import booklets, letters, releases
from confsys.programme.queries.booklets import booklets_of
from confsys.programme.queries.preview import outlook
from confsys.programme.queries.released import history, latest_release
from confsys.programme.rules import may_arrange
from confsys.programme.views.blueprint import desk
from confsys.programme.wording import change_sentence, clash_sentence


def _who(page: EventPage | ReleasePage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/release")
@access(programme_page, may_look)
def preview(page: EventPage) -> str:
    return _preview(page, ReleaseForm())


def _preview(page: EventPage, form: ReleaseForm) -> str:
    view = outlook(page.event, g.now)
    number = view.before.number if view.before else 0
    form.seen.data = number
    return render_template(
        "programme/desk/release.html", event=page.event, form=form, view=view, number=number,
        changes=[(c, change_sentence(c, page.event.zone)) for c in view.changes if not c.follows],
        barring=[(c, clash_sentence(c, view.judged)) for c in view.barring],
        warnings=[(c, clash_sentence(c, view.judged)) for c in view.warnings],
        history=history(page.event.id), editable=bool(may_arrange(page.standing)),
        booklets=booklets_of(view_release.id) if (view_release := latest_release(page.event.id)) else [],
        drafts=len(letters.drafts_of(page.event.id, number)) if number else 0,
    )  # fmt: skip


@desk.post("/release")
@access(programme_page, may_change)
def release(page: EventPage) -> Any:
    form = ReleaseForm()
    seen = int(form.seen.data) if str(form.seen.data or "").isdigit() else None
    if form.validate():
        made = form.attempt(lambda: releases.release(page.event, note=localized(form, "note"), seen=seen, **_who(page)))
        if made is not None:
            notice(_l("Version %(number)s of the programme is public now.", number=made.number))
            return back(".release_letters", slug=page.event.slug, number=made.number)
    return _preview(page, form), form.status


@desk.post("/releases/<int:number>/booklets")
@access(release_page, changes)
def ask_booklet(page: ReleasePage) -> Response:
    """Have the booklet set: ``language``, ``abstracts``."""
    abstracts = request.form.get("abstracts") == "1"
    booklets.ask_booklet(page.event, page.release, request.form.get("language", ""), abstracts=abstracts, **_who(page))
    notice(_l("The booklet is being set. It is ready in a moment; reload this page."))
    return back(".preview", slug=page.event.slug)


@desk.get("/releases/<int:number>/letters")
@access(release_page, changes)
def release_letters(page: ReleasePage) -> str:
    """The drafts to those on the programme, to be read before anything is sent."""
    return render_template(
        "programme/desk/letters.html", event=page.event, release=page.release,
        drafts=letters.drafts_of(page.event.id, page.release.number),
    )  # fmt: skip


@desk.post("/releases/<int:number>/letters")
@access(release_page, changes)
def settle_letters(page: ReleasePage) -> Response:
    number = page.release.number
    if request.form.get("action") == "discard":
        count = letters.discard_letters(page.event, number, **_who(page))
        notice(_l("%(count)s drafts were discarded. Nobody was written to.", count=count), "info")
    else:
        count = letters.send_letters(page.event, number, **_who(page))
        notice(_l("%(count)s letters are on their way.", count=count))
    return back(".preview", slug=page.event.slug)

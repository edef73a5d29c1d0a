"""What an event uses of the forum."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import g, render_template

from confsys.core.access import access
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage, by_standing
from confsys.events.options import options_of
from confsys.events.rules import may_edit_event
from confsys.forum.context import forum_page
from confsys.forum.forms import ForumForm
from confsys.forum.operations.settings import set_parts
from confsys.forum.options import ForumOptions
from confsys.forum.views.blueprint import bp


@bp.route("/events/<slug>/forum/settings", methods=["GET", "POST"])
@access(forum_page, by_standing(may_edit_event))
def settings(page: EventPage) -> Any:
    kept = options_of(page.event, ForumOptions)
    form = ForumForm(data={"version": page.event.version, **asdict(kept)})
    if form.validate_on_submit():
        wanted = replace(kept, **{name: form[name].data for name in asdict(kept)})
        if form.attempt(
            lambda: set_parts(
                page.event, wanted, version=form.seen_version, standing=page.standing, actor=page.viewer.actor, at=g.now
            )
        ):
            notice(_l("Saved."))
            return back(".settings", slug=page.event.slug)
    return render_template("forum/settings.html", event=page.event, form=form), form.status

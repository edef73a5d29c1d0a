"""What the settings pages share: the step line of the guided set-up, and where a saved page leads."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from confsys.core.access import access
from confsys.core.i18n import gettext as _
from confsys.core.pages import notice
from confsys.events.context import EventPage, by_standing, event_page
from confsys.events.operations.settings import STEPS, finish_step
from confsys.events.rules import may_edit_event
from confsys.events.states import EventState
from confsys.events.views.blueprint import bp

editors = by_standing(may_edit_event)
#: step of the set-up -> its page
PAGES = {
    "basics": "events.basics",
    "dates": "events.stages",
    "tracks": "events.tracks",
    "forms": "events.forms",
    "people": "events.people",
    "site": "events.pages",
    "publish": "events.publish",
}


def step_names() -> dict[str, str]:
    return {
        "basics": _("Basics"),
        "dates": _("Dates"),
        "tracks": _("Tracks and topics"),
        "forms": _("Forms"),
        "people": _("People"),
        "site": _("Site"),
        "publish": _("Publish"),
    }


def in_setup(page: EventPage) -> bool:
    """The set-up is over when the event was published once or every step is done."""
    return page.event.state is EventState.DRAFT and "publish" not in page.event.setup_done


def next_step(page: EventPage, after: str = "") -> str:
    """The first step that is not done, looking from ``after`` onwards and then from the beginning."""
    start = STEPS.index(after) + 1 if after in STEPS else 0
    order = (*STEPS[start:], *STEPS[:start])
    return next((step for step in order if step not in page.event.setup_done), STEPS[-1])


def step_line(page: EventPage, current: str) -> list[dict[str, str]]:
    """For the ``steps_line`` macro."""
    names = step_names()

    def state(step: str) -> str:
        if step == current:
            return "current"
        return "done" if step in page.event.setup_done else "todo"

    return [
        {"label": names[step], "state": state(step), "href": url_for(PAGES[step], slug=page.event.slug)}
        for step in STEPS
    ]


def drawn(template: str, page: EventPage, step: str, **values: Any) -> str:
    """A settings page, with the steps above it while the event is being set up."""
    guided = in_setup(page)
    return render_template(
        f"events/settings/{template}.html", event=page.event, now=g.now, step=step, guided=guided,
        steps=step_line(page, step) if guided else [], save_word=_("Save and go on") if guided else _("Save"),
        **values,
    )  # fmt: skip


def saved(page: EventPage, step: str, *, stay: bool = False) -> Any:
    """After a save: on to the next step during set-up, else back to the page."""
    if in_setup(page) and not stay:
        finish_step(page.event, step, actor=page.viewer.actor, at=g.now)
        return redirect(url_for(PAGES[next_step(page, step)], slug=page.event.slug), 303)
    notice(_("Saved."))
    return redirect(url_for(request.endpoint or PAGES[step], **(request.view_args or {})), 303)


@bp.get("/events/<slug>/setup")
@access(event_page, editors)
def setup(page: EventPage) -> Any:
    """Into the set-up where it was left."""
    return redirect(url_for(PAGES[next_step(page)], slug=page.event.slug))


@bp.post("/events/<slug>/setup/<step>/done")
@access(lambda viewer, slug, step: (event_page(viewer, slug), step), lambda found: editors(found[0]))
def step_done(found: tuple[EventPage, str]) -> Any:
    """“This is fine as it is”: for steps whose parts are saved one by one, or need nothing."""
    page, step = found
    finish_step(page.event, step, actor=page.viewer.actor, at=g.now)
    return redirect(url_for(PAGES[next_step(page, step)], slug=page.event.slug), 303)

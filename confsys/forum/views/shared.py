"""What the pages of a salon and of a round table have in common."""

from __future__ import annotations

from typing import Any

from flask import url_for

from confsys.core.formatting import person
from confsys.core.forms import pair_of, select_choices
from confsys.core.i18n import gettext as _
from confsys.exchange.rules import may_read
from confsys.forum.context import GatheringPage
from confsys.forum.forms import GatheringForm
from confsys.forum.queries import gatherings
from confsys.forum.rules import gatherings as rules
from confsys.forum.words import IDEA_STATES, QUOTE_STATES, SHORT_TALK_STATES
from confsys.programme.queries.released import latest_release


def discussion_of(on: GatheringPage) -> str:
    """Where the event is discussed: questions, votes, debate. Nothing before a programme is released."""
    if not may_read(on.page.standing) or latest_release(on.event.id) is None:
        return ""
    return url_for("exchange.index", slug=on.event.slug)


def words(on: GatheringPage, **more: Any) -> dict[str, Any]:
    """What every template of a gathering reads."""
    return {
        "event": on.event, "on": on, "gathering": on.gathering, "standing": on.standing, "parts": on.parts,
        "talk_states": SHORT_TALK_STATES, "quote_states": QUOTE_STATES, "idea_states": IDEA_STATES,
        "may_lead": rules.may_lead(on.standing), "may_write": rules.may_write(on.standing), **more,
    }  # fmt: skip


def people_choices(on: GatheringPage) -> list[tuple[str, str]]:
    return [(str(person_id), person(name)) for person_id, name in gatherings.people_of(on.event.id)]


def set_up_form(on: GatheringPage) -> GatheringForm:
    row = on.gathering
    values = {"version": "", "host": "", "scribe": ""}
    if row is not None:
        values = {
            "version": str(row.version), "host": str(row.host_id or ""), "scribe": str(row.scribe_id or ""),
            **pair_of("question", row.question),
        }  # fmt: skip
    form = GatheringForm(data=values)
    choices = [("", _("nobody yet")), *people_choices(on)]
    form.host.choices = select_choices(choices)
    form.scribe.choices = select_choices(choices)
    return form


def number_in(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None

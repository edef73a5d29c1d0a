"""Inviting reviewers: a list, pasted or from a file; a look at it; then the mails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, render_template, request

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.formatting import tx
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale, ngettext
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.events import invitees
from confsys.events.context import EventPage
from confsys.events.invitees import Invitee
from confsys.events.operations import roles
from confsys.events.queries.parts import tracks_of
from confsys.events.rules import may_grant
from confsys.events.standing import EventStanding
from confsys.events.states import Role
from confsys.reviewing import rules
from confsys.reviewing.forms.inviting import ShortlistForm
from confsys.reviewing.queries.shortlist import considered
from confsys.reviewing.views.blueprints import chair, for_those, room
from confsys.submissions.wording import CONFLICT_WORDS

LARGEST_FILE = 1_000_000


def _inviting(standing: EventStanding) -> Decision:
    return rules.may_build_committee(standing) and may_grant(standing, Role.REVIEWER)


inviting = for_those(_inviting)


def _form(page: EventPage, **given: Any) -> ShortlistForm:
    form = ShortlistForm(data={"locale": current_locale(), "people": request.args.get("people", "")[:300]}, **given)
    tracks = [(str(track.id), tx(track.name)) for track in tracks_of(page.event.id)]
    form.track.choices = select_choices([("", _("the whole event")), *tracks])
    return form


@chair.get("/committee/invite")
@access(room, inviting)
def invite(page: EventPage) -> Any:
    """The list to begin with."""
    return render_template("reviewing/invite.html", event=page.event, form=_form(page))


@chair.post("/committee/invite")
@access(room, inviting)
def look_at_list(page: EventPage) -> Any:
    """What would happen to each line, and from how many papers each would be kept away. Nobody is written to."""
    form = _form(page)
    found, wrong = _read(form)
    if form.validate() and not found and not wrong:
        form.people.errors = [_("Write at least one address, or choose a file.")]
    if form.errors:
        return render_template("reviewing/invite.html", event=page.event, form=form), 422
    outcome = roles.sorted_out(page.event, found, Role.REVIEWER, track_id=_track(form), at=g.now)
    rows = considered(
        found, outcome, page.standing, compare=bool(rules.may_chair_reviews(page.standing))
    )  # fmt: skip
    return render_template(
        "reviewing/shortlist.html", event=page.event, form=form, rows=rows, wrong=wrong, kinds=CONFLICT_WORDS,
        compared=bool(rules.may_chair_reviews(page.standing)), able=[row for row in rows if row.state == "asked"],
        whole="\n".join(f"{row.invitee.name} <{row.invitee.address}>" for row in rows),
    )  # fmt: skip


def _read(form: ShortlistForm) -> tuple[list[Invitee], list[tuple[int, str]]]:
    """Everybody typed and in the file, each once, and the lines without an address."""
    found, wrong = invitees.read(form.people.data or "")
    upload = form.file.data
    if upload:
        raw = upload.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            form.file.errors = [_("This file is too large for a list of addresses.")]
            return found, list(wrong)
        more, unread = invitees.read_table(raw)
        known = {each.address for each in found}
        found, wrong = found + [each for each in more if each.address not in known], [*wrong, *unread]
    return found, list(wrong)


@chair.post("/committee/invite/send")
@access(room, inviting)
def send_invitations(page: EventPage) -> Any:
    """Write to those of the list that were ticked."""
    form = _form(page)
    ticked = set(request.form.getlist("selected"))
    chosen = [each for each in invitees.read(form.people.data or "")[0] if each.address in ticked]
    if not form.validate() or not chosen:
        if not chosen:
            form.people.errors = [_("Nobody was ticked.")]
        return render_template("reviewing/invite.html", event=page.event, form=form), 422
    done = form.attempt(lambda: _send(page, chosen, form))
    if done is None:
        return render_template("reviewing/invite.html", event=page.event, form=form), 422
    notice(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", len(done.asked)))
    return back("reviewing.members", slug=page.event.slug, q="state:invited")


def _track(form: ShortlistForm) -> int | None:
    return int(form.track.data) if (form.track.data or "").isdigit() else None


def _send(page: EventPage, chosen: Sequence[Invitee], form: ShortlistForm) -> roles.Invited:
    return roles.invite(
        page.event, chosen, Role.REVIEWER, track_id=_track(form), locale=form.locale.data or current_locale(),
        message=form.message.data or "", actor=page.viewer.actor, at=g.now,
    )  # fmt: skip

"""Pages of those on the programme: their talks, their sessions, what they tell the organisers."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.decisions import HIDDEN, Decision, allow_if
from confsys.core.errors import Invalid
from confsys.core.forms import select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import DutyPage, TalkPage, answers, duty_page, programme_page, talk_page
from confsys.programme.forms import AnswerForm, PresenterForm, read_intervals, read_words, write_intervals
from confsys.programme.operations import confirming, duties
from confsys.programme.operations.answers import Whereabouts, tell
from confsys.programme.queries.listing import TALK_WORDS
from confsys.programme.queries.mine import answer_of, own_duties, own_talks, presents
from confsys.programme.views.blueprint import site
from confsys.programme.wording import DUTY_ROLES, DUTY_STATES


def has_a_part(page: EventPage) -> Decision:
    """Whoever presents or was asked for a session; nobody else has anything to see here."""
    if not page.viewer.signed_in:
        return HIDDEN
    return allow_if(own_talks(page.viewer, page.event) or own_duties(page.viewer, page.event))


def gives(page: TalkPage) -> Decision:
    return allow_if(presents(page.viewer, page.talk))


def _form(page: EventPage, **given: Any) -> PresenterForm:
    answer = answer_of(page.event.id, page.viewer.person_id)
    data: dict[str, Any] = {"version": 0, "zone": page.viewer.zone}
    if answer is not None:
        data = {
            "version": answer.version, "remote": answer.remote, "zone": answer.zone or page.viewer.zone,
            "equipment": ", ".join(answer.equipment), "note": answer.note,
            "away": write_intervals(answer.away, ZoneInfo(page.event.zone)),
        }  # fmt: skip
    form = PresenterForm(data=data, **given)
    form.zone.choices = select_choices(
        [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]
    )
    return form


def _show(page: EventPage, form: PresenterForm) -> str:
    return render_template(
        "programme/site/mine.html", event=page.event, form=form, talks=own_talks(page.viewer, page.event),
        duties=own_duties(page.viewer, page.event), answer=AnswerForm(formdata=None), roles=DUTY_ROLES,
        states=DUTY_STATES, talk_words=TALK_WORDS, told=answer_of(page.event.id, page.viewer.person_id),
    )  # fmt: skip


@site.get("/mine")
@access(programme_page, has_a_part)
def mine(page: EventPage) -> str:
    return _show(page, _form(page))


@site.post("/mine")
@access(programme_page, has_a_part)
def tell_organisers(page: EventPage) -> Any:
    form = _form(page)
    if form.validate():
        kept = form.attempt(
            lambda: tell(
                page.event, _whereabouts(page, form), version=form.seen_version or None, viewer=page.viewer,
                actor=page.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if kept is not None:
            notice(_l("Thank you. The organisers see this when they arrange the timetable."))
            return back(".mine", slug=page.event.slug)
    return _show(page, form), form.status


def _whereabouts(page: EventPage, form: PresenterForm) -> Whereabouts:
    try:
        away = read_intervals(form.away.data or "", ZoneInfo(page.event.zone))
    except ValueError as error:
        raise Invalid(
            away=_l("This line cannot be read: %(line)s. Write 2026-06-10 09:00 - 18:00.", line=str(error))
        ) from error
    return Whereabouts(
        away, bool(form.remote.data), form.zone.data or "", read_words(form.equipment.data), form.note.data or ""
    )


@site.post("/talks/<int:number>/answer")
@access(talk_page, gives)
def answer_for_talk(page: TalkPage) -> Response:
    """A presenter says whether they come."""
    coming = request.form.get("coming") == "yes"
    confirming.answer_for_talk(
        page.event, page.talk, coming=coming, viewer=page.viewer, actor=page.viewer.actor, at=g.now
    )
    notice(_l("Thank you, your talk is confirmed.") if coming else _l("The organisers know that you cannot."))
    return back(".mine", slug=page.event.slug)


@site.post("/duties/<int:number>")
@access(duty_page, answers)
def answer_duty(page: DutyPage) -> Response:
    form = AnswerForm()
    accept = form.accept.data == "yes"
    duties.answer(
        page.event, page.duty, accept=accept, reason=form.reason.data or "", viewer=page.viewer,
        actor=page.viewer.actor, at=g.now,
    )  # fmt: skip
    notice(
        _l("Thank you. The organisers know that you come.") if accept else _l("The organisers know that you cannot.")
    )
    return back(".mine", slug=page.event.slug)

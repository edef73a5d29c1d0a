"""Talks: the list of all of them, and one of them."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from sqlalchemy import select

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.i18n import ngettext
from confsys.core.localized import LocalizedText
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import TalkPage, changes, looks, may_change, may_look, programme_page, talk_page
from confsys.programme.forms import TalkForm, read_name, write_name
from confsys.programme.models import Talk
from confsys.programme.operations import confirming, talks
from confsys.programme.operations.talks import SpeakerContent, TalkContent, title_of
from confsys.programme.queries.listing import TALK_WORDS, talk_listing, talks_of
from confsys.programme.rules import may_arrange
from confsys.programme.states import TalkState
from confsys.programme.views.blueprint import desk


def _who(page: EventPage | TalkPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/talks")
@access(programme_page, may_look)
def list_talks(page: EventPage) -> Any:
    found = talk_listing(page.event).answer(talks_of(page.event))
    if isinstance(found, Response):
        return found
    return render_template(
        "programme/desk/talks.html",
        event=page.event,
        found=found,
        editable=bool(may_arrange(page.standing)),
        talk_words=TALK_WORDS,
    )


@desk.post("/talks/ask")
@access(programme_page, may_change)
def ask_presenters(page: EventPage) -> Response:
    written = confirming.ask_presenters(page.event, **_who(page))
    notice(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", written))
    return back(".list_talks", slug=page.event.slug)


@desk.post("/talks/confirm")
@access(programme_page, may_change)
def note_confirmation(page: EventPage) -> Response:
    """Bulk: what presenters said some other way."""
    state = TalkState.DECLINED if request.form.get("action") == "decline" else TalkState.CONFIRMED
    query = select(Talk).where(Talk.event_id == page.event.id)
    if request.form.get("everything") != "1":
        chosen = [int(text) for text in request.form.getlist("selected") if text.isdigit() and len(text) < 10]
        query = query.where(Talk.id.in_(chosen))
    changed = confirming.note_confirmation(page.event, db.session.scalars(query).all(), state, **_who(page))
    notice(ngettext("%(num)s talk changed.", "%(num)s talks changed.", changed))
    return back(".list_talks", slug=page.event.slug)


@desk.get("/talks/new")
@access(programme_page, may_change)
def new_talk(page: EventPage) -> str:
    form = TalkForm(data={"minutes": 30, "version": 0})
    return render_template("programme/desk/talk.html", event=page.event, form=form, talk=None, editable=True)


@desk.post("/talks/new")
@access(programme_page, may_change)
def add_talk(page: EventPage) -> Any:
    form = TalkForm()
    if form.validate():
        made = form.attempt(lambda: talks.add_invited(page.event, _content(form), **_who(page)))
        if made is not None:
            notice(_l("The talk waits in the tray for its place."))
            return back(".list_talks", slug=page.event.slug)
    return render_template(
        "programme/desk/talk.html", event=page.event, form=form, talk=None, editable=True
    ), form.status


@desk.get("/talks/<int:number>")
@access(talk_page, looks)
def talk(page: TalkPage) -> str:
    row = page.talk
    form = TalkForm(
        data={
            "version": row.version, "minutes": row.minutes, "gap_minutes": row.gap_minutes,
            "speakers": "\n".join(_speaker_line(speaker) for speaker in row.speakers),
            **pair_of("title", row.title), **pair_of("abstract", row.abstract),
        }
    )  # fmt: skip
    return _show(page, form)


def _show(page: TalkPage, form: TalkForm) -> str:
    return render_template(
        "programme/desk/talk.html", event=page.event, form=form, talk=page.talk, title=title_of(page.talk),
        editable=bool(may_arrange(page.standing)),
    )  # fmt: skip


@desk.post("/talks/<int:number>")
@access(talk_page, changes)
def change_talk(page: TalkPage) -> Any:
    form = TalkForm()
    if form.validate():
        saved = form.attempt(
            lambda: talks.change_talk(page.event, page.talk, _content(form), version=form.seen_version, **_who(page))
        )
        if saved:
            notice(_l("Saved."))
            return back(".talk", slug=page.event.slug, number=page.talk.id)
    return _show(page, form), form.status


@desk.post("/talks/<int:number>/remove")
@access(talk_page, changes)
def remove_talk(page: TalkPage) -> Response:
    try:
        talks.remove_talk(page.event, page.talk, version=None, **_who(page))
        notice(_l("The talk was removed. You can take this back on the timetable."))
    except Invalid as error:
        notice(" ".join(str(text) for text in error.fields.values()), "warning")
    return back(".list_talks", slug=page.event.slug)


def _content(form: TalkForm) -> TalkContent:
    lines = [line for line in (form.speakers.data or "").splitlines() if line.strip()]
    return TalkContent(
        form.minutes.data, form.gap_minutes.data or 0, localized(form, "title"), localized(form, "abstract"),
        [_speaker(line) for line in lines],
    )  # fmt: skip


def _speaker(line: str) -> SpeakerContent:
    """ "Given | Family | 姓名 ; affiliation in English ; 单位": the parts after the name may be missing."""
    name, *rest = (part.strip() for part in line.replace("；", ";").split(";"))
    if not name:
        raise Invalid(speakers=_l("A line of the speakers has no name."))
    affiliation = LocalizedText(*rest[:2]) if rest else LocalizedText()
    return SpeakerContent(read_name(name), affiliation)


def _speaker_line(speaker: Any) -> str:
    parts = [write_name(speaker.name), speaker.affiliation.en, speaker.affiliation.zh]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " ; ".join(parts)

"""Tracks and topics."""

from __future__ import annotations

from typing import Any

from flask import g

from confsys.core.access import access
from confsys.core.forms import pair_of, rows_pressed
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han
from confsys.events.context import EventPage, event_page
from confsys.events.forms import StructureForm
from confsys.events.models import Event
from confsys.events.operations.structure import TopicRow, TrackRow, set_structure
from confsys.events.queries.parts import topics_of, tracks_of
from confsys.events.views import settings
from confsys.events.views.blueprint import bp


def _filled(event: Event) -> StructureForm:
    return StructureForm(
        data={
            "version": event.version,
            "tracks": [
                {"id": str(t.id), "code": t.code, **pair_of("name", t.name), **pair_of("description", t.description)}
                for t in tracks_of(event.id)
            ],
            "topics": [{"id": str(t.id), **pair_of("name", t.name)} for t in topics_of(event.id)],
        }
    )


def _text(row: dict[str, Any], name: str) -> LocalizedText:
    return LocalizedText(row.get(f"{name}_en") or "", row.get(f"{name}_zh") or "")


def _id(row: dict[str, Any]) -> int | None:
    text = str(row.get("id") or "")
    return int(text) if text.isdigit() else None


def one_line_text(line: str) -> LocalizedText:
    """``English | 中文``; a line without a bar is taken for the language it is written in."""
    first, bar, second = (part.strip() for part in line.partition("|"))
    if bar:
        return LocalizedText(first, second)
    return LocalizedText(zh=first) if has_han(first) else LocalizedText(en=first)


@bp.route("/events/<slug>/settings/tracks", methods=["GET", "POST"])
@access(event_page, settings.editors)
def tracks(page: EventPage) -> Any:
    form = _filled(page.event)
    if form.is_submitted() and rows_pressed(form):
        return settings.drawn("tracks", page, "tracks", form=form)
    if form.validate_on_submit():
        rows = [TrackRow(_id(r), r["code"] or "", _text(r, "name"), _text(r, "description")) for r in form.tracks.data]
        named = [TopicRow(_id(r), _text(r, "name")) for r in form.topics.data if _id(r) or _text(r, "name")]
        pasted = [
            TopicRow(None, one_line_text(line)) for line in (form.more_topics.data or "").splitlines() if line.strip()
        ]
        if form.attempt(
            lambda: set_structure(
                page.event, rows, [*named, *pasted], version=form.seen_version, actor=page.viewer.actor, at=g.now
            )
        ):
            return settings.saved(page, "tracks")
    return settings.drawn("tracks", page, "tracks", form=form), form.status

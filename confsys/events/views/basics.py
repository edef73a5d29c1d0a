"""Basics of an event."""

from __future__ import annotations

from typing import Any

from flask import g

from confsys.accounts.forms import zones
from confsys.core.access import access
from confsys.core.forms import localized, pair_of, select_choices
from confsys.events.context import EventPage, event_page
from confsys.events.forms import BasicsForm
from confsys.events.models import Event
from confsys.events.operations.settings import EventSettings, edit_event
from confsys.events.states import Blindness, Feature, Mode
from confsys.events.timeline import usable
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.words import FEATURE_SENTENCES, FEATURES


def _filled(event: Event) -> BasicsForm:
    form = BasicsForm(
        data={
            "version": event.version, "slug": event.slug, "acronym": event.acronym, "starts_on": event.starts_on,
            "ends_on": event.ends_on, "zone": event.zone, "mode": event.mode.value, "accent": event.accent,
            "contact_email": event.contact_email, "features": event.features, "blindness": event.blindness.value,
            **pair_of("name", event.name), **pair_of("tagline", event.tagline), **pair_of("place", event.place),
        }
    )  # fmt: skip
    form.features.choices = select_choices((key, FEATURES[Feature(key)]) for key in usable([f.value for f in Feature]))
    return form


def _not_offered(event: Event) -> list[str]:
    """Rooms that the event wants and this installation has not: kept for the day it has."""
    return [name for name in event.features if name not in usable(event.features)]


@bp.route("/events/<slug>/settings/basics", methods=["GET", "POST"])
@access(event_page, settings.editors)
def basics(page: EventPage) -> Any:
    form = _filled(page.event)
    if form.validate_on_submit():
        given = EventSettings(
            slug=form.slug.data.lower(), name=localized(form, "name"), acronym=form.acronym.data or "",
            tagline=localized(form, "tagline"), starts_on=form.starts_on.data, ends_on=form.ends_on.data,
            zone=form.zone.data, place=localized(form, "place"), mode=Mode(form.mode.data), accent=form.accent.data,
            features=[*form.features.data, *_not_offered(page.event)], blindness=Blindness(form.blindness.data),
            contact_email=form.contact_email.data or "",
        )  # fmt: skip
        if form.attempt(
            lambda: edit_event(page.event, given, version=form.seen_version, actor=page.viewer.actor, at=g.now)
        ):
            return settings.saved(page, "basics")
    sentences = {feature.value: sentence for feature, sentence in FEATURE_SENTENCES.items()}
    return settings.drawn("basics", page, "basics", form=form, zones=zones(), sentences=sentences), form.status

"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from sqlalchemy import true

from confsys.awards.options import YoungOptions
from confsys.awards.queries import mine
from confsys.awards.reporting import report
from confsys.awards.sample import tell
from confsys.awards.sentences import SENTENCES
from confsys.awards.views import bp
from confsys.core.formatting import tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.options import options_of
from confsys.events.states import Feature as Room


def society(_viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("Awards"), url_for("awards.society_awards"), "awards.society_awards", order=45)


def navigation(page: EventPage) -> Iterable[NavItem]:
    if page.standing.on(Room.AWARDS):
        yield NavItem(
            _l("Awards"), url_for("awards.event_awards", slug=page.event.slug), "awards.event_awards", order=46
        )
        options = options_of(page.event, YoungOptions)
        if options.asks or options.mentors:
            yield NavItem(_l("Young authors"), url_for("awards.young", slug=page.event.slug), "awards.young", order=47)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    """Votes to cast: the one thing of awards that waits for a person."""
    cards = [
        Card(
            title=tx(award.name), href=url_for("awards.award", code=award.code), state=_("your vote is awaited"),
            state_tone="waiting", due=award.judge_until, button=_("Vote"),
            button_href=url_for("awards.ballot", code=award.code),
        )
        for award in mine.to_vote(viewer, at)
    ]  # fmt: skip
    if cards:
        yield Section("awards", _l("Juries"), cards, order=27)


feature = Feature(
    name="awards",
    blueprints=[bp],
    society=society,
    navigation=navigation,
    home=home,
    report=report,
    story=lambda _page: true(),
    sample=tell,
    sentences=SENTENCES,
    constraints={
        "uq_award_nomination_person": _l("This person is nominated already."),
        "uq_award_nomination_award_id_submission_id": _l("This paper is nominated already."),
        "uq_award_juror_award_id_person_id": _l("This person is on the jury already."),
        "uq_award_juror_conflict_juror_id_nomination_id": _l("You stepped back from this candidate already."),
    },
)

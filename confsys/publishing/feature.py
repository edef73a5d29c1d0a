"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for

from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Action, Card, Feature, Figure, NavItem, Panel, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.events.states import StageKind
from confsys.publishing import jobs as _jobs
from confsys.publishing.queries import board, volumes
from confsys.publishing.reporting import report
from confsys.publishing.rules import may_manage_volumes
from confsys.publishing.sample import tell
from confsys.publishing.states import CameraReadyState
from confsys.publishing.views import author, chair, public
from confsys.submissions.models import Submission


def navigation(page: EventPage) -> Iterable[NavItem]:
    if not page.standing.on(Room.PUBLISHING):
        return
    if volumes.of_event(page.standing):
        address = url_for("proceedings.event_volumes", slug=page.event.slug)
        yield NavItem(_l("Proceedings"), address, "proceedings.event_volumes", order=70)
    if may_manage_volumes(page.standing):
        address = url_for("publishing.overview", slug=page.event.slug)
        yield NavItem(_l("Final versions and volumes"), address, "publishing.overview", group="proceedings", order=10)


def society(_viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("Proceedings"), url_for("proceedings.all_volumes"), "proceedings.all_volumes", order=20)


def actions(page: EventPage) -> Iterable[Action]:
    """Once they are published, the proceedings are what remains of the event."""
    if page.standing.on(Room.PUBLISHING) and volumes.has_published(page.event.id):
        yield Action(_l("Read the proceedings"), url_for("proceedings.event_volumes", slug=page.event.slug), order=30)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    """Accepted papers whose final version is still to come."""
    cards = [_card(paper, state) for paper, state in board.due_from(viewer) if state is not CameraReadyState.READY]
    if cards:
        yield Section("camera-ready", _l("Final versions"), cards, order=15)


def _card(paper: Submission, state: CameraReadyState) -> Card:
    word, tone = board.WORDS[state]
    stage = next((s for s in paper.event.stages if s.kind is StageKind.CAMERA_READY), None)
    steps = {
        CameraReadyState.MISSING: _("Upload the final version and sign."),
        CameraReadyState.FAILED: _("The file needs a change: upload a new one."),
        CameraReadyState.WAITING: _("Sign it if you have not; the publication chair will look at it."),
    }
    address = url_for("camera_ready.show", slug=paper.event.slug, number=paper.number)
    return Card(
        title=str(paper.title), href=address, state=str(word), state_tone=tone, next_step=steps[state],
        button=_("Final version"), button_href=address, due=stage.due if stage else None,
    )  # fmt: skip


def overview(page: EventPage) -> Iterable[Panel]:
    if not may_manage_volumes(page.standing):
        return
    found = board.counts(page.standing)
    if not found:
        return
    here = url_for("publishing.overview", slug=page.event.slug)
    figures = [
        Figure(words[0], found.get(state, 0), f"{here}?q=state:{state.value}", words[1])
        for state, words in board.WORDS.items()
    ]
    total, ready = sum(found.values()), found.get(CameraReadyState.READY, 0)
    yield Panel("publishing", _l("Proceedings"), figures, order=60, bars=[(_l("Final versions"), ready, total)])


feature = Feature(
    name="publishing",
    blueprints=[author.bp, chair.bp, public.bp],
    navigation=navigation,
    society=society,
    actions=actions,
    home=home,
    overview=overview,
    report=report,
    sample=tell,
    sentences={
        "camera_ready.upload": _l("sent final version %(file_number)s of paper %(number)s"),
        "camera_ready.sign": _l("signed the licence of paper %(number)s"),
        "camera_ready.approve": _l("approved the final version of paper %(number)s"),
        "camera_ready.send_back": _l("asked for another final version of paper %(number)s"),
        "camera_ready.remind": _l("reminded the authors of paper %(number)s of the final version"),
        "volume.create": _l("set up the volume %(code)s"),
        "volume.edit": _l("changed the imprint of the volume %(code)s"),
        "volume.build": _l("asked for build %(number)s of the volume %(code)s"),
        "volume.built": _l("build %(number)s of the volume %(code)s was made and verified"),
        "volume.build_failed": _l("build %(number)s of the volume %(code)s could not be made"),
        "volume.publish": _l("published build %(number)s of the volume %(code)s"),
    },
    constraints={"uq_volume_event_id_code": _l("A volume with this short name exists already.")},
)
__all__ = ["_jobs", "feature"]

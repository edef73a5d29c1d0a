"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Flask, url_for

from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Action, Card, Feature, Figure, NavItem, Panel, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.events.states import StageKind
from confsys.payments.signals import order_cancelled, order_expired, order_paid, order_refunded
from confsys.publishing import jobs as _jobs
from confsys.publishing.models import VolumeBuild
from confsys.publishing.operations import fees
from confsys.publishing.operations.camera_ready import settle
from confsys.publishing.queries import board, finals, volumes
from confsys.publishing.reporting import report
from confsys.publishing.rules import may_manage_volumes, may_sign_volume
from confsys.publishing.sample import tell
from confsys.publishing.states import CameraReadyState
from confsys.publishing.views import author, chair_bp, public
from confsys.submissions.models import Submission
from confsys.submissions.signals import authors_changed


def navigation(page: EventPage) -> Iterable[NavItem]:
    if not page.standing.on(Room.PUBLISHING):
        return
    if volumes.of_event(page.standing):
        address = url_for("proceedings.event_volumes", slug=page.event.slug)
        yield NavItem(_l("Proceedings"), address, "proceedings.event_volumes", order=70)
    if may_manage_volumes(page.standing):
        address = url_for("publishing.overview", slug=page.event.slug)
        yield NavItem(_l("Final versions and volumes"), address, "publishing.overview", group="proceedings", order=10)
    elif may_sign_volume(page.standing):
        address = url_for("publishing.list_volumes", slug=page.event.slug)
        yield NavItem(_l("Volumes to sign"), address, "publishing.list_volumes", group="proceedings", order=10)


def society(_viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("Proceedings"), url_for("proceedings.all_volumes"), "proceedings.all_volumes", order=20)


def actions(page: EventPage) -> Iterable[Action]:
    """Once they are published, the proceedings are what remains of the event."""
    if page.standing.on(Room.PUBLISHING) and volumes.has_published(page.event.id):
        yield Action(_l("Read the proceedings"), url_for("proceedings.event_volumes", slug=page.event.slug), order=30)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    """Accepted papers whose final version, or the viewer's word on it, is still to come."""
    cards = [_card(due) for due in board.due_from(viewer) if due.open]
    if cards:
        yield Section("camera-ready", _l("Final versions"), cards, order=15)
    builds = volumes.to_sign(viewer)
    if builds:
        yield Section("volumes", _l("Volumes to sign"), [_to_sign(build) for build in builds], order=16)


def _to_sign(build: VolumeBuild) -> Card:
    volume = build.volume
    address = url_for("publishing.show_build", slug=volume.event.slug, code=volume.code, number=build.number)
    return Card(
        title=str(volume.title), href=address, state=_("waits for your signature"), state_tone="waiting",
        next_step=_("Read build %(number)s and sign it: nothing is published before.", number=build.number),
        button=_("Look at the build"), button_href=address, event_name=str(volume.event.name),
    )  # fmt: skip


def _card(due: board.Due) -> Card:
    paper = due.paper
    word, tone = board.WORDS[due.state]
    stage = next((s for s in paper.event.stages if s.kind is StageKind.CAMERA_READY), None)
    steps = {
        CameraReadyState.MISSING: _("Upload the final version and sign."),
        CameraReadyState.FAILED: _("The file needs a change: upload a new one."),
        CameraReadyState.WAITING: _("See what is still missing; the publication chair looks at the file."),
    }
    address = url_for("camera_ready.show", slug=paper.event.slug, number=paper.number)
    button, next_step = _("Final version"), steps.get(due.state, "")
    if not due.is_contact:
        address = url_for("camera_ready.proof", slug=paper.event.slug, number=paper.number)
        button, next_step = _("Look at the proof"), _("Look at your name and the title as printed, and sign.")
    return Card(
        title=str(paper.title), href=address, state=str(word), state_tone=tone, next_step=next_step,
        button=button, button_href=address, due=stage.due if stage else None,
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


def _listen(_app: Flask) -> None:
    authors_changed.connect(_record_changed)
    order_paid.connect(fees.paid)
    order_cancelled.connect(fees.let_go)
    order_expired.connect(fees.let_go)
    order_refunded.connect(fees.taken_back)


def _record_changed(paper: Submission, **_news: object) -> None:
    """Staff corrected the authors of a paper: signatures under the older record no longer count."""
    row = finals.of_paper(paper)
    if row is not None:
        settle(row, paper)


feature = Feature(
    name="publishing",
    blueprints=[author.bp, chair_bp, public.bp],
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
        "camera_ready.tick": _l("went through the checklist of paper %(number)s"),
        "proof.sign": _l("signed the proof of paper %(number)s"),
        "proof.waive": _l("let paper %(number)s go on without the missing signatures"),
        "author_change.ask": _l("asked for a change of title or authors of paper %(number)s"),
        "author_change.approved": _l("approved the change of title or authors of paper %(number)s"),
        "author_change.refused": _l("refused the change of title or authors of paper %(number)s"),
        "author_change.withdrawn": _l("withdrew the change of title or authors of paper %(number)s"),
        "camera_ready.approve": _l("approved the final version of paper %(number)s"),
        "camera_ready.send_back": _l("asked for another final version of paper %(number)s"),
        "camera_ready.remind": _l("reminded the authors of paper %(number)s of the final version"),
        "volume.create": _l("set up the volume %(code)s"),
        "volume.edit": _l("changed the imprint of the volume %(code)s"),
        "volume.build": _l("asked for build %(number)s of the volume %(code)s"),
        "volume.built": _l("build %(number)s of the volume %(code)s was made and verified"),
        "volume.build_failed": _l("build %(number)s of the volume %(code)s could not be made"),
        "chapter.commission": _l("commissioned chapter %(number)s of the volume %(code)s"),
        "chapter.agreed": _l("agreed to write chapter %(number)s"),
        "chapter.declined": _l("declined to write chapter %(number)s"),
        "page_budget.set": _l("set the page budget"),
        "page_fee.order": _l("ordered extra pages of paper %(number)s"),
        "page_fee.waive": _l("let paper %(number)s have its extra pages without a fee"),
        "doi.deposit": _l("sent %(count)s DOI records of the volume %(code)s"),
        "doi.answered": _l("%(good)s of %(count)s DOI records of the volume %(code)s were registered"),
        "volume.sign": _l("signed build %(number)s of the volume %(code)s as editor-in-chief"),
        "notice.correction": _l("published a correction of paper %(number)s"),
        "notice.erratum": _l("published an erratum to paper %(number)s"),
        "notice.concern": _l("published an expression of concern about paper %(number)s"),
        "notice.retraction": _l("published the retraction of paper %(number)s"),
        "volume.publish": _l("published build %(number)s of the volume %(code)s"),
    },
    constraints={
        "uq_volume_event_id_code": _l("A volume with this short name exists already."),
        "uq_author_change_open": _l("A change of this paper waits for its answer already."),
    },
    setup=_listen,
)
__all__ = ["_jobs", "feature"]

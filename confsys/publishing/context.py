"""From an address of the publishing room to what it names, with the viewer's standing."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, room_page
from confsys.events.states import Feature
from confsys.publishing import rules
from confsys.publishing.models import Artefact, CameraReady, Notice, Volume, VolumeBuild, VolumePaper
from confsys.publishing.queries import board, notices, volumes
from confsys.publishing.states import VolumeState
from confsys.submissions.models import Submission

publishing_page = room_page(Feature.PUBLISHING)


@dataclass(frozen=True, slots=True)
class VolumePage(EventPage):
    volume: Volume


@dataclass(frozen=True, slots=True)
class BuildPage(VolumePage):
    build: VolumeBuild


@dataclass(frozen=True, slots=True)
class ArtefactPage(VolumePage):
    artefact: Artefact

    @property
    def download_name(self) -> str:
        return f"{self.volume.code}-{self.artefact.name.replace('/', '-')}"


@dataclass(frozen=True, slots=True)
class PrintedPaperPage(VolumePage):
    paper: VolumePaper


@dataclass(frozen=True, slots=True)
class CitationPage(PrintedPaperPage):
    #: One of ``citing.CITATIONS``.
    form: str


@dataclass(frozen=True, slots=True)
class FinalPage(EventPage):
    """A paper's final version, for the publication chair."""

    ready: CameraReady


def volume_page(viewer: Viewer, slug: str, code: str) -> VolumePage:
    page = publishing_page(viewer, slug=slug)
    volume = volumes.by_code(page.event.id, code)
    if volume is None:
        raise NotFound
    return VolumePage(page.event, page.standing, volume)


def build_page(viewer: Viewer, slug: str, code: str, number: int) -> BuildPage:
    page = volume_page(viewer, slug, code)
    build = next((b for b in volumes.builds(page.volume) if b.number == number), None)
    if build is None:
        raise NotFound
    return BuildPage(page.event, page.standing, page.volume, build)


def artefact_page(viewer: Viewer, slug: str, code: str, number: int, name: str) -> ArtefactPage:
    page = build_page(viewer, slug, code, number)
    found = next((a for a in page.build.artefacts if a.name == name), None)
    if found is None:
        raise NotFound
    return ArtefactPage(page.event, page.standing, page.volume, found)


def public_artefact_page(viewer: Viewer, slug: str, code: str, name: str) -> ArtefactPage:
    """A file of the published build."""
    page = volume_page(viewer, slug, code)
    build = volumes.public_build(page.volume) if page.volume.state is VolumeState.PUBLISHED else None
    found = next((a for a in build.artefacts if a.name == name), None) if build else None
    if found is None:
        raise NotFound
    return ArtefactPage(page.event, page.standing, page.volume, found)


def printed_paper_page(viewer: Viewer, slug: str, code: str, position: int) -> PrintedPaperPage:
    """A paper of the published build. Only what is public has an address here."""
    page = volume_page(viewer, slug, code)
    paper = volumes.paper_of(page.volume, position) if page.volume.state is VolumeState.PUBLISHED else None
    if paper is None:
        raise NotFound
    return PrintedPaperPage(page.event, page.standing, page.volume, paper)


def citation_page(viewer: Viewer, slug: str, code: str, position: int, form: str) -> CitationPage:
    page = printed_paper_page(viewer, slug, code, position)
    return CitationPage(page.event, page.standing, page.volume, page.paper, form)


def final_page(viewer: Viewer, slug: str, number: int) -> FinalPage:
    page = publishing_page(viewer, slug=slug)
    query = board.accepted(page.standing).where(Submission.number == number)
    row = db.session.execute(query).first()
    if row is None or row[1] is None:
        raise NotFound
    return FinalPage(page.event, page.standing, row[1])


def may_read(page: VolumePage) -> Decision:
    return rules.may_read_volume(page.standing, page.volume.state)


@dataclass(frozen=True, slots=True)
class ComparisonPage(VolumePage):
    before: VolumeBuild
    after: VolumeBuild


def comparison_page(viewer: Viewer, slug: str, code: str, first: int, second: int) -> ComparisonPage:
    page = volume_page(viewer, slug, code)
    made = {build.number: build for build in volumes.builds_with_papers(page.volume, (first, second))}
    if first == second or len(made) != 2:
        raise NotFound
    return ComparisonPage(page.event, page.standing, page.volume, made[first], made[second])


@dataclass(frozen=True, slots=True)
class NoticePage(VolumePage):
    notice: Notice
    paper: VolumePaper


def notice_page(viewer: Viewer, slug: str, code: str, number: int) -> NoticePage:
    page = volume_page(viewer, slug, code)
    found = notices.by_number(page.volume, number) if page.volume.state is VolumeState.PUBLISHED else None
    if found is None:
        raise NotFound
    return NoticePage(page.event, page.standing, page.volume, *found)


def may_see_builds(page: EventPage) -> Decision:
    return rules.may_see_builds(page.standing)


def may_sign(page: EventPage) -> Decision:
    return rules.may_sign_volume(page.standing)


def may_publish_notice(page: EventPage) -> Decision:
    return rules.may_publish_notice(page.standing)


def may_manage(page: EventPage) -> Decision:
    return rules.may_manage_volumes(page.standing)

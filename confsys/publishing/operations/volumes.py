"""Volumes: their imprint, their builds, and which build the public reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from confsys.core.actor import SYSTEM, Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import enqueue
from confsys.core.localized import LocalizedText
from confsys.core.names import folded
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.publishing.citing import PrintedAuthor
from confsys.publishing.models import Artefact, SignOff, Volume, VolumeBuild, VolumePaper
from confsys.publishing.operations import dois
from confsys.publishing.operations.camera_ready import full_name
from confsys.publishing.signals import volume_published
from confsys.publishing.states import ArtefactKind, BuildState, VolumeState

JOB = "publishing.build"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a volume says of itself."""

    code: str
    title: LocalizedText
    subtitle: LocalizedText = LocalizedText()
    publisher: LocalizedText = LocalizedText()
    place: LocalizedText = LocalizedText()
    isbn: str = ""
    issn: str = ""
    doi_prefix: str = ""
    licence: str = "CC-BY-4.0"
    editors: tuple[dict[str, Any], ...] = ()
    preface: LocalizedText = LocalizedText()
    special: bool = False


def _fill(volume: Volume, imprint: Imprint) -> None:
    for name in ("code", "title", "subtitle", "publisher", "place", "isbn", "issn", "doi_prefix", "licence", "preface"):
        setattr(volume, name, getattr(imprint, name))
    volume.editors, volume.special = list(imprint.editors), imprint.special


@operation
def create_volume(event: Event, imprint: Imprint, *, actor: Actor, at: datetime) -> Volume:
    volume = Volume(event_id=event.id)
    _fill(volume, imprint)
    record("volume.create", volume, actor=actor, at=at, code=imprint.code)
    return volume


@operation
def edit_volume(volume: Volume, imprint: Imprint, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Change the imprint. What is printed already stays as it is: the change shows in the next build."""
    expect_version(volume, version)
    _fill(volume, imprint)
    record("volume.edit", volume, actor=actor, at=at, code=imprint.code)


@operation
def start_build(volume: Volume, inputs: dict[str, Any], *, actor: Actor, at: datetime) -> VolumeBuild:
    """Freeze what goes in and ask for the build. ``inputs``: see ``publishing.freezing``."""
    lock(volume)
    running = select(VolumeBuild.id).where(VolumeBuild.volume_id == volume.id, VolumeBuild.state == BuildState.RUNNING)
    if db.session.scalar(running.limit(1)) is not None:
        raise Invalid(_l("A build of this volume is running. Wait until it is done."))
    if not inputs["papers"]:
        raise Invalid(_l("No final version is ready yet, so there is nothing to build."))
    last = select(func.coalesce(func.max(VolumeBuild.number), 0)).where(VolumeBuild.volume_id == volume.id)
    number = (db.session.scalar(last) or 0) + 1
    build = VolumeBuild(volume_id=volume.id, number=number, inputs=inputs, created_at=at, created_by_id=actor.person_id)
    db.session.add(build)
    db.session.flush()
    job = enqueue(JOB, key=f"{JOB}:{build.id}", actor=actor, at=at, event_id=volume.event_id, build_id=build.id)
    build.job_id = job.id
    record("volume.build", build, actor=actor, at=at, event_id=volume.event_id, code=volume.code, number=number)
    return build


@dataclass(frozen=True, slots=True)
class Printed:
    """One paper as the build printed it. ``pdf`` is the name of its stamped file among the artefacts."""

    submission_id: int
    position: int
    session_title: LocalizedText
    title: LocalizedText
    authors: list[dict[str, Any]]
    abstract: LocalizedText
    keywords: dict[str, Any]
    first_page: int
    last_page: int
    doi: str = ""
    pdf: str = ""


def words_of(paper: Printed) -> str:
    """What readers find a printed paper by: everything its page shows, and nothing else that was frozen with it."""
    parts = [paper.title.en, paper.title.zh, paper.doi, paper.abstract.en, paper.abstract.zh]
    parts += [word for words in paper.keywords.values() for word in words]
    for kept in paper.authors:
        author = PrintedAuthor.of(kept)
        name = author.name
        parts += [name.latin, f"{name.family} {name.given}", name.native, author.affiliation.en, author.affiliation.zh]
    return folded("\n".join(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class Made:
    """One file that the build made, its content kept already."""

    kind: ArtefactKind
    name: str
    stored: StoredFile


@operation
def finish_build(
    build: VolumeBuild, papers: list[Printed], made: list[Made], report: dict[str, Any], *, at: datetime
) -> None:
    """Record a build's outcome whole: all its papers and files, or none. Repeating it changes nothing."""
    lock(build)
    if build.state is not BuildState.RUNNING:
        return
    rows = {}
    for paper in papers:
        values = {name: getattr(paper, name) for name in Printed.__dataclass_fields__ if name != "pdf"}
        rows[paper.pdf] = VolumePaper(build_id=build.id, search_text=words_of(paper), **values)
        db.session.add(rows[paper.pdf])
    for one in made:
        db.session.add(one.stored)
    db.session.flush()
    for one in made:
        paper_id = rows[one.name].id if one.name in rows else None
        db.session.add(
            Artefact(build_id=build.id, kind=one.kind, name=one.name, file_id=one.stored.id, volume_paper_id=paper_id)
        )
    build.state, build.report, build.finished_at = BuildState.VERIFIED, report, at
    record(
        "volume.built", build, actor=SYSTEM, at=at, event_id=build.volume.event_id, code=build.volume.code,
        number=build.number, papers=len(papers),
    )  # fmt: skip


@operation
def fail_build(build: VolumeBuild, report: dict[str, Any], *, at: datetime) -> None:
    """Record that nothing was made, and why. The last good build stays what it was."""
    lock(build)
    if build.state is BuildState.RUNNING:
        build.state, build.report, build.finished_at = BuildState.FAILED, report, at
        record(
            "volume.build_failed", build, actor=SYSTEM, at=at, event_id=build.volume.event_id, code=build.volume.code,
            number=build.number,
        )  # fmt: skip


def digest_of(build: VolumeBuild) -> str:
    """Of every file of a build, so that a signature stands for these very files."""
    lines = sorted(f"{artefact.name} {artefact.file.sha256}" for artefact in build.artefacts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@operation
def sign_off(build: VolumeBuild, name: str, *, actor: Actor, at: datetime) -> SignOff:
    """The editor-in-chief has read a verified build and answers for it."""
    lock(build)
    if build.state is not BuildState.VERIFIED:
        raise Invalid(_l("Only a verified build can be signed."))
    if db.session.scalar(select(SignOff.id).where(SignOff.build_id == build.id)) is not None:
        raise Invalid(_l("This build is signed already."))
    signed = SignOff(
        build_id=build.id, person_id=actor.person_id, signed_name=full_name(name), signed_at=at,
        digest=digest_of(build),
    )  # fmt: skip
    db.session.add(signed)
    db.session.flush()
    record(
        "volume.sign", build, actor=actor, at=at, event_id=build.volume.event_id, code=build.volume.code,
        number=build.number,
    )  # fmt: skip
    return signed


@operation
def publish(volume: Volume, build: VolumeBuild, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Let the public read a verified build. A later build replaces it in one step, never half."""
    expect_version(volume, version)
    if build.volume_id != volume.id or build.state is not BuildState.VERIFIED:
        raise Invalid(_l("Only a verified build can be published."))
    if db.session.scalar(select(SignOff.id).where(SignOff.build_id == build.id)) is None:
        raise Invalid(_l("The editor-in-chief has not signed this build yet."))
    first_time = volume.state is VolumeState.DRAFT
    db.session.execute(
        update(VolumeBuild)
        .where(VolumeBuild.volume_id == volume.id, VolumeBuild.is_public, VolumeBuild.id != build.id)
        .values(is_public=False)
    )
    build.is_public = True
    dois.reserve(build, at=at)
    volume.state, volume.published_at = VolumeState.PUBLISHED, volume.published_at or at
    record("volume.publish", volume, actor=actor, at=at, code=volume.code, number=build.number)
    if first_time:
        volume_published.send(volume, actor=actor, at=at)

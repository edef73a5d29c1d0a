"""Building a volume in the background.

Killed at any line it begins again from its frozen inputs: everything is made in a folder of its own, and only
the last step, one transaction, makes it part of the product.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from flask import current_app

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import receive_path, store
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.core.jobs.registry import N_
from confsys.core.localized import LocalizedText
from confsys.publishing import crossref
from confsys.publishing.models import DoiDeposit, VolumeBuild
from confsys.publishing.operations import dois
from confsys.publishing.operations.volumes import JOB, Made, Printed, fail_build, finish_build
from confsys.publishing.states import ArtefactKind, BuildState, DepositState
from confsys.settings import Settings

STEPS = {
    "read": N_("Reading what goes in"),
    "papers": N_("Looking at the papers"),
    "make": N_("Setting and binding"),
    "verify": N_("Reading the products back"),
}
KINDS = {
    "pdf": ArtefactKind.VOLUME_PDF,
    "docx": ArtefactKind.VOLUME_DOCX,
    "bibtex": ArtefactKind.BIBTEX,
    "papers": ArtefactKind.PAPER_PDF,
    "report": ArtefactKind.REPORT,
}


@job(JOB, _l("Building the volume"))
def build_volume(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    build = db.session.get(VolumeBuild, arguments["build_id"])
    if build is None or build.state is not BuildState.RUNNING:
        return {"already": True}
    inputs, actor = build.inputs, Actor(build.created_by_id)
    db.session.rollback()
    with tempfile.TemporaryDirectory(prefix="confsys-volume-") as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        _lay_out(inputs, source)
        result = _run_engine(source, target, progress)
        report = {
            "code": result.code,
            "findings": [finding.as_dict() for finding in result.findings],
        }
        if result.code >= 2:
            fail_build(build, report, at=clock.now())
            return {"state": "failed"}
        at = clock.now()
        made = [
            Made(
                KINDS.get(one.format, ArtefactKind.OTHER), one.path,
                receive_path(result.file(one.path), name=one.path, actor=actor, at=at),
            )
            for one in result.artefacts
            if result.file(one.path).stat().st_size
        ]  # fmt: skip
        finish_build(build, _printed(inputs, result), made, report, at=at)
    return {"state": "verified", "papers": len(inputs["papers"])}


@job(dois.JOB, _l("Registering DOIs"))
def deposit(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """One attempt: ask what became of the batch, send it when it is not known there. Safe to repeat at any line."""
    made = db.session.get(DoiDeposit, arguments["deposit_id"])
    client = client_of(current_app.extensions["settings"])
    if made is None or made.state in (DepositState.ANSWERED, DepositState.GIVEN_UP):
        return {"already": True}
    if client is None:
        dois.give_up(made, "no registration agency is set", at=clock.now())
        return {"state": "off"}
    batch, xml = made.batch, made.xml
    db.session.rollback()
    try:
        answer = client.result(batch)
        if answer.progress is crossref.Progress.UNKNOWN:
            client.submit(batch, xml)
            dois.sent(made, at=clock.now())
        elif answer.progress is crossref.Progress.QUEUED:
            dois.sent(made, at=clock.now())
        else:
            dois.answered(made, answer.records, at=clock.now())
    except crossref.Unreachable as error:
        dois.not_yet(made, str(error), at=clock.now())
    except crossref.Refused as error:
        dois.give_up(made, str(error), at=clock.now())
    return {"state": made.state.value}


def client_of(settings: Settings) -> crossref.Client | None:
    """None where no agency is set. A demonstration never speaks to one, whatever is set."""
    if settings.demo or not settings.crossref_url:
        return None
    return crossref.Client(settings.crossref_url, settings.crossref_user, settings.crossref_password)


def _lay_out(inputs: dict[str, Any], folder: Path) -> None:
    """The folder that the engine takes: ``volume.json`` and the files it names."""
    (folder / "papers").mkdir(parents=True)
    (folder / "volume.json").write_text(json.dumps(inputs["volume"], ensure_ascii=False), encoding="utf-8")
    for name, sha256 in inputs["files"].items():
        with (folder / name).open("wb") as sink:
            for piece in store().read(sha256):
                sink.write(piece)


def _run_engine(source: Path, target: Path, progress: Progress) -> Any:
    # The engine loads typst and PDF libraries that only this job needs.
    import proceedings  # noqa: PLC0415

    seen: set[str] = set()

    def tell(at: proceedings.Progress) -> None:
        if at.step not in seen:
            seen.add(at.step)
            progress.say(STEPS.get(at.step, STEPS["make"]))
        progress.step(at.done, at.total)

    return proceedings.build(source, target, progress=tell)


def _printed(inputs: dict[str, Any], result: Any) -> list[Printed]:
    found: list[Printed] = []
    dois = {paper.id: result.book.doi(paper) for paper in result.book.papers()}
    for session in inputs["volume"]["sessions"]:
        for paper in session["papers"]:
            pages = result.pages[paper["id"]]
            found.append(
                Printed(
                    submission_id=inputs["papers"][paper["id"]],
                    position=len(found) + 1,
                    session_title=LocalizedText.of(session["title"]),
                    title=LocalizedText.of(paper["title"]),
                    authors=paper["authors"],
                    abstract=LocalizedText.of(paper.get("abstract")),
                    keywords=paper.get("keywords", {}),
                    first_page=pages.first,
                    last_page=pages.last,
                    doi=dois[paper["id"]],
                    pdf=f"papers/{paper['id']}.pdf",
                )
            )
    return found

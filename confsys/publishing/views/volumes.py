"""The publication chair's pages of volumes and their builds."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, render_template, url_for

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.files import send
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import has_han, split_han
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.publishing import comparing
from confsys.publishing.checks import notes, worst_first
from confsys.publishing.context import (
    ArtefactPage,
    BuildPage,
    ComparisonPage,
    VolumePage,
    artefact_page,
    build_page,
    comparison_page,
    may_manage,
    may_see_builds,
    may_sign,
    publishing_page,
    volume_page,
)
from confsys.publishing.forms import EditorForm, VolumeForm
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.models import Volume
from confsys.publishing.operations import volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.queries import board, chapters
from confsys.publishing.queries import volumes as read
from confsys.publishing.states import BuildState
from confsys.publishing.views.blueprint import bp

PART_WORDS = {
    "title": _l("Title"), "authors": _l("Authors"), "abstract": _l("Abstract"), "session": _l("Session"),
    "doi": "DOI",
}  # fmt: skip


def _imprint(form: VolumeForm) -> Imprint:
    def both(name: str) -> LocalizedText:
        return LocalizedText((form[f"{name}_en"].data or "").strip(), (form[f"{name}_zh"].data or "").strip())

    return Imprint(
        code=form.code.data, title=both("title"), subtitle=both("subtitle"), publisher=both("publisher"),
        place=both("place"), isbn=form.isbn.data or "", issn=form.issn.data or "",
        special=form.special.data, doi_prefix=form.doi_prefix.data or "", licence=form.licence.data,
        preface=both("preface"),
        editors=tuple(_editor(line) for line in (form.editors.data or "").splitlines() if line.strip()),
    )  # fmt: skip


def _editor(line: str) -> dict[str, Any]:
    """ "Given Family = 中文名": the last Latin word is the family name, as the field's help says."""
    latin, _, native = (part.strip() for part in line.partition("="))
    if has_han(latin):
        latin, native = "", latin
    given, _, family = latin.rpartition(" ")
    found: dict[str, Any] = {"given": given, "family": family}
    if native:
        parts = split_han(native)
        found["native"] = {"family": parts[0], "given": parts[1]}
    return {key: value for key, value in found.items() if value}


def _editor_line(editor: dict[str, Any]) -> str:
    latin = " ".join(part for part in (editor.get("given"), editor.get("family")) if part)
    native = "".join((editor.get("native") or {}).values())
    return " = ".join(part for part in (latin, native) if part)


def _form_of(volume: Volume) -> VolumeForm:
    values: dict[str, Any] = {"editors": "\n".join(_editor_line(e) for e in volume.editors)}
    values |= {name: getattr(volume, name) for name in ("version", "code", "isbn", "issn", "doi_prefix", "licence")}
    for name in ("title", "subtitle", "publisher", "place", "preface"):
        text: LocalizedText = getattr(volume, name)
        values[f"{name}_en"], values[f"{name}_zh"] = text.en, text.zh
    return VolumeForm(data=values)


@bp.route("/volumes/new", methods=["GET", "POST"])
@access(publishing_page, may_manage)
def new_volume(page: EventPage) -> Any:
    event = page.event
    beginnings = {
        "code": (event.acronym or event.slug).lower().replace(" ", "-"),
        "title_en": event.name.en and f"Proceedings of the {event.name.en}",
        "title_zh": event.name.zh and f"{event.name.zh}论文集",
    }
    form = VolumeForm(data=beginnings)
    volume = None
    if form.validate_on_submit():
        volume = form.attempt(lambda: volumes.create_volume(event, _imprint(form), actor=page.viewer.actor, at=g.now))
    if volume is not None:
        notice(_l("The volume is set up. Build it as soon as final versions are ready."))
        return back(".volume", slug=event.slug, code=volume.code)
    return render_template("publishing/volume_form.html", page=page, event=event, form=form, volume=None), form.status


@bp.route("/volumes/<code>/edit", methods=["GET", "POST"])
@access(volume_page, may_manage)
def edit_volume(page: VolumePage) -> Any:
    form = _form_of(page.volume)
    if form.validate_on_submit() and form.attempt(
        lambda: volumes.edit_volume(
            page.volume, _imprint(form), version=form.seen_version, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("Saved. The change shows in the next build."))
        return back(".volume", slug=page.event.slug, code=page.volume.code)
    template = "publishing/volume_form.html"
    return render_template(template, page=page, event=page.event, form=form, volume=page.volume), form.status


@bp.get("/volumes")
@access(publishing_page, may_see_builds)
def list_volumes(page: EventPage) -> str:
    """For editors, who have no business on the board of final versions."""
    return render_template("publishing/volumes.html", page=page, event=page.event, volumes=read.of_event(page.standing))


@bp.get("/volumes/<code>")
@access(volume_page, may_see_builds)
def volume(page: VolumePage) -> str:
    manages = may_manage(page)
    return render_template(
        "publishing/volume.html", page=page, event=page.event, volume=page.volume, builds=read.builds(page.volume),
        counts=board.counts(page.standing), words=board.WORDS, manages=manages,
        chapters=chapters.of_volume(page.volume) if page.volume.special else [], chapter_words=chapters.WORDS,
    )  # fmt: skip


@bp.post("/volumes/<code>/builds")
@access(volume_page, may_manage)
def build(page: VolumePage) -> Any:
    here = url_for(".volume", slug=page.event.slug, code=page.volume.code)
    try:
        made = volumes.start_build(
            page.volume, frozen_inputs(page.event, page.volume), actor=page.viewer.actor, at=g.now
        )
    except Invalid as error:
        notice(str(error), "warning")
        return redirect(here, code=303)
    return redirect(url_for("core.job", job_id=made.job_id, next=here), code=303)


@bp.get("/volumes/<code>/builds/<int:number>")
@access(build_page, may_see_builds)
def show_build(page: BuildPage) -> str:
    return _build(page, EditorForm())


def _build(page: BuildPage, form: EditorForm) -> str:
    found = worst_first(page.build.report.get("findings", []))
    return render_template(
        "publishing/build.html", page=page, event=page.event, volume=page.volume, build=page.build,
        findings=[(finding.get("paper"), note) for finding, note in zip(found, notes(found), strict=True)],
        verified=page.build.state is BuildState.VERIFIED, manages=may_manage(page), signs=may_sign(page), form=form,
        others=[b.number for b in read.builds(page.volume) if b.state is BuildState.VERIFIED and b is not page.build],
    )  # fmt: skip


@bp.get("/volumes/<code>/builds/<int:number>/files/<path:name>")
@access(artefact_page, may_see_builds)
def build_file(page: ArtefactPage) -> Response:
    return send(page.artefact.file, name=page.download_name, inline=True)


@bp.post("/volumes/<code>/builds/<int:number>/signature")
@access(build_page, may_sign)
def sign(page: BuildPage) -> Any:
    form = EditorForm()
    if not form.validate_on_submit():
        return _build(page, form), 422
    try:
        volumes.sign_off(page.build, form.signed_name.data, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        form.signed_name.errors = [str(text) for text in error.fields.values()]
        return _build(page, form), 422
    notice(_l("Signed. The publication chair can publish this build."))
    return back(".show_build", slug=page.event.slug, code=page.volume.code, number=page.build.number)


@bp.get("/volumes/<code>/compare/<int:first>/<int:second>")
@access(comparison_page, may_see_builds)
def compare(page: ComparisonPage) -> str:
    found = comparing.compare(page.before, page.after)
    return render_template(
        "publishing/compare.html", page=page, event=page.event, volume=page.volume, before=page.before,
        after=page.after, found=found, new_notes=notes(list(found.new_findings)),
        gone_notes=notes(list(found.gone_findings)), part_words=PART_WORDS,
    )  # fmt: skip


@bp.post("/volumes/<code>/builds/<int:number>/publish")
@access(build_page, may_manage)
def publish(page: BuildPage) -> Response:
    try:
        volumes.publish(page.volume, page.build, version=page.volume.version, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
        return back(".show_build", slug=page.event.slug, code=page.volume.code, number=page.build.number)
    notice(_l("The volume is public."))
    return back("proceedings.volume", slug=page.event.slug, code=page.volume.code)

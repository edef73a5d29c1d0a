"""The open-access site: volumes, papers, files. For everybody, once published."""

from __future__ import annotations

from email.utils import format_datetime

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access, public
from confsys.core.files import send
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing
from confsys.events.rules import may_see_event
from confsys.publishing import citing
from confsys.publishing.context import (
    ArtefactPage,
    CitationPage,
    NoticePage,
    PrintedPaperPage,
    VolumePage,
    citation_page,
    may_publish_notice,
    may_read,
    notice_page,
    printed_paper_page,
    public_artefact_page,
    publishing_page,
    volume_page,
)
from confsys.publishing.harvesting import Archive, answer
from confsys.publishing.operations import downloads
from confsys.publishing.queries import downloads as fetched
from confsys.publishing.queries import notices as said
from confsys.publishing.queries import volumes as read
from confsys.publishing.states import ArtefactKind

bp = Blueprint("proceedings", __name__)
HERE = "/events/<slug>/proceedings"
#: Files that are the volume itself; its records and reports are fetched by machines.
_WHOLE = (ArtefactKind.VOLUME_PDF, ArtefactKind.VOLUME_DOCX)


def _counted(page: VolumePage, paper: int) -> None:
    if downloads.is_reader(request.method, dict(request.headers)):
        downloads.count(page.volume.id, paper, at=g.now)


@bp.get("/proceedings")
@public
def all_volumes(_viewer: Viewer) -> str:
    words, page = request.args.get("q", "").strip()[:200], request.args.get("page", 1, type=int)
    papers, total = read.found(words, page)
    return render_template(
        "publishing/all_volumes.html", volumes=read.published(), q=words, papers=papers, total=total, page=page,
        authors=citing.authors, words=said.WORDS, labels=said.labels,
        notices=said.of_volumes([paper.build.volume_id for paper in papers]),
    )  # fmt: skip


@bp.get("/proceedings/feed.xml")
@public
def feed(_viewer: Viewer) -> Response:
    """New volumes, and what is said about published papers, as RSS."""
    text = render_template(
        "publishing/feed.xml", volumes=read.published()[:30], notices=said.latest(30), words=said.WORDS,
        moment=format_datetime,
    )  # fmt: skip
    return Response(text, mimetype="application/rss+xml")


@bp.get("/proceedings/sitemap.xml")
@public
def sitemap(_viewer: Viewer) -> Response:
    """The address of every volume and paper, for search engines."""
    text = render_template(
        "publishing/sitemap.xml", volumes=read.published(), papers=read.public_papers(), notices=said.latest(5000)
    )
    return Response(text, mimetype="application/xml")


@bp.get("/oai")
@public
def oai(_viewer: Viewer) -> Response:
    """OAI-PMH, for libraries and indexers that fetch what is new."""
    settings = current_app.extensions["settings"]
    archive = Archive(url_for(".oai", _external=True), settings.society_en, settings.mail_from, g.now)
    return Response(answer(archive, dict(request.args.lists())), mimetype="text/xml")


@bp.get(f"{HERE}/")
@access(publishing_page, by_standing(may_see_event))
def event_volumes(page: EventPage) -> str:
    found = [volume for volume in read.of_event(page.standing) if read.public_build(volume)]
    return render_template("publishing/event_volumes.html", page=page, event=page.event, volumes=found)


@bp.get(f"{HERE}/<code>/")
@access(volume_page, may_read)
def volume(page: VolumePage) -> str:
    build = read.public_build(page.volume)
    if build is None:
        raise NotFound
    files = [artefact for artefact in build.artefacts if artefact.kind is not ArtefactKind.PAPER_PDF]
    return render_template(
        "publishing/public_volume.html", page=page, event=page.event, volume=page.volume, build=build, files=files,
        authors=citing.authors, downloads=fetched.of_papers(page.volume.id), words=said.WORDS, labels=said.labels,
        notices=said.of_volumes([page.volume.id]),
    )  # fmt: skip


@bp.get(f"{HERE}/<code>/<int:position>/")
@access(printed_paper_page, may_read)
def paper(page: PrintedPaperPage) -> str:
    file = read.paper_file(page.paper)
    address = url_for(
        ".paper_file", slug=page.event.slug, code=page.volume.code, position=page.paper.position, _external=True
    )
    return render_template(
        "publishing/public_paper.html", page=page, event=page.event, volume=page.volume, paper=page.paper, file=file,
        downloads=fetched.of_papers(page.volume.id).get(page.paper.submission_id, 0), words=said.WORDS,
        notices=said.of_paper(page.volume.id, page.paper.submission_id), labels=said.labels,
        may_notice=may_publish_notice(page),
        authors=citing.authors(page.paper), tags=citing.highwire(page.event, page.volume, page.paper, address),
    )  # fmt: skip


@bp.get(f"{HERE}/<code>/notices/<int:number>/")
@access(notice_page, may_read)
def notice(page: NoticePage) -> str:
    return render_template(
        "publishing/notice.html", page=page, event=page.event, volume=page.volume, paper=page.paper,
        notice=page.notice, words=said.WORDS[page.notice.kind], authors=citing.authors(page.paper),
    )  # fmt: skip


@bp.get(f"{HERE}/<code>/<int:position>.pdf")
@access(printed_paper_page, may_read)
def paper_file(page: PrintedPaperPage) -> Response:
    found = read.paper_file(page.paper)
    if found is None:
        raise NotFound
    _counted(page, page.paper.submission_id)
    return send(found.file, name=f"{page.volume.code}-{page.paper.first_page}.pdf", inline=True, public=True)


@bp.get(f"{HERE}/<code>/<int:position>/citation.<any({', '.join(citing.CITATIONS)}):form>")
@access(citation_page, may_read)
def citation(page: CitationPage) -> Response:
    name = f"{page.volume.code}-{page.paper.first_page}.{page.form}"
    record = citing.citation(page.paper.build, page.paper, page.form)
    answer = Response(record, mimetype=citing.CITATIONS[page.form][2])
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@bp.get(f"{HERE}/<code>/files/<path:name>")
@access(public_artefact_page, may_read)
def file(page: ArtefactPage) -> Response:
    if page.artefact.kind in _WHOLE:
        _counted(page, 0)
    return send(page.artefact.file, name=page.download_name, inline=True, public=True)

"""An author's pages: begin a paper, read its record, take it back."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from confsys.core.access import access, signed_in, viewer_only
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, by_standing, room_page
from confsys.events.states import Feature
from confsys.submissions import operations, rules
from confsys.submissions.content import PaperContent
from confsys.submissions.context import PaperPage, paper_page
from confsys.submissions.forms import StartForm, WithdrawForm
from confsys.submissions.forms.paper import labelled
from confsys.submissions.operations.receipts import current_file
from confsys.submissions.queries.own import own_papers
from confsys.submissions.queries.records import author_records, call_window, own_answers
from confsys.submissions.queries.story import story
from confsys.submissions.views.blueprint import bp, by_paper, mine
from confsys.submissions.wording import CONFLICT_WORDS, STATE_TONES, STATE_WORDS

_event = room_page(Feature.SUBMISSIONS)
_may_start = by_standing(rules.may_start)


def _start_page(page: EventPage, form: StartForm, status: int = 200) -> tuple[str, int]:
    form.track.choices = labelled(page.event.tracks)
    window = call_window(page.event)
    return render_template("submissions/start.html", event=page.event, form=form, window=window), status


@bp.get("/submit")
@access(_event, _may_start)
def new(page: EventPage) -> tuple[str, int]:
    return _start_page(page, StartForm())


@bp.post("/submit")
@access(_event, _may_start)
def start(page: EventPage) -> Any:
    form = StartForm()
    title = LocalizedText(form.title_en.data or "", form.title_zh.data or "")
    track = int(form.track.data) if (form.track.data or "").isdigit() else None
    content = PaperContent(title=title, track_id=track)
    try:
        paper = operations.start(page.event, content, standing=page.standing, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        for name, sentence in error.fields.items():
            form[name].errors = [str(sentence)]
        return _start_page(page, form, 422)
    return back(".edit", slug=page.event.slug, number=paper.number)


@bp.get("/my-papers")
@access(_event, by_standing(lambda standing: signed_in(standing.viewer)))
def of_event(page: EventPage) -> str:
    papers = own_papers(page.viewer, g.now, event_id=page.event.id)
    return _list(papers, event=page.event, may_start=rules.may_start(page.standing))


@mine.get("/my-papers")
@access(viewer_only, signed_in)
def all_papers(viewer: Viewer) -> str:
    return _list(own_papers(viewer, g.now), event=None, may_start=False)


def _list(papers: Any, **values: Any) -> str:
    return render_template(
        "submissions/mine.html", papers=papers, words=STATE_WORDS, tones=STATE_TONES, **values
    )  # fmt: skip


@bp.get("/my-papers/<int:number>")
@access(paper_page, by_paper(rules.may_read_as_author))
def record(page: PaperPage) -> tuple[str, int]:
    return record_page(page, WithdrawForm(formdata=None))


def record_page(page: PaperPage, form: WithdrawForm, status: int = 200) -> tuple[str, int]:
    paper, here = page.submission, page.standing
    return render_template(
        "submissions/record.html",
        event=page.event, paper=paper, page_of=page, record=author_records(page.viewer, [paper], g.now)[paper.id],
        story=story(paper, for_authors=True), word=STATE_WORDS[paper.state], tone=STATE_TONES[paper.state],
        window=call_window(page.event), conflict_words=CONFLICT_WORDS, form=form,
        edit=rules.may_edit(here), withdraw=rules.may_withdraw(here), revive=rules.may_revive(here),
        discard=rules.may_discard(here), answers=own_answers(paper),
    ), status  # fmt: skip


@bp.get("/my-papers/<int:number>/receipt")
@access(paper_page, by_paper(rules.may_read_as_author))
def receipt(page: PaperPage) -> str:
    """A sheet to print: what was received, and when."""
    paper = page.submission
    return render_template(
        "submissions/receipt.html", event=page.event, paper=paper, manuscript=current_file(paper),
        word=STATE_WORDS[paper.state], conflict_words=CONFLICT_WORDS,
    )  # fmt: skip


@bp.post("/my-papers/<int:number>/withdraw")
@access(paper_page, by_paper(rules.may_withdraw))
def withdraw(page: PaperPage) -> Any:
    form = WithdrawForm()
    try:
        operations.withdraw(
            page.submission, form.reason.data or "", standing=page.standing.event, actor=page.viewer.actor, at=g.now
        )
    except Invalid as error:
        form.reason.errors = [str(text) for text in error.fields.values()]
        return record_page(page, form, 422)
    notice(_l("The paper is withdrawn. All its contacts get a note."))
    return _to_record(page)


@bp.post("/my-papers/<int:number>/revive")
@access(paper_page, by_paper(rules.may_revive))
def revive(page: PaperPage) -> Any:
    operations.revive(page.submission, standing=page.standing.event, actor=page.viewer.actor, at=g.now)
    notice(_l("The paper is submitted again."))
    return back(".paper", slug=page.event.slug, number=page.submission.number) if _is_staff(page) else _to_record(page)


def _is_staff(page: PaperPage) -> bool:
    return not page.standing.is_author


@bp.post("/my-papers/<int:number>/discard")
@access(paper_page, by_paper(rules.may_discard))
def discard(page: PaperPage) -> Any:
    """A draft is gone for good: the page asks for its number."""
    if request.form.get("confirm", "").strip() != str(page.submission.number):
        notice(_l("Nothing was thrown away: the number did not match."), "warning")
        return _to_record(page)
    operations.discard(page.submission, standing=page.standing.event, actor=page.viewer.actor, at=g.now)
    notice(_l("The draft is gone."))
    return back(".of_event", slug=page.event.slug)


def _to_record(page: PaperPage) -> Any:
    return back(".record", slug=page.event.slug, number=page.submission.number)

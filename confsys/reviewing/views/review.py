"""One review: the paper beside the form, drafts kept as they are typed."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, jsonify, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.formatting import clock_time
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.events.answers import choices, shown, typed
from confsys.events.models import FormField
from confsys.events.states import StageKind
from confsys.reviewing import rules
from confsys.reviewing.context import ReviewPage, by_review, review_page
from confsys.reviewing.forms.reviewer import DeclineForm, PassOnForm
from confsys.reviewing.models import Review
from confsys.reviewing.operations import assignments
from confsys.reviewing.operations.reviews import UNWRITTEN, Saved, save_review
from confsys.reviewing.queries import mine
from confsys.reviewing.queries.delegations import of_assignment
from confsys.reviewing.queries.fields import review_fields
from confsys.reviewing.queries.reviews import reviews_for
from confsys.reviewing.states import ReviewState
from confsys.reviewing.views.blind import send_blind
from confsys.reviewing.views.blueprints import reviews
from confsys.reviewing.wording import DELEGATION_WORDS
from confsys.submissions.models import PaperFile
from confsys.submissions.states import FileKind
from confsys.submissions.wording import CONFLICT_WORDS, DECLARABLE, FILE_WORDS

opens = by_review(rules.may_open_review)


@reviews.get("/<int:number>")
@access(review_page, opens)
def show(page: ReviewPage) -> Any:
    return _drawn(page)


@reviews.post("/<int:number>")
@access(review_page, opens)
def save(page: ReviewPage) -> Any:
    """Keep the draft, or submit the review; what is missing is said and nothing is lost."""
    fields = review_fields(page.event.id)
    given = typed(fields, request.form)
    submit = request.form.get("action") == "submit"
    try:
        saved = _save(page, given, submit=submit)
    except Invalid as objection:
        return _drawn(page, given=given, wrong=_sentences(objection), status=422)
    except StaleVersion as stale:
        return _drawn(page, given=given, changes=_changes(stale.row, fields, given), status=409)
    except Refused as refusal:
        return _drawn(page, given=given, refusal=str(refusal.denial.reason), status=403)
    if submit and saved.missing:
        return _drawn(page, wrong=dict(saved.missing), status=422)
    if submit:
        notice(_("Your review of paper %(number)s is submitted. Thank you.", number=page.submission.number))
        return back("reviews.show", slug=page.event.slug, number=page.submission.number)
    notice(_("Saved."), "info")
    return back("reviews.show", slug=page.event.slug, number=page.submission.number)


@reviews.post("/<int:number>/draft")
@access(review_page, opens)
def keep_draft(page: ReviewPage) -> Any:
    """What the script sends while somebody types. A submitted review is changed only by its writer's own button."""
    if page.standing.review is ReviewState.SUBMITTED:
        return jsonify(message=_("This review is submitted; press “Save changes” to change it.")), 409
    try:
        saved = _save(page, typed(review_fields(page.event.id), request.form), submit=False)
    except StaleVersion:
        return jsonify(
            message=_("This was saved elsewhere meanwhile. Your text is still here; reload to compare.")
        ), 409
    except Refused as refusal:
        return jsonify(message=str(refusal.denial.reason)), 422
    return jsonify(saved=_saved_words(saved.review), version=saved.review.version)


def _save(page: ReviewPage, given: Any, *, submit: bool) -> Saved:
    version = request.form.get("version", "")
    if page.assignment is None:
        raise NotFound
    return save_review(
        page.assignment, given, submit=submit, version=int(version) if version.isdigit() else UNWRITTEN,
        standing=page.standing, actor=page.viewer.actor, at=g.now,
    )  # fmt: skip


def _sentences(objection: Invalid) -> dict[str, str]:
    return {key: str(sentence) for key, sentence in objection.fields.items()}


def _saved_words(review: Review) -> str:
    at = clock_time(review.saved_at)
    if review.state is ReviewState.SUBMITTED:
        return _("Submitted; last changed %(time)s", time=at)
    return _("Saved as draft %(time)s", time=at)


def _changes(stored: Review | None, fields: list[FormField], given: Any) -> list[dict[str, str]]:
    """What is saved now beside what was typed, for the fields that differ."""
    locale = current_locale()
    answers = stored.answers if stored else {}
    pairs = ((each, shown(each, answers.get(each.key), locale), str(given.get(each.key) or "")) for each in fields)
    return [
        {"label": each.label.in_(locale), "theirs": theirs, "yours": yours}
        for each, theirs, yours in pairs
        if theirs != yours
    ]


def _drawn(
    page: ReviewPage,
    *,
    given: Any = None,
    wrong: dict[str, str] | None = None,
    changes: list[dict[str, str]] | None = None,
    refusal: str = "",
    decline: DeclineForm | None = None,
    status: int = 200,
) -> Any:
    """The split view. Nothing of the authors is given to the template unless the reviewer may know them."""
    review = page.assignment.review if page.assignment else None
    standing, paper = page.standing, page.submission
    others = rules.may_read_reviews(standing)
    number, (before, after, position) = paper.number, _neighbours(page)
    return (
        render_template(
            "reviewing/review.html",
            event=page.event, serves=bool(rules.may_be_asked(standing.event)), number=number, paper=_paper(page),
            authors=paper.authors if standing.knows_authors else [],
            manuscript=mine.manuscript(paper), files=_files(page), file_words=FILE_WORDS,
            fields=review_fields(page.event.id), choices=choices,
            given=given if given is not None else (review.answers if review else {}),
            wrong=wrong or {}, changes=changes or [], refusal=refusal, review=review,
            version=review.version if review else UNWRITTEN, saved=_saved_words(review) if review else "",
            may_write=rules.may_write_review(standing), may_decline=bool(rules.may_decline(standing)),
            decline=decline or DeclineForm(), window=standing.event.window(StageKind.REVIEW),
            others=[each for each in _read(page) if not each.is_own] if others else None, others_closed=others,
            before=before, after=after, position=position, submitted=standing.review is ReviewState.SUBMITTED,
            kinds=[(kind.value, CONFLICT_WORDS[kind]) for kind in DECLARABLE], **_passing_on(page),
        ),
        status,
    )  # fmt: skip


def _passing_on(page: ReviewPage) -> dict[str, Any]:
    """The form to pass the paper on and what became of the last request; nothing where it was passed on already."""
    if (
        page.assignment is None
        or page.assignment.delegated_from_id is not None
        or not rules.may_delegate(page.standing)
    ):
        return {"pass_on": None}
    return {
        "pass_on": PassOnForm(formdata=None), "passing": of_assignment(page.assignment),
        "passing_words": DELEGATION_WORDS,
    }  # fmt: skip


def _read(page: ReviewPage) -> Any:
    return reviews_for(page.standing, page.event.id, current_locale())


def _paper(page: ReviewPage) -> dict[str, Any]:
    """What of the paper a reviewer reads. The row itself stays outside: it knows its authors."""
    paper = page.submission
    return {
        "title": paper.title, "abstract": paper.abstract, "keywords": paper.keywords, "topics": paper.topics,
        "track": paper.track.name if paper.track else None,
    }  # fmt: skip


def _files(page: ReviewPage) -> list[PaperFile]:
    """Supplements; the manuscript stands beside the form."""
    return [row for row in page.submission.files if row.kind is FileKind.SUPPLEMENT and not row.withdrawn]


def _neighbours(page: ReviewPage) -> tuple[int | None, int | None, str]:
    """Numbers of the reviewer's papers before and after this one, in the order of their list."""
    numbers = [task.number for task in mine.tasks(page.viewer, page.event.id)]
    if page.submission.number not in numbers:
        return None, None, ""
    place = numbers.index(page.submission.number)
    before = numbers[place - 1] if place else None
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    return before, after, _("%(place)s of %(total)s", place=place + 1, total=len(numbers))


@reviews.post("/<int:number>/decline")
@access(review_page, opens)
def decline(page: ReviewPage) -> Any:
    """Give a paper back, with a reason."""
    form, assignment = DeclineForm(), page.assignment
    if assignment is None:
        raise NotFound
    done = form.validate_on_submit() and form.attempt(
        lambda: assignments.decline(
            assignment, form.reason.data or "", standing=page.standing, actor=page.viewer.actor, at=g.now
        )
    )
    if not done:
        return _drawn(page, decline=form, status=form.status)
    notice(_("Paper %(number)s is off your list. Thank you for telling us soon.", number=page.submission.number))
    if not rules.may_be_asked(page.standing.event):  # somebody outside, to whom the paper was passed on
        return back("core.home")
    return back("reviews.index", slug=page.event.slug)


@reviews.get("/<int:number>/paper")
@access(review_page, opens)
def paper(page: ReviewPage) -> Response:
    """The manuscript under review, under a name and with properties that tell nothing of its authors."""
    row = mine.manuscript(page.submission)
    if row is None:
        raise NotFound
    return send_blind(row, page.submission.number, standing=page.standing)


@reviews.get("/<int:number>/files/<int:file_id>")
@access(lambda viewer, slug, number, file_id: (review_page(viewer, slug, number), file_id), lambda pair: opens(pair[0]))
def supplement(found: tuple[ReviewPage, int]) -> Response:
    page, file_id = found
    row = next((each for each in _files(page) if each.id == file_id), None)
    if row is None:
        abort(404)
    return send_blind(row, page.submission.number, standing=page.standing)

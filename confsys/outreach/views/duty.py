"""A year's part for the public: a member's own page, and the office's list of who has done it and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, signed_in, viewer_only
from confsys.core.decisions import Decision, allow_if
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.queries.membership import valid_membership
from confsys.outreach import rules
from confsys.outreach.context import society_zone
from confsys.outreach.forms import ArticleForm, DutyForm, NoteForm
from confsys.outreach.models import OutreachArticle, OutreachDuty
from confsys.outreach.operations import duty as operations
from confsys.outreach.operations.duty import Asked, Written
from confsys.outreach.queries import duty as queries
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import ARTICLE_STATES
from confsys.outreach.years import day_of, year_of


def _chosen_year() -> int:
    """The year the address names, between the first that could be kept and the running one."""
    now, text = year_of(g.now), request.args.get("year", "")
    return int(text) if text.isdigit() and len(text) == 4 and 2000 <= int(text) <= now else now


@bp.route("/mine", methods=["GET", "POST"])
@access(viewer_only, signed_in)
def mine(viewer: Viewer) -> Any:
    """What the year asks of me, what I have done, and what is missing."""
    person_id = viewer.person_id
    if person_id is None:
        raise NotFound
    year = _chosen_year()
    form = ArticleForm()
    is_member = valid_membership(person_id, day_of(g.now)) is not None
    if is_member and form.validate_on_submit():
        written = Written(
            title=form.title.data, outlet=form.outlet.data, url=form.url.data, published_on=form.published_on.data
        )
        if form.attempt(lambda: operations.record_article(person_id, written, actor=viewer.actor, at=g.now)):
            notice(_l("Recorded. It counts as soon as the office has confirmed it."))
            return back(".mine", year=written.published_on.year)
    return render_template(
        "outreach/mine.html", form=form, year=year, this_year=year_of(g.now), own=queries.own_year(person_id, year),
        is_member=is_member, states=ARTICLE_STATES, zone=society_zone(),
    ), form.status  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticlePage:
    viewer: Viewer
    article: OutreachArticle

    @property
    def is_own(self) -> bool:
        return self.viewer.signed_in and self.article.person_id == self.viewer.person_id


def _article(viewer: Viewer, article_id: int) -> ArticlePage:
    found = queries.article(article_id)
    if found is None:
        raise NotFound
    return ArticlePage(viewer, found)


def _office(page: ArticlePage) -> Decision:
    return rules.may_run(page.viewer)


@bp.post("/articles/<int:article_id>/withdraw")
@access(_article, lambda page: allow_if(page.is_own))
def withdraw_article(page: ArticlePage) -> Any:
    year = page.article.published_on.year
    try:
        operations.withdraw_article(page.article, actor=page.viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
    else:
        notice(_l("Taken back."))
    return back(".mine", year=year)


@bp.route("/office/articles/<int:article_id>", methods=["GET", "POST"])
@access(_article, _office)
def article(page: ArticlePage) -> Any:
    """The office confirms an article, or tells its author why it does not count."""
    row, form = page.article, NoteForm()
    confirmed = request.form.get("verb") == "confirm"
    if form.validate_on_submit() and form.attempt(
        lambda: operations.decide_article(
            row, confirmed=confirmed, note=form.answer.data or "", actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("Confirmed. It counts for its year.") if confirmed else _l("The author reads why it does not count."))
        return back(".duty", year=row.published_on.year)
    return render_template(
        "outreach/office/article.html", article=row, form=form, word=ARTICLE_STATES[row.state]
    ), form.status  # fmt: skip


@bp.get("/office/duty")
@access(viewer_only, rules.may_run)
def duty_today(_viewer: Viewer) -> Any:
    return back(".duty", year=year_of(g.now))


@bp.get("/office/duty/<int(min=2000, max=2200):year>")
@access(lambda viewer, year: (viewer, year), lambda subject: rules.may_run(subject[0]))
def duty(subject: tuple[Viewer, int]) -> Any:
    viewer, year = subject
    asked = queries.in_force(year)
    found = queries.listing(asked, year).answer(queries.asked_of(viewer, asked, year, g.now)) if asked else None
    if isinstance(found, Response):
        return found
    return render_template(
        "outreach/office/duty.html", year=year, this_year=year_of(g.now), asked=asked, found=found,
        counted=queries.counted(viewer, asked, year, g.now) if asked else None, waiting=queries.reported(viewer),
    )  # fmt: skip


@bp.route("/office/duty/<int(min=2000, max=2200):year>/set", methods=["GET", "POST"])
@access(lambda viewer, year: (viewer, year), lambda subject: rules.may_run(subject[0]))
def set_duty(subject: tuple[Viewer, int]) -> Any:
    viewer, year = subject
    row, before = queries.row_of(year), queries.in_force(year)
    known = {name: getattr(before, name) for name in ("talks", "articles", "hours")} if before else {}
    form = DutyForm(data={**known, "version": row.version if row else 0})
    if form.validate_on_submit():
        asked = Asked(talks=form.talks.data, articles=form.articles.data, hours=form.hours.data)
        if form.attempt(
            lambda: operations.set_duty(year, asked, version=form.seen_version, actor=viewer.actor, at=g.now)
        ):
            notice(_l("Saved."))
            return back(".duty", year=year)
    return render_template("outreach/office/duty_set.html", form=form, year=year), form.status


@dataclass(frozen=True, slots=True)
class DutyPage:
    viewer: Viewer
    asked: OutreachDuty
    year: int


def _duty_page(viewer: Viewer, year: int) -> DutyPage:
    asked = queries.in_force(year)
    if asked is None:
        raise NotFound
    return DutyPage(viewer, asked, year)


@bp.route("/office/duty/<int(min=2000, max=2200):year>/remind", methods=["GET", "POST"])
@access(_duty_page, lambda page: rules.may_run(page.viewer))
def remind(page: DutyPage) -> Any:
    """How many would be written to; the POST writes to exactly so many or to nobody."""
    if request.method == "POST":
        expected = request.form.get("expected", "")
        try:
            sent = operations.remind_members(
                page.viewer, page.asked, page.year, expected=int(expected) if expected.isdigit() else -1, at=g.now
            )
        except Invalid as error:
            notice(str(error), "warning")
            return back(".remind", year=page.year)
        notice(_l("%(count)s members are reminded by mail.", count=sent))
        return back(".duty", year=page.year)
    return render_template(
        "outreach/office/duty_remind.html", year=page.year, asked=page.asked,
        counted=queries.counted(page.viewer, page.asked, page.year, g.now), rest=queries.REST.days,
    )  # fmt: skip

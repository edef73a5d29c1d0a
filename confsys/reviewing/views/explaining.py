"""Questions to a run: one paper in it, why somebody is on it or not, and one run beside another."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.reviewing.describing import in_words
from confsys.reviewing.models import AssignmentRun
from confsys.reviewing.queries import explained
from confsys.reviewing.queries import runs as run_queries
from confsys.reviewing.views.blueprints import chair, room
from confsys.reviewing.views.matching import no_run, run_page, steering, steering_run
from confsys.reviewing.wording import AGAINST_WORDS, BID_WORDS

Two = tuple[EventPage, AssignmentRun, AssignmentRun]


def _two(viewer: Viewer, slug: str) -> Two:
    page = room(viewer, slug)
    found = [
        run_queries.run_of(page.event.id, number)
        for number in (request.args.get(name, 0, type=int) for name in ("first", "second"))
    ]
    if found[0] is None or found[1] is None or any(run.state not in explained.SOLVED for run in found if run):
        no_run(page)
    return page, found[0], found[1]


@chair.get("/runs/compare")
@access(_two, lambda found: steering(found[0]))
def compare_runs(found: Two) -> str:
    """Two runs side by side, in figures and by paper."""
    page, first, second = found
    beside = explained.two_runs(first, second, page.standing)
    wishes = [in_words(run.parameters) for run in (beside.first, beside.second)]
    return render_template(
        "reviewing/run_compare.html", event=page.event, first=first, second=second, beside=beside,
        wishes=wishes, differ=[[w for w in mine if w not in other] for mine, other in (wishes, wishes[::-1])],
    )  # fmt: skip


@chair.get("/runs/<int:run_id>/papers/<int:number>")
@access(
    lambda viewer, slug, run_id, number: (*run_page(viewer, slug, run_id), number),
    lambda found: steering_run(found[:2]),
)
def paper_in_run(found: tuple[EventPage, AssignmentRun, int]) -> Any:
    """Who was best for one paper, who was given, and why; ``person``: why this one, or why not."""
    page, run, number = found
    asked = explained.paper_in_run(run, number, page.standing, request.args.get("person", type=int))
    if asked is None or run.state not in explained.SOLVED:
        raise NotFound
    text = request.args.get("q", "").strip()[:100]
    return render_template(
        "reviewing/run_paper.html", event=page.event, run=run, of=asked, q=text,
        found=explained.found(asked.people, text)[: explained.SHOWN] if text else [], bid_words=BID_WORDS,
        against=AGAINST_WORDS,
    )  # fmt: skip

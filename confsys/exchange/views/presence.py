"""Being there, and saying what one thought of it."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from confsys.core.access import access
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import notice
from confsys.exchange import codes, rules
from confsys.exchange.context import FloorPage, floor_page, floor_rule
from confsys.exchange.forms import FeedbackForm
from confsys.exchange.operations import presence
from confsys.exchange.queries import floors
from confsys.exchange.views.blueprint import bp, done, words


def _good(on: FloorPage) -> bool:
    return codes.is_good(request.values.get("code", "")[:200], on.event.id, on.session.id, g.now)


@bp.get("/sessions/<int:number>/here")
@access(floor_page, floor_rule(rules.may_be_recorded))
def here(on: FloorPage) -> str:
    """Where the code on the screen leads. Nothing happens before the button is pressed."""
    return render_template(
        "exchange/here.html",
        **words(on, good=_good(on), code=request.args.get("code", ""), already=floors.is_here(on.floor, on.viewer)),
    )


@bp.post("/sessions/<int:number>/here")
@access(floor_page, floor_rule(rules.may_be_recorded))
def attend(on: FloorPage) -> Any:
    if not _good(on):
        return render_template("exchange/here.html", **words(on, good=False, code="", already=False)), 422
    presence.attend(on.event, on.session.id, standing=on.standing, actor=on.viewer.actor, at=g.now)
    notice(_l("You are recorded as present. Enjoy the session."))
    return done(on)


@bp.route("/sessions/<int:number>/feedback", methods=["GET", "POST"])
@access(floor_page, floor_rule(rules.may_give_feedback))
def feedback(on: FloorPage) -> Any:
    given = floors.own_feedback(on.floor, on.viewer)
    form = FeedbackForm(data={"stars": str(given.stars), "comment": given.comment} if given else {})
    if form.validate_on_submit():
        kept = form.attempt(
            lambda: presence.give_feedback(
                on.event, on.session.id, int(form.stars.data), form.comment.data or "", standing=on.standing,
                actor=on.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if kept is not None:
            notice(_l("Thank you. Speakers and organisers read it without your name."))
            return done(on)
    return render_template("exchange/feedback.html", **words(on, form=form)), form.status

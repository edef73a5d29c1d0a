"""Page budgets, and pages beyond them: ordered by authors, paid through the till, or given by the chair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.payments.models import Order
from confsys.payments.operations import orders
from confsys.payments.operations.orders import NewLine
from confsys.payments.queries import sold
from confsys.publishing.models import CameraReady, PageBudget, PageFee
from confsys.publishing.operations.camera_ready import settle
from confsys.publishing.queries import fees as read
from confsys.publishing.states import FeeState
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState

SELLER = "publishing"


@operation
def set_budgets(event: Event, wanted: Mapping[str, tuple[int, int, int]], *, actor: Actor, at: datetime) -> None:
    """Kind -> (pages, most extra pages, fee for each). A kind that is not named has no budget any more."""
    lock(event)
    known = read.budgets(event.id)
    for kind, row in known.items():
        if kind not in wanted:
            db.session.delete(row)
    for kind, (pages, most_extra, fee) in wanted.items():
        row = known.get(kind) or PageBudget(event_id=event.id, kind=kind)
        row.pages, row.most_extra, row.fee = pages, most_extra, fee
        db.session.add(row)
    db.session.flush()
    record("page_budget.set", event, actor=actor, at=at, changes={})
    query = select(CameraReady, Submission).join(Submission, Submission.id == CameraReady.submission_id)
    accepted = query.where(Submission.event_id == event.id, Submission.state == SubmissionState.ACCEPTED)
    for ready, paper in db.session.execute(accepted).all():
        settle(ready, paper)


@operation
def order_pages(row: CameraReady, paper: Submission, *, actor: Actor, at: datetime) -> Order:
    """Order the pages beyond the budget that are not paid yet; an open order for them is given again."""
    lock(row)
    length = read.length(row, paper)
    if length.order is not None:
        return length.order
    if length.budget is None or not length.due:
        raise Invalid(_l("This paper keeps its budget: there is nothing to pay."))
    if length.too_long:
        raise Invalid(_l("The paper is longer than can be bought. Please shorten it."))
    if actor.person_id is None:
        raise Invalid(_l("Please sign in first."))
    fee = PageFee(camera_ready_id=row.id, pages=length.due)
    db.session.add(fee)
    db.session.flush()
    words = LocalizedText(f"Extra pages of paper {paper.number}", f"论文 {paper.number} 超页费")
    line = NewLine(words, length.budget.fee, SELLER, f"pages:{fee.id}", quantity=length.due)
    currency = current_app.extensions["settings"].currency
    record("page_fee.order", row, actor=actor, at=at, changes={}, event_id=paper.event_id, number=paper.number)
    order = orders.place(actor.person_id, [line], currency=currency, event_id=paper.event_id, actor=actor, at=at)
    fee.order_id = order.id
    return order


@operation
def waive(row: CameraReady, reason: str, *, version: int, actor: Actor, at: datetime) -> None:
    """Print the pages beyond the budget without a fee; the reason stays with the paper."""
    expect_version(row, version)
    if not reason.strip():
        raise Invalid(reason=_l("Please say why these pages cost nothing."))
    row.fee_waived = reason.strip()
    paper = row.submission
    settle(row, paper)
    record("page_fee.waive", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number)


def _ours(order: Order) -> list[PageFee]:
    numbers = [line.reference.removeprefix("pages:") for line in sold.own_lines(order, SELLER)]
    ids = [int(number) for number in numbers if number.isdigit()]
    return list(db.session.scalars(select(PageFee).where(PageFee.id.in_(ids)))) if ids else []


def _settle(order: Order, state: FeeState) -> None:
    for fee in _ours(order):
        fee.state = state
        row = db.session.get_one(CameraReady, fee.camera_ready_id)
        settle(row, row.submission)


def paid(order: Order, **_news: Any) -> None:
    """The till has the money. Inside its transaction."""
    _settle(order, FeeState.PAID)


def let_go(order: Order, **_news: Any) -> None:
    """The order was given up or ran out."""
    _settle(order, FeeState.LET_GO)


def taken_back(order: Order, *, whole: bool = False, **_news: Any) -> None:
    """The whole price went back to the buyer; a part of it is a matter of the till alone."""
    if whole:
        _settle(order, FeeState.LET_GO)

"""How long a paper is against its budget, and what is paid for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from confsys.core.db import db
from confsys.payments.models import Order
from confsys.publishing.models import CameraReady, PageBudget, PageFee
from confsys.publishing.states import FeeState
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Length:
    """``budget`` None: no limit. ``due``: pages still to be bought. ``order``: one that waits for its money."""

    pages: int
    budget: PageBudget | None
    paid: int = 0
    waived: str = ""
    order: Order | None = None

    @property
    def extra(self) -> int:
        return max(0, self.pages - self.budget.pages) if self.budget else 0

    @property
    def due(self) -> int:
        return 0 if self.waived else max(0, self.extra - self.paid)

    @property
    def too_long(self) -> bool:
        """More than can be bought: only a shorter file helps."""
        return self.budget is not None and not self.waived and self.extra > self.budget.most_extra


def budgets(event_id: int) -> dict[str, PageBudget]:
    """Kind of presentation -> budget."""
    rows = db.session.scalars(select(PageBudget).where(PageBudget.event_id == event_id))
    return {row.kind: row for row in rows}


def kinds(event_id: int) -> list[str]:
    """The kinds that accepted papers of an event have; the empty one stands for all others."""
    query = select(Submission.presentation).where(
        Submission.event_id == event_id, Submission.state == SubmissionState.ACCEPTED, Submission.presentation != ""
    )
    return ["", *sorted(set(db.session.scalars(query.distinct())))]


def length(row: CameraReady, paper: Submission) -> Length:
    found = budgets(paper.event_id)
    budget = found.get(paper.presentation) or found.get("")
    pages = row.paper_file.pages if row.paper_file else None
    if budget is None or not pages:
        return Length(pages or 0, budget)
    query = select(PageFee, Order).outerjoin(Order, Order.id == PageFee.order_id)
    fees = db.session.execute(query.where(PageFee.camera_ready_id == row.id, PageFee.state != FeeState.LET_GO)).all()
    return Length(
        pages, budget, sum(fee.pages for fee, _order in fees if fee.state is FeeState.PAID), row.fee_waived,
        next((order for fee, order in fees if fee.state is FeeState.OPEN), None),
    )  # fmt: skip

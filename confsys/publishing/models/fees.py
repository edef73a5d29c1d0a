"""How many pages a paper may have, and what further ones cost."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from confsys.core.db import Model, Versioned, enum_column, where
from confsys.publishing.states import FeeState


class PageBudget(Model, Versioned):
    """Pages for papers of one kind of presentation; the empty kind is for all that have no row of their own."""

    __tablename__ = "page_budget"
    __table_args__ = (
        UniqueConstraint("event_id", "kind"),
        CheckConstraint("pages > 0 AND most_extra >= 0 AND fee >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[str] = mapped_column(String(40), default="")
    pages: Mapped[int]
    #: Pages beyond the budget that can be bought.
    most_extra: Mapped[int] = mapped_column(default=0)
    #: For each of them, in minor units.
    fee: Mapped[int] = mapped_column(default=0)


class PageFee(Model, Versioned):
    """Pages beyond the budget that somebody ordered for a paper."""

    __tablename__ = "page_fee"
    __table_args__ = (
        CheckConstraint("pages > 0", name="pages_positive"),
        Index("uq_page_fee_open", "camera_ready_id", unique=True, **where("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    camera_ready_id: Mapped[int] = mapped_column(ForeignKey("camera_ready.id"), index=True)
    pages: Mapped[int]
    state: Mapped[FeeState] = mapped_column(enum_column(FeeState), default=FeeState.OPEN)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("payment_order.id"), index=True)

"""The till's part of the sample: printed volumes sold by the society, with all that a treasurer meets.

One order is paid in part, one transfer waits to be confirmed, one was refunded, one over-paid; two 发票 are asked for
and one was issued.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.core.operation import operation
from confsys.payments.models import FapiaoRequest, Order
from confsys.payments.operations import fapiao, orders, paying, refunds
from confsys.payments.operations.fapiao import Issued, Wanted
from confsys.payments.operations.orders import NewLine
from confsys.payments.states import FapiaoKind, FapiaoType, TitleKind

if TYPE_CHECKING:
    from confsys.sample import Sample

VOLUME = LocalizedText("Proceedings of the last annual meeting, printed", "上届学术年会论文集（纸质版）")
PRICE = 120_00
#: Made up; its check digit fits.
UNIT, CODE = "临江大学", "52330000MJ0000001U"


@operation
def tell(story: Sample) -> None:
    buyers = story.scholars[60:67]
    _pays_in_part(story, buyers[0])
    _announces(story, buyers[1])
    _is_refunded(story, buyers[2])
    _pays_too_much(story, buyers[3])
    for buyer in buyers[4:6]:
        _asks(story, _paid(story, buyer, 2))
    issued = _asks(story, _paid(story, story.people["attendee"], 1))
    fapiao.issue(
        issued,
        Issued("26330000000000000107", story.at.date()),
        None,
        version=None,
        actor=_treasurer(story),
        at=story.at,
    )


def _treasurer(story: Sample) -> Actor:
    return Actor(story.people["treasurer"].id)


def _order(story: Sample, buyer: Person, copies: int) -> Order:
    at = story.at - timedelta(days=4)
    line = NewLine(VOLUME, PRICE, "payments", "printed-volume", copies)
    return orders.place(
        buyer.id, [line], currency="CNY", due_at=at + timedelta(days=30), actor=Actor(buyer.id), at=at
    )  # fmt: skip


def _comes(story: Sample, order: Order, minor: int, remark: str = "") -> None:
    at = story.at - timedelta(days=1)
    payment = paying.start(order, "transfer", actor=Actor(order.buyer_id), at=at)
    paying.confirm(
        payment, Money(minor, order.currency), remark, version=payment.version, actor=_treasurer(story), at=at
    )


def _paid(story: Sample, buyer: Person, copies: int) -> Order:
    order = _order(story, buyer, copies)
    _comes(story, order, order.total)
    return order


def _pays_in_part(story: Sample, buyer: Person) -> None:
    _comes(story, _order(story, buyer, 2), PRICE, "来款 120 元，尚差一册")


def _announces(story: Sample, buyer: Person) -> None:
    order = _order(story, buyer, 3)
    payment = paying.start(order, "transfer", actor=Actor(buyer.id), at=story.at)
    paying.claim(payment, None, UNIT, actor=Actor(buyer.id), at=story.at)


def _is_refunded(story: Sample, buyer: Person) -> None:
    order = _paid(story, buyer, 1)
    refunds.take_back(order, order.total, reason="册页缺损，退款", actor=_treasurer(story), at=story.at)


def _pays_too_much(story: Sample, buyer: Person) -> None:
    _comes(story, _order(story, buyer, 1), PRICE + 30_00)


def _asks(story: Sample, order: Order) -> FapiaoRequest:
    wanted = Wanted(
        FapiaoKind.FAPIAO, FapiaoType.ORDINARY, TitleKind.UNIT, UNIT, order.buyer.emails[0].address, CODE,
        item="版面费", remark=order.buyer.name.both,
    )  # fmt: skip
    return fapiao.request(order, wanted, actor=Actor(order.buyer_id), at=story.at)

"""Registration's part of the sample: the annual meeting sells tickets; some are paid, some wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.payments.models import Order
from confsys.payments.operations import paying
from confsys.registration.operations.catalogue import Price, save_ticket
from confsys.registration.operations.registering import NewAttendee, register
from confsys.registration.states import Audience

if TYPE_CHECKING:
    from confsys.sample import Sample


def _order(story: Sample, ticket_id: int, *people: Person) -> Order:
    first = people[0]
    new = [NewAttendee(ticket_id, p.name, p.emails[0].address, is_buyer=p is first) for p in people]
    return register(story.events["annual"], first.id, new, actor=Actor(first.id), at=story.at)


def _transferred(story: Sample, order: Order, *, confirmed: bool) -> None:
    buyer, treasurer = Actor(order.buyer_id), Actor(story.people["treasurer"].id)
    payment = paying.start(order, "transfer", actor=buyer, at=story.at)
    paying.claim(payment, None, order.buyer.name.both, actor=buyer, at=story.at)
    if confirmed:
        paying.confirm(
            payment, Money(order.total, order.currency), "", version=payment.version, actor=treasurer, at=story.at
        )


def tell(story: Sample) -> None:
    annual, organiser = story.events["annual"], Actor(story.people["organiser"].id)
    early = story.at + timedelta(days=10)
    regular = save_ticket(
        annual, None, "regular", LocalizedText("Regular", "普通代表"), 300,
        [Price(Audience.ANYONE, 1800_00), Price(Audience.ANYONE, 1500_00, early), Price(Audience.MEMBER, 1200_00)],
        actor=organiser, at=story.at,
    )  # fmt: skip
    student = save_ticket(
        annual, None, "student", LocalizedText("Student", "学生代表"), 120, [Price(Audience.ANYONE, 800_00)],
        actor=organiser, at=story.at,
    )  # fmt: skip
    scholars = story.scholars
    for n in range(45, 53):
        _transferred(story, _order(story, (regular if n % 3 else student).id, scholars[n]), confirmed=True)
    _transferred(story, _order(story, regular.id, *scholars[53:56]), confirmed=True)
    _transferred(story, _order(story, regular.id, scholars[56]), confirmed=False)
    _order(story, student.id, scholars[57])

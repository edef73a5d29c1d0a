"""Registration's part of the sample: tickets and add-ons, a group, a waiting list, a proof, people inside."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.documents import set_pdf
from confsys.core.files import StoredFile, receive_path
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.core.operation import operation
from confsys.events.options import keep_options
from confsys.payments.models import Order
from confsys.payments.operations import paying
from confsys.registration.models import Attendee, Ticket
from confsys.registration.operations import desk, waiting
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.catalogue import Price, Terms, VoucherTerms, save_ticket, save_voucher
from confsys.registration.operations.registering import NewAttendee, register
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries.attendees import has_place
from confsys.registration.states import Audience, TicketKind, VoucherKind
from confsys.submissions.models import Submission
from confsys.submissions.states import SubmissionState

if TYPE_CHECKING:
    from confsys.sample import Sample

VOUCHER = "YOUNG-2026"


def _catalogue(story: Sample) -> dict[str, Ticket]:
    annual, early = story.events["annual"], story.at + timedelta(days=10)
    organiser = Actor(story.people["organiser"].id)
    regular = [
        Price(Audience.ANYONE, 1800_00), Price(Audience.ANYONE, 1500_00, early), Price(Audience.MEMBER, 1200_00),
        Price(Audience.STUDENT, 800_00),
    ]  # fmt: skip

    def addon(note_en: str, note_zh: str) -> Terms:
        return Terms(TicketKind.ADDON, LocalizedText(note_en, note_zh))

    wanted = {
        "regular": (LocalizedText("Regular", "普通代表"), 300, regular,
                    Terms(members_first=40, members_until=story.at + timedelta(days=20))),
        "oneday": (LocalizedText("First day only", "首日单日票"), 6, [Price(Audience.ANYONE, 600_00)], Terms()),
        "young": (LocalizedText("Young scholars’ forum", "青年学者专场票"), 40, [Price(Audience.ANYONE, 900_00)],
                  Terms(hidden=True)),
        "dinner": (LocalizedText("Dinner", "会议晚宴"), 120, [Price(Audience.ANYONE, 280_00)],
                   addon("Second evening, by the lake", "第二天晚上，湖畔餐厅")),
        "workshop": (LocalizedText("Workshop on reproducible work", "可复现研究工作坊"), 30,
                     [Price(Audience.ANYONE, 200_00), Price(Audience.MEMBER, 100_00)],
                     addon("The morning before the opening", "开幕前一天上午")),
        "volume": (LocalizedText("Printed proceedings", "纸质论文集"), None, [Price(Audience.ANYONE, 150_00)],
                   addon("Handed out at the desk", "注册处领取")),
    }  # fmt: skip
    return {
        code: save_ticket(annual, None, code, name, quota, prices, terms, actor=organiser, at=story.at)
        for code, (name, quota, prices, terms) in wanted.items()
    }


def _rules(story: Sample) -> None:
    annual = story.events["annual"]
    first = (annual.starts_on or story.at.date()) - timedelta(days=30)
    steps = (f"{first.isoformat()} 100", f"{(first + timedelta(days=20)).isoformat()} 50")
    keep_options(
        annual, RegistrationOptions(cancel_steps=steps, author_must_register=True), version=None,
        actor=Actor(story.people["organiser"].id), at=story.at,
    )  # fmt: skip


def _place(person: Person, *extras: Ticket, is_buyer: bool = False, **more: object) -> Place:
    organisation = next((a.organisation.name for a in person.affiliations), LocalizedText())
    return Place(
        person.name, person.emails[0].address, str(organisation), is_buyer=is_buyer,
        extras=tuple(ticket.id for ticket in extras), **more,  # type: ignore[arg-type]  # fields of a place
    )  # fmt: skip


def _order(story: Sample, ticket: Ticket, first: Person, *others: Place, voucher: str = "", **own: object) -> Order:
    extras = own.pop("extras", ())
    places = [_place(first, *extras, is_buyer=True, **own), *others]  # type: ignore[misc]  # tickets
    new = [NewAttendee(ticket.id, place) for place in places]
    return register(story.events["annual"], first.id, new, voucher_code=voucher, actor=Actor(first.id), at=story.at)


def _transferred(story: Sample, order: Order, *, confirmed: bool = True) -> None:
    buyer, treasurer = Actor(order.buyer_id), Actor(story.people["treasurer"].id)
    payment = paying.start(order, "transfer", actor=buyer, at=story.at)
    paying.claim(payment, None, order.buyer.name.both, actor=buyer, at=story.at)
    if confirmed:
        paying.confirm(
            payment, Money(order.total, order.currency), "", version=payment.version, actor=treasurer, at=story.at
        )


def _student_card(story: Sample, person: Person) -> StoredFile:
    """A card of an invented university."""
    with tempfile.TemporaryDirectory(prefix="confsys-sample-") as folder:
        path = Path(folder) / "card.pdf"
        until = story.at.astimezone(ZoneInfo("Asia/Shanghai")).year + 1
        path.write_bytes(set_pdf("registration/documents/sample_card.typ", {"name": person.name.both, "until": until}))
        return receive_path(path, name="student-card.pdf", actor=Actor(person.id), at=story.at)


@operation
def tell(story: Sample) -> None:
    scholars, annual = story.scholars, story.events["annual"]
    organiser = Actor(story.people["organiser"].id)
    _rules(story)
    sold = _catalogue(story)
    young = VoucherTerms(VoucherKind.PERCENT, 30, 20, ends=story.at + timedelta(days=40),
                         ticket_ids=(sold["young"].id, sold["regular"].id), note="Youth conference")  # fmt: skip
    save_voucher(annual, None, VOUCHER, young, actor=organiser, at=story.at)
    extras = ((), (sold["dinner"],), (sold["dinner"], sold["volume"]), (sold["workshop"],))
    for n in range(45, 53):
        _transferred(story, _order(story, sold["regular"], scholars[n], extras=extras[n % 4]))
    # A group: one pays for four, one of them to be named later.
    group = [_place(scholars[n], sold["dinner"]) for n in (54, 55)]
    _transferred(story, _order(story, sold["regular"], scholars[53], *group, Place()))
    _transferred(story, _order(story, sold["regular"], scholars[56]), confirmed=False)
    card = _student_card(story, scholars[57])
    _transferred(story, _order(story, sold["regular"], scholars[57], student=True, proof=card))
    _transferred(story, _order(story, sold["young"], scholars[58], voucher=VOUCHER))
    for n in range(59, 65):
        _transferred(story, _order(story, sold["oneday"], scholars[n]))
    for n in (65, 66):
        waiting.join(sold["oneday"], annual, scholars[n].id, actor=Actor(scholars[n].id), at=story.at)
    attendee = story.people["attendee"]
    _transferred(story, _order(story, sold["regular"], attendee, extras=(sold["dinner"],)))
    _cover_papers(story, sold["regular"])
    query = select(Attendee).where(Attendee.event_id == annual.id, Attendee.buyer_id != attendee.id)
    for row in db.session.scalars(query.order_by(Attendee.id).limit(5)).all():
        if row.state.value == "active":
            desk.check_in(row, actor=organiser, at=story.at)


def _cover_papers(story: Sample, ticket: Ticket) -> None:
    """Some accepted papers have an author with a paid registration, others still need one."""
    annual = story.events["annual"]
    accepted = select(Submission).where(
        Submission.event_id == annual.id, Submission.state == SubmissionState.ACCEPTED
    )  # fmt: skip
    for paper in db.session.scalars(accepted.order_by(Submission.number).limit(6)).all():
        contact = next((a.person_id for a in paper.authors if a.is_contact and a.person_id), None)
        person = db.session.get(Person, contact) if contact else None
        if person is not None and person not in story.people.values() and not has_place(annual.id, person.id):
            _transferred(story, _order(story, ticket, person, submission_id=paper.id))

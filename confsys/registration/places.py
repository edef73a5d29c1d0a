"""The form of a basket around a request: one small form for each place, and the event's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import current_app, g, request
from sqlalchemy import select
from werkzeug.datastructures import CombinedMultiDict

from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import UploadRefused, receive
from confsys.core.files.sniffing import IMAGES, PDF
from confsys.core.formatting import tx
from confsys.core.forms import select_choices
from confsys.core.i18n import gettext as _
from confsys.core.money import Money
from confsys.core.names import PersonName
from confsys.events.answers import Checked, check, choices, typed
from confsys.events.models import FormField
from confsys.events.queries.parts import form_fields
from confsys.events.states import FormKind
from confsys.registration.context import BasketPage
from confsys.registration.forms import PlaceForm
from confsys.registration.models import Attendee, Ticket
from confsys.registration.operations.baskets import Place
from confsys.registration.queries.catalogue import best_price, price_of, tickets_of
from confsys.registration.states import AttendeeState, Audience, TicketKind
from confsys.submissions.models import Submission

PROOFS = IMAGES | {PDF}


def _told(label: str, sentence: str) -> str:
    return _("%(label)s: %(sentence)s", label=label, sentence=sentence)


@dataclass
class Line:
    """One place: its row, its form, what was answered and what is wrong with it."""

    row: Attendee
    form: PlaceForm
    prefix: str
    typed: dict[str, Any]
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def later(self) -> bool:
        return bool(self.form.later.data) and not self.form.is_buyer.data


@dataclass
class Places:
    """What the template of a basket draws."""

    page: BasketPage
    lines: list[Line]
    sentences: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: BasketPage) -> Places:
        """The basket as it is stored."""
        places = cls(page, [])
        places.lines = [
            places._line(n, row, PlaceForm(prefix=f"p{n}-", data=places._data(row)), dict(row.answers))
            for n, row in enumerate(page.basket.attendees)
        ]
        return places

    @classmethod
    def posted(cls, page: BasketPage) -> Places:
        """The basket as it was sent."""
        given: Any = CombinedMultiDict([request.files, request.form])
        places = cls(page, [])
        for n, row in enumerate(page.basket.attendees):
            answers = typed(places.fields, request.form, f"p{n}-own-")
            places.lines.append(places._line(n, row, PlaceForm(given, prefix=f"p{n}-"), answers))
        return places

    def _line(self, n: int, row: Attendee, form: PlaceForm, answers: dict[str, Any]) -> Line:
        form.extras.choices = select_choices((t.id, self._extra_words(t, row)) for t in self.addons)
        return Line(row, form, f"p{n}-", answers)

    def _data(self, row: Attendee) -> dict[str, Any]:
        mine = row.person_id is not None
        values = {
            "given": row.given, "family": row.family, "native": row.native, "email": row.email,
            "organisation": row.organisation, "is_buyer": mine, "student": row.proof is not None,
            "extras": [x.ticket_id for x in row.extras if x.state is not AttendeeState.CANCELLED],
            "paper": self._number(row.submission_id),
        }  # fmt: skip
        if mine and not row.name:
            me = self.page.viewer
            values |= {"given": me.name.given, "family": me.name.family, "native": me.name.native, "email": me.email}
        return values

    @cached_property
    def fields(self) -> Sequence[FormField]:
        return form_fields(self.page.event.id, FormKind.REGISTRATION)

    @cached_property
    def addons(self) -> list[Ticket]:
        unlocked = self.page.basket.voucher.ticket_ids if self.page.basket.voucher else []
        rows = tickets_of(self.page.event.id)
        return [t for t in rows if t.kind is TicketKind.ADDON and t.on_sale and (not t.hidden or t.id in unlocked)]

    @cached_property
    def student_tickets(self) -> set[int]:
        """Tickets of the basket with a price for students today."""
        at = self.page.basket.opened_at
        rows = {row.ticket_id: row.ticket for row in self.page.basket.attendees}
        return {key for key, ticket in rows.items() if price_of(ticket, Audience.STUDENT, at) is not None}

    def _extra_words(self, ticket: Ticket, row: Attendee) -> str:
        found = best_price(ticket, member=row.by_member, at=self.page.basket.opened_at)
        currency = current_app.extensions["settings"].currency
        price = Money(found[1].amount, currency).format(self.page.viewer.locale) if found else ""
        note = f" {tx(ticket.note)}" if ticket.note else ""
        return f"{tx(ticket.name)} ({price}){note}"

    @staticmethod
    def choices(row: FormField) -> list[Any]:
        return choices(row)

    def read(self) -> list[Place]:
        """What was sent, fit to be kept. Raises Invalid when something is not; sentences then stand at their fields."""
        found = [self._read(n, line) for n, line in enumerate(self.lines)]
        if self.sentences:
            raise Invalid(_("Please look at the places below again."))
        return [place for place in found if place is not None]

    def _read(self, n: int, line: Line) -> Place | None:
        form, before = line.form, len(self.sentences)
        who = _("Place %(n)s", n=n + 1)
        if not form.validate():
            self.sentences += [_told(who, text) for errors in form.errors.values() for text in errors]
        name = PersonName(form.given.data or "", form.family.data or "", form.native.data or "")
        checked = Checked() if line.later else check(self.fields, line.typed)
        if not line.later and not name:
            self._blame(line, who, "native", _("A name is needed here, or tick “Name this person later”."))
        line.wrong = {**checked.wrong, **checked.missing}
        labels = {row.key: tx(row.label) for row in self.fields}
        self.sentences += [_told(_told(who, labels[key]), text) for key, text in line.wrong.items()]
        paper = self._paper(line, who)
        proof = self._proof(line, who)
        if len(self.sentences) > before:
            return None
        return Place(
            PersonName() if line.later else name, form.email.data or "", form.organisation.data or "",
            bool(form.is_buyer.data), line.row.ticket_id in self.student_tickets and bool(form.student.data), proof,
            tuple(form.extras.data or ()), checked.answers, paper,
        )  # fmt: skip

    def _blame(self, line: Line, who: str, name: str, sentence: str) -> None:
        line.form[name].errors = [*line.form[name].errors, sentence]
        self.sentences.append(_told(who, sentence))

    def _proof(self, line: Line, who: str) -> Any:
        upload = line.form.proof.data
        if not line.form.student.data or line.row.ticket_id not in self.student_tickets:
            return None
        if not upload:
            if line.row.proof is None:
                self._blame(line, who, "proof", _("The student price needs a proof: a student card or a letter."))
            return None
        try:
            return receive(upload, allowed=PROOFS, actor=self.page.viewer.actor, at=g.now)
        except UploadRefused as error:
            self._blame(line, who, "proof", str(error.reason))
            return None

    def _paper(self, line: Line, who: str) -> int | None:
        number = line.form.paper.data
        if number is None:
            return None
        wanted = select(Submission.id).where(
            Submission.event_id == self.page.event.id, Submission.number == number,
            Submission.authors.any(person_id=self.page.viewer.person_id),
        )  # fmt: skip
        found = db.session.scalar(wanted)
        if found is None:
            self._blame(line, who, "paper", _("You have no paper number %(number)s at this event.", number=number))
        return found

    @cached_property
    def papers(self) -> dict[int, int]:
        """Id -> number of the buyer's papers at the event; asked once."""
        wanted = select(Submission.id, Submission.number).where(
            Submission.event_id == self.page.event.id, Submission.authors.any(person_id=self.page.viewer.person_id)
        )
        return {row[0]: row[1] for row in db.session.execute(wanted)}

    def _number(self, submission_id: int | None) -> int | None:
        return self.papers.get(submission_id) if submission_id is not None else None

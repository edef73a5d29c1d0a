"""The daily round: who is to be reminded. Run twice, it writes once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.mail.models import MailMessage
from confsys.core.operation import operation
from confsys.members import mails
from confsys.members.days import society_day
from confsys.members.models import Member, Term
from confsys.members.reminders import EARLY, step_on
from confsys.members.states import TermState

#: Somebody whose membership lapsed longer ago than this is left in peace.
LOOKS_BACK = timedelta(days=30)


@operation
def remind(*, at: datetime) -> int:
    """Write the reminders of today; returns how many. Each step is written once for a term."""
    day = society_day(at)
    last = (
        select(Term.member_id, func.max(Term.ends_on).label("ends_on"))
        .where(Term.state == TermState.ACTIVE).group_by(Term.member_id).subquery()
    )  # fmt: skip
    query = (
        select(Term)
        .join(last, (last.c.member_id == Term.member_id) & (last.c.ends_on == Term.ends_on))
        .join(Term.member)
        .where(
            Term.state == TermState.ACTIVE, Term.ends_on < day + EARLY, Term.grace_until > day - LOOKS_BACK,
            Member.ended_on.is_(None),
        )
        .options(
            joinedload(Term.member).options(
                joinedload(Member.tier), joinedload(Member.person).selectinload(Person.emails)
            )
        )
        .order_by(Term.id)
    )  # fmt: skip
    written = 0
    for term in db.session.scalars(query):
        step = step_on(day, term.span)
        key = mails.reminder_key(term, step)
        if step and db.session.scalar(select(MailMessage.id).where(MailMessage.key == key)) is None:
            mails.reminder_mail(term.member, term, step, at=at)
            written += 1
    return written

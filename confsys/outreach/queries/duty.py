"""Who has done a year's part for the public, and who has not: talks held, hours approved, articles confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.viewer import Viewer
from confsys.members.models import Member, Term
from confsys.members.queries.people import named_like
from confsys.members.states import TermState
from confsys.outreach.models import (
    Activity,
    ActivityExpert,
    OutreachArticle,
    OutreachDuty,
    OutreachReminder,
    Volunteer,
    VolunteerShift,
)
from confsys.outreach.rules import is_office
from confsys.outreach.states import ActivityState, ArticleState, ShiftState
from confsys.outreach.years import day_in, year_span

#: Nobody is written to again before so long has passed.
REST = timedelta(days=30)


def row_of(year: int) -> OutreachDuty | None:
    """What was set for exactly this year."""
    return db.session.scalar(select(OutreachDuty).where(OutreachDuty.first_year == year))


def in_force(year: int) -> OutreachDuty | None:
    """What a year asks; None when it asks nothing."""
    query = select(OutreachDuty).where(OutreachDuty.first_year <= year).order_by(OutreachDuty.first_year.desc())
    found = db.session.scalar(query.limit(1))
    return found if found is not None and found.asks else None


def _talks(person: Any, first: datetime, last: datetime) -> Any:
    return (
        select(func.count(func.distinct(ActivityExpert.activity_id)))
        .join(Activity, Activity.id == ActivityExpert.activity_id)
        .where(
            ActivityExpert.person_id == person, Activity.state == ActivityState.HELD, Activity.starts_at >= first,
            Activity.starts_at < last,
        )
    )  # fmt: skip


def _articles(person: Any, year: int) -> Any:
    return select(func.count(OutreachArticle.id)).where(
        OutreachArticle.person_id == person, OutreachArticle.state == ArticleState.CONFIRMED,
        OutreachArticle.published_on >= date(year, 1, 1), OutreachArticle.published_on <= date(year, 12, 31),
    )  # fmt: skip


def _minutes(person: Any, first: datetime, last: datetime) -> Any:
    return (
        select(func.coalesce(func.sum(VolunteerShift.minutes), 0))
        .join(Volunteer, Volunteer.id == VolunteerShift.volunteer_id)
        .join(Activity, Activity.id == VolunteerShift.activity_id)
        .where(
            Volunteer.person_id == person, VolunteerShift.state == ShiftState.APPROVED, Activity.starts_at >= first,
            Activity.starts_at < last,
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """The three figures of one person's year as expressions over the member's row, and whether they are enough."""

    talks: Any
    articles: Any
    minutes: Any
    done: Any


def tally(duty: OutreachDuty, year: int) -> Tally:
    span = year_span(year)
    inner = (_talks(Member.person_id, *span), _articles(Member.person_id, year), _minutes(Member.person_id, *span))
    talks, articles, minutes = (one.correlate(Member).scalar_subquery() for one in inner)
    ways = ((talks, duty.talks), (articles, duty.articles), (minutes, duty.hours and duty.hours * 60))
    return Tally(talks, articles, minutes, or_(*(figure >= least for figure, least in ways if least is not None)))


LAST: Any = (
    select(func.max(OutreachReminder.sent_at))
    .where(OutreachReminder.person_id == Member.person_id)
    .correlate(Member)
    .scalar_subquery()
)


def asked_of(viewer: Viewer, duty: OutreachDuty, year: int, at: datetime) -> AnySelect:
    """Everybody of whom the year asks its part: who is a member today, or was on its last day. For the office."""
    day, sums = day_in(year, at), tally(duty, year)
    holds = select(Term.id).where(
        Term.member_id == Member.id, Term.state == TermState.ACTIVE, Term.starts_on <= day, Term.grace_until >= day
    )
    query: AnySelect = (
        select(Member, Person, sums.talks, sums.articles, sums.minutes, sums.done, LAST)
        .join(Person, Person.id == Member.person_id)
        .where(holds.exists(), or_(Member.ended_on.is_(None), Member.ended_on > day))
        .options(joinedload(Member.tier))
    )
    return query if is_office(viewer) else query.where(Member.id.is_(None))


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One member's year on the office's list."""

    name: PersonName
    number: str
    talks: int
    articles: int
    minutes: int
    done: bool
    reminded_at: datetime | None

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 2)

    @property
    def word(self) -> Lazy:
        return _l("done") if self.done else _l("still missing")

    @property
    def tone(self) -> str:
        return "done" if self.done else "waiting"


def _rows(found: Sequence[Any]) -> list[DutyRow]:
    return [
        DutyRow(person.name, str(member.number), talks, articles, minutes, bool(done), reminded)
        for member, person, talks, articles, minutes, done, reminded in found
    ]


def listing(duty: OutreachDuty, year: int) -> Listing[DutyRow]:
    sums = tally(duty, year)
    return Listing(
        name=f"outreach-{year}",
        columns=[
            Column("name", _l("Member"), lambda r: r.name.both, Person.sort_key),
            Column("number", _l("Number"), lambda r: r.number, Member.stem),
            Column("talks", _l("Talks"), lambda r: r.talks, sums.talks, "number"),
            Column("articles", _l("Articles"), lambda r: r.articles, sums.articles, "number"),
            Column("hours", _l("Hours"), lambda r: r.hours, sums.minutes, "number"),
            Column("reminded", _l("Last reminded"), lambda r: r.reminded_at, LAST, "date"),
            Column("state", _l("State"), lambda r: str(r.word), None, "state"),
        ],
        view=_rows,
        search=lambda query, text: query.where(named_like(text)),
        filters=[
            Filter(
                "state", _l("State"), lambda: [("done", _l("done")), ("missing", _l("still missing"))],
                lambda query, value: query.where(sums.done if value == "done" else ~sums.done),
            )
        ],
        default_sort="name",
        tie_break=[Member.id],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """``to_remind``: of those who have not, the ones who were not written to lately."""

    asked: int
    done: int
    to_remind: int

    @property
    def missing(self) -> int:
        return self.asked - self.done


def _rested(at: datetime) -> Any:
    return or_(LAST.is_(None), at - REST >= LAST)


def counted(viewer: Viewer, duty: OutreachDuty, year: int, at: datetime) -> Counted:
    everybody, sums = asked_of(viewer, duty, year, at), tally(duty, year)
    late = everybody.where(~sums.done)

    def many(query: AnySelect) -> int:
        return db.session.scalar(select(func.count()).select_from(query.with_only_columns(Member.id).subquery())) or 0

    asked = many(everybody)
    return Counted(asked, asked - many(late), many(late.where(_rested(at))))


def to_remind(viewer: Viewer, duty: OutreachDuty, year: int, at: datetime) -> list[Person]:
    query = asked_of(viewer, duty, year, at).where(~tally(duty, year).done, _rested(at))
    people = query.with_only_columns(Person).options(selectinload(Person.emails)).order_by(Person.id)
    return list(db.session.scalars(people))


@dataclass(frozen=True, slots=True)
class Deed:
    """A talk or a help as the person's own page lists it."""

    slug: str
    title: LocalizedText
    starts_at: datetime
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class OwnYear:
    """What somebody did in a year, and what of it counts. ``coming``: talks announced but not held yet."""

    duty: OutreachDuty | None
    talks: Sequence[Deed]
    coming: Sequence[Deed]
    help: Sequence[Deed]
    articles: Sequence[OutreachArticle]

    @property
    def confirmed(self) -> int:
        return sum(article.state is ArticleState.CONFIRMED for article in self.articles)

    @property
    def minutes(self) -> int:
        return sum(deed.minutes or 0 for deed in self.help)

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 2)

    @property
    def done(self) -> bool:
        if self.duty is None:
            return True
        ways = ((len(self.talks), self.duty.talks), (self.confirmed, self.duty.articles), (self.hours, self.duty.hours))
        return any(figure >= least for figure, least in ways if least is not None)


def own_year(person_id: int, year: int) -> OwnYear:
    """Four queries, whatever the number of deeds."""
    first, last = year_span(year)
    spoke = select(Activity).where(
        Activity.id.in_(select(ActivityExpert.activity_id).where(ActivityExpert.person_id == person_id)),
        Activity.state.in_([ActivityState.PUBLIC, ActivityState.HELD]),
        Activity.starts_at >= first, Activity.starts_at < last,
    ).order_by(Activity.starts_at)  # fmt: skip
    talks = list(db.session.scalars(spoke))
    helped = (
        select(Activity, VolunteerShift.minutes)
        .join(VolunteerShift, VolunteerShift.activity_id == Activity.id)
        .join(Volunteer, Volunteer.id == VolunteerShift.volunteer_id)
        .where(
            Volunteer.person_id == person_id, VolunteerShift.state == ShiftState.APPROVED, Activity.starts_at >= first,
            Activity.starts_at < last,
        ).order_by(Activity.starts_at)
    )  # fmt: skip
    written = select(OutreachArticle).where(
        OutreachArticle.person_id == person_id, OutreachArticle.published_on >= date(year, 1, 1),
        OutreachArticle.published_on <= date(year, 12, 31),
    ).order_by(OutreachArticle.published_on, OutreachArticle.id)  # fmt: skip
    return OwnYear(
        in_force(year),
        [Deed(a.slug, a.title, a.starts_at) for a in talks if a.state is ActivityState.HELD],
        [Deed(a.slug, a.title, a.starts_at) for a in talks if a.state is ActivityState.PUBLIC],
        [Deed(a.slug, a.title, a.starts_at, minutes) for a, minutes in db.session.execute(helped)],
        list(db.session.scalars(written)),
    )


def article(article_id: int) -> OutreachArticle | None:
    return db.session.get(OutreachArticle, article_id, options=[joinedload(OutreachArticle.person)])


def reported(viewer: Viewer) -> list[OutreachArticle]:
    """Articles that wait for the office."""
    if not is_office(viewer):
        return []
    query = select(OutreachArticle).where(OutreachArticle.state == ArticleState.REPORTED).order_by(OutreachArticle.id)
    return list(db.session.scalars(query.options(joinedload(OutreachArticle.person))))

"""What a year asks of members, the articles they record, and reminding those who have not done their part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.core.viewer import Viewer
from confsys.outreach import mails
from confsys.outreach.models import OutreachArticle, OutreachDuty, OutreachReminder
from confsys.outreach.queries import duty as queries
from confsys.outreach.states import ArticleState
from confsys.outreach.years import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Any one of these is enough; with none of them nothing is asked."""

    talks: int | None = None
    articles: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An article as its author records it."""

    title: str
    outlet: str
    published_on: date
    url: str = ""


@operation
def set_duty(year: int, asked: Asked, *, version: int | None, actor: Actor, at: datetime) -> OutreachDuty:
    """Set what is asked from ``year`` on; what earlier years asked stays as it was."""
    duty = queries.row_of(year)
    if duty is None:
        duty = OutreachDuty(first_year=year)
    else:
        expect_version(duty, version)
    duty.talks, duty.articles, duty.hours = asked.talks, asked.articles, asked.hours
    record("outreach.duty", duty, actor=actor, at=at, year=year)
    return duty


def is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


@operation
def record_article(person_id: int, written: Written, *, actor: Actor, at: datetime) -> OutreachArticle:
    """A member says what they wrote for the public; the office confirms it."""
    if not written.title or not written.outlet:
        raise Invalid(title=_l("Please say what it is called and where it appeared."))
    if written.url and not is_web_address(written.url):
        raise Invalid(url=_l("Please give an address that begins with https://."))
    if written.published_on > day_of(at):
        raise Invalid(published_on=_l("It can be recorded once it has appeared."))
    made = OutreachArticle(
        person_id=person_id, title=written.title, outlet=written.outlet, url=written.url,
        published_on=written.published_on, state=ArticleState.REPORTED, created_at=at,
    )  # fmt: skip
    record("outreach.article", made, actor=actor, at=at, changes={}, title=made.title)
    return made


@operation
def withdraw_article(article: OutreachArticle, *, actor: Actor, at: datetime) -> None:
    lock(article)
    if article.state is not ArticleState.REPORTED:
        raise Invalid(_l("This has been settled already."))
    record("outreach.article_withdrawn", article, actor=actor, at=at, changes={}, title=article.title)
    db.session.delete(article)


@operation
def decide_article(
    article: OutreachArticle, *, confirmed: bool, note: str = "", actor: Actor, at: datetime
) -> None:  # fmt: skip
    """The office confirms it, or says why it does not count. Nobody confirms their own."""
    lock(article)
    if article.state is not ArticleState.REPORTED:
        raise Invalid(_l("This has been settled already."))
    if article.person_id == actor.person_id:
        raise Invalid(_l("Nobody confirms their own article. Ask a colleague of the office."))
    if not confirmed and not note:
        raise Invalid(answer=_l("Please say why; the author reads it."))
    article.state = ArticleState.CONFIRMED if confirmed else ArticleState.DECLINED
    article.note, article.decided_at, article.decided_by_id = "" if confirmed else note, at, actor.person_id
    verb = "outreach.article_confirmed" if confirmed else "outreach.article_declined"
    record(verb, article, actor=actor, at=at, title=article.title)


@operation
def remind_members(viewer: Viewer, duty: OutreachDuty, year: int, *, expected: int, at: datetime) -> int:
    """Write to everybody who has not done their part and was not written to lately.

    ``expected``: how many the page announced. When it is no longer so, nobody is written to.
    """
    lock(duty)  # two of the office at once: the second sees whom the first has written to
    people = queries.to_remind(viewer, duty, year, at)
    if len(people) != expected:
        raise Invalid(_l("Meanwhile the number has changed. Look at it again; nobody has been written to."))
    for person in people:
        mails.remind_of_duty(person, duty, year, at=at)
        db.session.add(OutreachReminder(person_id=person.id, year=year, sent_at=at))
    if people:
        record(
            "outreach.duty_reminded", duty, actor=viewer.actor, at=at, changes={}, year=year, count=len(people)
        )  # fmt: skip
    return len(people)

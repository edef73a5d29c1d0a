"""Every route as every role: nothing breaks, and nobody reads what is not theirs.

The walk runs over the sample, so that there is something to leak. What a signed-in stranger may read of an event
is exactly what the public may read; another event's chair is such a stranger; a chair with a conflict is one to
that paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import AnyConverter, BuildError, IntegerConverter, Rule

from confsys import migrations, sample, settings
from confsys.accounts.models import Person
from confsys.app import create_app
from confsys.core import clock
from confsys.core.db import db
from confsys.core.jobs import Job
from confsys.events.models import Event, RoleGrant
from confsys.events.states import GrantState, Role
from confsys.exchange.models import Floor
from confsys.forum.models import TopicProposal
from confsys.forum.states import TopicState
from confsys.reports.models import Report
from confsys.submissions.models import Conflict, PaperFile, Submission
from confsys.submissions.states import ConflictKind, ConflictSource, SubmissionState
from tests import factories

#: What is read for leaks; a page of a test client is always "streamed", so its type is asked.
TEXTS = {"text/html", "text/csv", "text/plain", "text/calendar", "application/json", "application/xml", "text/xml"}
LINK = re.compile(r'href="(/[^"#]*)')
HARMLESS = {200, 301, 302, 303, 304, 308, 400, 401, 403, 404, 405, 409, 410, 415, 422}


@dataclass
class Walk:
    """The product with its sample, and people who try every door."""

    app: Flask
    values: dict[str, object]
    people: dict[str, Person | None] = field(default_factory=dict)
    paper_number: int = 0
    paper_title: str = ""

    def addresses(self, method: str) -> Iterator[tuple[Rule, str]]:
        adapter = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint == "static" or method not in (rule.methods or ()):
                continue
            values = {name: self._value(rule, name) for name in rule.arguments}
            try:
                yield rule, adapter.build(rule.endpoint, values, method=method)
            except BuildError as error:  # pragma: no cover - says which address the walk cannot write
                pytest.fail(f"no address for {rule.endpoint}: {error}")

    def _value(self, rule: Rule, name: str) -> object:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            return min(converter.items)
        fallback = 1 if isinstance(converter, IntegerConverter) else "x"
        return self.values.get(f"{rule.endpoint}:{name}", self.values.get(name, fallback))

    def statuses(self, who: str, method: str = "GET") -> dict[str, int]:
        """Endpoint and address -> status, for one person."""
        person = self.people[who]
        client = self.app.test_client()
        if person is not None:
            factories.sign_in(client, person)
        found = {}
        for rule, address in self.addresses(method):
            if rule.endpoint in {"accounts.sign_out"}:
                continue
            answer = client.open(address, method=method)
            found[f"{rule.endpoint} {address}"] = answer.status_code
            answer.close()
        return found

    def dead_links(self, who: str) -> dict[str, str]:
        """Addresses that answer with a refusal or a failure -> the page that links to them."""
        client, adapter = self.app.test_client(), self.app.url_map.bind("localhost")
        if self.people[who] is not None:
            factories.sign_in(client, self.people[who])
        ahead: list[tuple[str, str]] = [("/", ""), ("/home", "")]
        visits: Counter[str] = Counter()
        seen, dead = set(), {}
        while ahead:
            address, source = ahead.pop(0)
            if address in seen or not adapter.test(address.partition("?")[0], "GET"):
                continue  # what only a form may do is none of a link's business
            seen.add(address)
            endpoint, _ = adapter.match(address.partition("?")[0], "GET")
            visits[endpoint] += 1
            if visits[endpoint] > 2 or endpoint in {"static", "accounts.sign_out"}:
                continue
            answer = client.get(address)
            if answer.status_code >= 400:
                dead[address] = f"{answer.status_code} from {source}"
            elif answer.mimetype == "text/html":
                ahead += [(unescape(link), address) for link in LINK.findall(answer.get_data(as_text=True))]
            answer.close()
        assert len(visits) > 20, "the walk ended at the door"
        return dead

    def readable(self, who: str) -> set[str]:
        return {where for where, status in self.statuses(who).items() if status == 200}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    given = settings.read(
        {}, mode="tests", mail="outbox", var=tmp_path_factory.mktemp("walk"), secret_key="k" * 32, rate_limits=False
    )
    app = create_app(given)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        migrations.upgrade(db.engine)
        story = sample.load(app)
        assert story is not None
        yield _prepared(app, story)
        db.session.remove()
        db.engine.dispose()


def _prepared(app: Flask, story: sample.Sample) -> Walk:
    annual: Event = story.events["annual"]
    papers = select(Submission).where(Submission.event_id == annual.id, Submission.state == SubmissionState.SUBMITTED)
    paper = db.session.scalars(papers.order_by(Submission.number)).first()
    assert paper is not None
    file_id = db.session.scalar(select(PaperFile.id).where(PaperFile.submission_id == paper.id)) or 1
    job_id = db.session.scalar(select(Job.id).limit(1)) or 1
    floor = db.session.scalar(select(Floor).where(Floor.event_id == annual.id).order_by(Floor.id))
    assert floor is not None
    halls = {
        f"{rule.endpoint}:number": floor.session_id
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("exchange.") and "/sessions/" in rule.rule
    }
    topic = db.session.scalar(select(TopicProposal.code).where(TopicProposal.state == TopicState.PROPOSED))
    topics = {f"{rule.endpoint}:code": topic for rule in app.url_map.iter_rules() if "/topics/<code>" in rule.rule}
    made = Walk(
        app,
        {"slug": annual.slug, "number": paper.number, "code": "proceedings", "file_id": file_id, "job_id": job_id,
         "channel": floor.channel, "key": "about", "name": "volume.pdf", "token": "x" * 43,
         "activity": "what-a-queue-teaches-us", **halls, **topics,
         **_report_of(app, annual)},
        paper_number=paper.number,
        paper_title=str(paper.title),
    )  # fmt: skip
    people: dict[str, Person | None] = {"visitor": None, "stranger": factories.person()}
    people |= {key: person for key, person in story.people.items() if key in WALKERS}
    people["other chair"] = _with_role(story.events["youth"], Role.CHAIR)
    people["conflicted chair"] = _with_role(annual, Role.CHAIR)
    db.session.add(
        Conflict(
            submission_id=paper.id, person_id=people["conflicted chair"].id, kind=ConflictKind.OTHER,
            source=ConflictSource.CHAIR, created_at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()
    made.people = people
    return made


def _report_of(app: Flask, event: Event) -> dict[str, object]:
    """The event's report and a figure of it, for the addresses of that room."""
    code = db.session.scalars(select(Report.code).where(Report.event_id == event.id)).one()
    named = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("reports.")}
    return {f"{endpoint}:code": code for endpoint in named} | {"reports.rows:figure": "papers.submitted"}


def _with_role(event: Event, role: Role) -> Person:
    person = factories.person()
    grant = RoleGrant(
        event_id=event.id, person_id=person.id, role=role, state=GrantState.ACTIVE,
        address=person.emails[0].address, invited_at=clock.now(), answered_at=clock.now(),
    )  # fmt: skip
    factories.saved(grant)
    return person


#: Where anybody with an account takes part in an event, with words or votes of their own.
OPEN_TO_ALL = {
    "exchange.ask", "exchange.say", "exchange.vote", "exchange.withdraw", "exchange.answer_poll",
    "exchange.hide_remark", "exchange.feedback", "programme.keep", "programme.drop", "programme.open_calendar",
    "programme.close_calendar",
}  # fmt: skip


#: People of the sample who go through the product link by link.
WALKERS = ("visitor", "author", "reviewer", "chair", "organiser", "attendee", "member", "secretary", "treasurer",
           "volunteer", "integrity", "admin")  # fmt: skip
ROLES = ("visitor", "stranger", "author", "reviewer", "chair", "organiser", "admin", "other chair", "conflicted chair")


@pytest.mark.parametrize("who", ROLES)
def test_nothing_breaks(walk: Walk, who: str) -> None:
    broken = {where: status for where, status in walk.statuses(who).items() if status not in HARMLESS}
    assert broken == {}


@pytest.mark.parametrize("who", [*WALKERS])
def test_every_link_leads_somewhere(walk: Walk, who: str) -> None:
    """From the first page on, two addresses of each endpoint: nobody is shown a link that they may not follow."""
    assert walk.dead_links(who) == {}


@pytest.mark.parametrize("who", ["visitor", "stranger", "other chair", "conflicted chair"])
def test_an_empty_post_breaks_nothing(walk: Walk, who: str) -> None:
    broken = {where: status for where, status in walk.statuses(who, "POST").items() if status not in HARMLESS}
    assert broken == {}


def test_of_an_event_a_stranger_reads_what_the_public_reads(walk: Walk) -> None:
    public = walk.readable("visitor")
    for who in ("stranger", "other chair"):
        extra = {where for where in walk.readable(who) - public if "/events/" in where}
        own = (".start", ".new", ".mine", ".of_event")  # begins something of one's own, or lists it
        assert {where for where in extra if not where.split()[0].endswith(own)} == set(), who


def test_a_stranger_changes_nothing_of_an_event(walk: Walk) -> None:
    slug = str(walk.values["slug"])
    for who in ("stranger", "other chair"):
        let_in = {
            where: status
            for where, status in walk.statuses(who, "POST").items()
            if f"/events/{slug}/" in where and status not in {400, 403, 404, 405, 410}
        }
        let_in = {where: status for where, status in let_in.items() if where.split()[0] not in OPEN_TO_ALL}
        assert {where for where in let_in if not where.split()[0].endswith((".start", ".new"))} == set(), who


def test_only_the_administrator_reads_the_administration(walk: Walk) -> None:
    for who in set(ROLES) - {"admin"}:
        assert {where for where in walk.readable(who) if "/admin" in where} == set(), who


def test_to_a_conflicted_chair_the_paper_does_not_exist(walk: Walk) -> None:
    """Neither its pages nor its title anywhere: absent from lists, counts' rows, exports and files."""
    client = factories.sign_in(walk.app.test_client(), walk.people["conflicted chair"])
    leaks = []
    for rule, address in walk.addresses("GET"):
        if rule.endpoint.startswith("core.outbox"):
            continue  # the demonstration shows everybody what would be mailed to anybody
        for suffix in ("", "?format=csv"):
            answer = client.get(address + suffix)
            if (
                answer.status_code == 200
                and answer.mimetype in TEXTS
                and walk.paper_title in answer.get_data(as_text=True)
            ):
                leaks.append(f"{rule.endpoint} {address}{suffix}")
            answer.close()
    assert leaks == []

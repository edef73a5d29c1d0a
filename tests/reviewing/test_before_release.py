"""Until papers are given out nobody but chairs sees any of an assignment: on no page, in no file, mail or count.

Every address of the event is read by those who are no chairs, before anything is assigned and after a run was
computed and applied and a reviewer proposed by hand. What they read must be the same, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.jobs import Job
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role, StageKind
from confsys.reviewing.context import review_page
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.models import Assignment
from confsys.reviewing.operations import assignments, runs
from confsys.reviewing.states import AssignmentState
from confsys.submissions.models import Submission
from tests import factories
from tests.reviewing import make

#: What differs from one answer to the next without telling anything: tokens against forgery, nonces, signatures.
_NOISE = re.compile(rb'(name="csrf_token" value=|name="csrf-token" content=|nonce=|nonce-)"?[^"\' ;]+')
#: Pages beyond the event that tell of it.
ELSEWHERE = ("/home", "/", "/jobs/<int:job_id>", "/jobs/<int:job_id>/state", "/my-papers")
OTHERS = (Role.ORGANISER, Role.PROGRAMME_MANAGER)


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am", contact_email="office@am.example")
    for kind in (StageKind.BIDDING, StageKind.REVIEW):
        factories.stage(made, kind)
    return made


def addresses(app: Flask, paper: Submission) -> Iterator[tuple[Rule, str]]:
    """Every address that needs no more than the event, a paper or a number; lists also as files and with a search."""
    adapter, person = app.url_map.bind("localhost"), db.session.scalar(select(func.max(Person.id)))
    job = db.session.scalar(select(func.max(Job.id))) or 1
    known = {
        "slug": "am",
        "number": paper.number,
        "person_id": person,
        "run_id": 1,
        "job_id": job,
        "paper_id": paper.id,
    }
    for rule in app.url_map.iter_rules():
        wanted = rule.arguments
        if "GET" not in (rule.methods or ()) or wanted - set(known) or not ("slug" in wanted or rule.rule in ELSEWHERE):
            continue
        address = adapter.build(rule.endpoint, {name: known[name] for name in wanted})
        yield rule, address
        if wanted == {"slug"}:
            yield rule, f"{address}?format=csv"
            yield rule, f"{address}?q={paper.number}"


def read(app: Flask, people: dict[str, Person | None], paper: Submission) -> dict[tuple[str, str], tuple[int, bytes]]:
    """What everybody reads everywhere."""
    found = {}
    for name, person in people.items():
        client = app.test_client()
        if person is not None:
            factories.sign_in(client, person)
        for _rule, address in addresses(app, paper):
            answer = client.get(address)
            found[name, address] = (answer.status_code, _NOISE.sub(b"", answer.get_data()))
            answer.close()
    return found


def test_nothing_of_an_assignment_is_seen_before_its_release(app: Flask, event: Event) -> None:
    at = clock.now()
    with clock.frozen(at):
        chair, track = factories.grant(event, Role.CHAIR), factories.track(event)
        papers = [factories.submission(event) for _ in range(3)]
        committee = [make.reviewer(event) for _ in range(3)]
        people: dict[str, Person | None] = {role.value: factories.grant(event, role) for role in OTHERS}
        people["track chair elsewhere"] = factories.grant(event, Role.TRACK_CHAIR, track_id=track.id)
        people |= {"reviewer": committee[0], "author": papers[0].authors[0].person, "public": None}
        _settled(app, people, papers[0], at)
        before, mails = read(app, people, papers[0]), _mails()
        assert len({address for _who, address in before}) > 100, "the walk must be a walk"
        actor = Actor(chair.id)
        run = runs.ask(event, Parameters(coverage=2, load=3), actor=actor, at=at)
        queue.drain()
        run = factories.refreshed(run)
        runs.apply(run, actor=actor, at=at)
        standing = review_page(factories.viewer(chair), "am", papers[0].number).standing
        assignments.assign(papers[0], committee[0], standing=standing, actor=actor, at=at)
        given = db.session.scalars(select(Assignment)).all()
        assert {row.state for row in given} == {AssignmentState.PROPOSED}
        after = read(app, people, papers[0])
        assert {key for key in before if before[key] != after.get(key)} == set()
        assert _mails() == mails
        assignments.release(event, actor=actor, at=at)
        assert _mails() > mails
        told = read(app, {"reviewer": committee[0]}, papers[0])
        assert any(told[key] != before[key] for key in told), "the same walk sees what is released"


def _settled(app: Flask, people: dict[str, Person | None], paper: Submission, at: datetime) -> None:
    """Whatever reading or comparing brings about by itself has happened: a first visit, nearness, conflicts."""
    read(app, people, paper)
    queue.drain()


def _mails() -> int:
    return db.session.scalar(select(func.count(MailMessage.id))) or 0

"""Assignments as a table: out, changed, looked at, in; with one wrong row nothing. And gaps filled by the engine."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import AssignmentRun
from confsys.reviewing.operations import runs
from confsys.reviewing.states import AssignmentState
from tests import factories
from tests.reviewing import make
from tests.reviewing.test_runs import computed, live, states

A = AssignmentState
HERE = "/events/am/review/assignments"


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am")


@pytest.fixture
def chair(event: Event) -> Person:
    return factories.grant(event, Role.CHAIR)


def address(person: Person) -> str:
    return person.emails[0].address


def look(client: FlaskClient, chair: Person, text: str, status: int = 200) -> str:
    factories.sign_in(client, chair)
    answer = client.post(HERE, data={"text": text})
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def take(client: FlaskClient, chair: Person, text: str) -> int:
    factories.sign_in(client, chair)
    return client.post(f"{HERE}/take", data={"text": text}).status_code


def test_what_is_taken_away_can_be_brought_back(event: Event, chair: Person, client: FlaskClient) -> None:
    paper, one, two = factories.submission(event), make.reviewer(event), make.reviewer(event)
    make.assignment(paper, one, A.PROPOSED)
    factories.sign_in(client, chair)
    text = client.get(f"{HERE}.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert [(row["paper"], row["reviewer"], row["action"]) for row in rows] == [(str(paper.number), address(one), "")]
    assert "as it is already" in look(client, chair, text)
    changed = f"paper,reviewer,action\n{paper.number},{address(one)},remove\n#{paper.number},{address(two)},\n"
    page = look(client, chair, changed)
    assert live(event) == {(paper.id, one.id)}, "looking does nothing"
    assert address(two) in page
    assert take(client, chair, changed) == 303
    assert live(event) == {(paper.id, two.id)}
    assert db.session.scalar(select(func.count(MailMessage.id))) == 0


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_comes_in_either_language(event: Event, chair: Person, client: FlaskClient, separator: str) -> None:
    paper, one = factories.submission(event), make.reviewer(event)
    rows = (("论文", "审稿人", "操作"), (str(paper.number), address(one), "分配"))
    assert take(client, chair, "\r\n".join(separator.join(row) for row in rows)) == 303
    assert live(event) == {(paper.id, one.id)}


def test_one_wrong_row_keeps_all_from_being_done(event: Event, chair: Person, client: FlaskClient) -> None:
    paper, fine, barred = factories.submission(event), make.reviewer(event), make.reviewer(event)
    make.conflict(paper, barred)
    hidden = factories.submission(event)
    make.conflict(hidden, chair)
    done = make.reviewer(event)
    make.reviewed(paper, done)
    outside = factories.person()
    text = "\n".join([
        "paper,reviewer,action", f"{paper.number},{address(fine)},", f"{paper.number},{address(barred)},",
        f"{hidden.number},{address(fine)},", f"{paper.number},nobody@far.example,",
        f"{paper.number},{address(outside)},",
        f"{paper.number},{address(done)},remove", f"{paper.number},{address(fine)},explode",
    ])  # fmt: skip
    page = look(client, chair, text, 422)
    for row, sentence in (
        (3, "has a conflict of interest"), (4, "no paper of this number"), (5, "Nobody here has this address"),
        (6, "does not review for this event"), (7, "has been submitted"), (8, "neither assign nor remove"),
    ):  # fmt: skip
        assert re_row(page, row, sentence), row
    assert take(client, chair, text) == 422
    assert live(event) == {(paper.id, done.id)}
    assert "must name the columns" in look(client, chair, "a,b\n1,2", 422)


def re_row(page: str, row: int, sentence: str) -> bool:
    return any(f"Row {row}:" in line and sentence in line for line in page.splitlines())


def test_only_chairs_touch_the_table(event: Event, client: FlaskClient) -> None:
    paper, one = factories.submission(event), make.reviewer(event)
    make.assignment(paper, one, A.PROPOSED)
    for someone in (one, factories.grant(event, Role.ORGANISER), paper.authors[0].person, factories.person()):
        factories.sign_in(client, someone)
        assert client.get(f"{HERE}.csv").status_code == 404
        assert client.post(HERE, data={"text": "paper,reviewer\n"}).status_code == 404
        assert client.post(f"{HERE}/take", data={"text": "paper,reviewer\n"}).status_code == 404


# --- gaps


def test_gaps_are_filled_and_nothing_else_moves(event: Event, chair: Person, client: FlaskClient) -> None:
    papers, people = [factories.submission(event) for _ in range(2)], [make.reviewer(event) for _ in range(3)]
    for paper in papers:
        make.assignment(paper, people[0])
    make.assignment(papers[0], people[1], A.DECLINED)
    make.assignment(papers[1], people[1], A.PROPOSED)
    run = computed(event, chair, coverage=2)
    runs.apply(run, actor=Actor(chair.id), at=clock.now())
    factories.sign_in(client, chair)
    before = live(event)
    make_declined(papers[1].id, people[1].id)
    assert client.post("/events/am/review/fill-gaps").status_code == 303
    queue.drain()
    newest = db.session.scalars(select(AssignmentRun).order_by(AssignmentRun.id.desc())).first()
    assert newest is not None
    pairs = set(Solution.of(newest.result).pairs)
    assert before - {(papers[1].id, people[1].id)} <= pairs
    assert (papers[1].id, people[1].id) not in pairs
    assert states(event)[papers[1].id, people[1].id] is A.DECLINED


def make_declined(paper_id: int, person_id: int) -> None:
    from confsys.reviewing.models import Assignment

    row = db.session.scalars(
        select(Assignment).where(Assignment.submission_id == paper_id, Assignment.person_id == person_id)
    ).one()
    row.state, row.declined_at = A.DECLINED, clock.now()
    factories.saved(row)


def test_stand_ins_come_first_as_the_engine_ranked_them(event: Event, chair: Person, client: FlaskClient) -> None:
    paper, people = factories.submission(event), [make.reviewer(event) for _ in range(4)]
    run = computed(event, chair, coverage=1)
    runs.apply(run, actor=Actor(chair.id), at=clock.now())
    (given,) = (person for _, person in live(event))
    ranked = Solution.of(factories.refreshed(run).result).alternates[paper.id]
    assert given not in ranked
    make_declined(paper.id, given)
    factories.sign_in(client, chair)
    page = client.get(f"/events/am/review/papers/{paper.number}").get_data(as_text=True)
    part = page.split('id="stand-ins"')[1].split("</section>")[0]
    names = {person.id: person.name.both for person in people}
    places = [part.find(names[person]) for person in ranked[:3]]
    assert all(place >= 0 for place in places)
    assert places == sorted(places)

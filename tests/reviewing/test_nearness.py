"""Nearness of texts: from what reviewers wrote to bids and assignments."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.accounts.models import Publication
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.reviewing.jobs import near
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.nearness import nearness
from confsys.reviewing.matching.solution import Solution
from confsys.reviewing.models import Affinity
from confsys.reviewing.operations import runs
from confsys.reviewing.queries.texts import texts
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import QueryCounter
from tests.reviewing import make


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


def wrote(person_id: int, title: str, abstract: str = "") -> None:
    factories.saved(Publication(person_id=person_id, title=title, abstract=abstract, fingerprint=title[:64]))


def test_papers_go_to_those_who_wrote_of_the_like(event: Event) -> None:
    chair = factories.grant(event, Role.CHAIR)
    graphs = factories.submission(event, title=LocalizedText("Message passing on graph networks", "图神经网络"))
    bees = factories.submission(event, title=LocalizedText("Pollination by wild bees", "野蜂授粉"))
    about_bees, about_graphs, silent = (make.reviewer(event) for _ in range(3))
    wrote(about_bees.id, "Wild bees and pollination of meadows")
    wrote(about_graphs.id, "Graph networks and message passing")
    run = runs.ask(event, Parameters(coverage=1, load=1), actor=Actor(chair.id), at=clock.now())
    queue.drain()
    pairs = set(Solution.of(factories.refreshed(run).result).pairs)
    assert pairs == {(graphs.id, about_graphs.id), (bees.id, about_bees.id)}
    kept = {(row.submission_id, row.person_id): row.value for row in db.session.scalars(select(Affinity))}
    assert set(kept) == pairs
    assert max(kept.values()) == 1
    assert silent.id not in {person for _, person in kept}


def test_a_second_comparison_replaces_the_first(event: Event) -> None:
    factories.submission(event, title=LocalizedText("Wild bees", ""))
    reader = make.reviewer(event)
    wrote(reader.id, "Wild bees")
    assert [near({"event": event.id}, None) for _ in range(2)] == [{"pairs": 1}] * 2  # type: ignore[arg-type]
    db.session.delete(db.session.scalars(select(Publication)).one())
    db.session.commit()
    assert near({"event": event.id}, None) == {"pairs": 0}  # type: ignore[arg-type]


def test_drafts_tell_nothing_of_their_writers(event: Event) -> None:
    reader = make.reviewer(event)
    factories.submission(event, reader, state=SubmissionState.DRAFT)
    assert texts(event.id).written == {}
    factories.submission(event, reader)
    assert set(texts(event.id).written) == {reader.id}
    assert nearness({}, {}) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_texts_are_read_in_the_same_number_of_queries(event: Event, queries: QueryCounter, count: int) -> None:
    for _ in range(count):
        wrote(make.reviewer(event).id, "Bees")
        factories.submission(event)
    with queries:
        texts(event.id)
    assert queries.count == 4

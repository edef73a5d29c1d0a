"""Who must keep away: declared by authors, found by comparison, set and dismissed by chairs."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.accounts.models import Affiliation, EmailAddress, Organisation, Person, Publication, Relation
from confsys.accounts.states import RelationKind
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.submissions import operations, queries, signals
from confsys.submissions.content import DeclaredConflict, content_of
from confsys.submissions.models import Conflict
from confsys.submissions.states import ConflictKind, ConflictSource, ConflictState
from tests import factories
from tests.submissions import desk

K = ConflictKind


def found(paper) -> set[tuple[int, str]]:
    rows = db.session.scalars(select(Conflict).where(Conflict.submission_id == paper.id))
    return {(row.person_id, row.kind.value) for row in rows if row.state is ConflictState.ACTIVE}


def reviewer(event: Event, **columns) -> Person:
    return factories.grant(event, Role.REVIEWER, factories.person(**columns))


def organisation(name: str, *domains: str, parent: Organisation | None = None) -> Organisation:
    made = Organisation(name=LocalizedText(name), domains=list(domains), parent_id=parent.id if parent else None)
    return factories.saved(made)


def test_every_tie_of_the_committee_is_found_when_a_paper_is_submitted(app: Flask) -> None:
    event, me = desk.open_call(), factories.person(email="me@uni-a.edu")
    university = organisation("University A", "uni-a.edu")
    institute = organisation("Institute of A", parent=university)
    colleague = reviewer(event)
    factories.saved(Affiliation(person_id=colleague.id, organisation_id=institute.id))
    friend = reviewer(event)
    factories.saved(Relation(person_id=friend.id, kind=RelationKind.ADVISOR, other_name="me", other_person_id=me.id))
    coauthor = reviewer(event)
    for someone in (me, coauthor):
        factories.saved(Publication(person_id=someone.id, title="Joint", year=2025, fingerprint="f" * 64))
    neighbour = reviewer(event, email="neighbour@lab-b.edu")
    stranger = reviewer(event, email="far@lab-c.edu")
    free_mail = reviewer(event, email="someone@qq.com")
    paper = desk.submitted(
        event, me, desk.content(desk.of(me), desk.author(email="x@lab-b.edu"), desk.author("Q", "Q", email="q@qq.com"))
    )
    assert found(paper) == {
        (colleague.id, "organisation"),
        (friend.id, "relation"),
        (coauthor.id, "coauthor"),
        (neighbour.id, "email_domain"),
    }
    assert {stranger.id, free_mail.id}.isdisjoint({person for person, _ in found(paper)})


def test_an_old_tie_no_longer_counts(app: Flask) -> None:
    event, me, place = desk.open_call(), factories.person(), organisation("Old place")
    once = reviewer(event)
    factories.saved(Affiliation(person_id=once.id, organisation_id=place.id, ends_on=date(2019, 1, 1)))
    factories.saved(Affiliation(person_id=me.id, organisation_id=place.id))
    assert found(desk.submitted(event, me)) == set()


def test_an_author_on_the_committee_is_barred_from_the_own_paper(app: Flask) -> None:
    event = desk.open_call()
    me = reviewer(event)
    assert (me.id, "author") in found(desk.submitted(event, me))


def test_declared_people_are_matched_by_address_and_by_name(app: Flask) -> None:
    event, me = desk.open_call(), factories.person()
    by_address = reviewer(event, email="rival@far.edu")
    by_name = reviewer(event, given="Wei", family="Zhang", native="张伟")
    declared = (
        DeclaredConflict("Whoever", "rival@far.edu", K.RELATION),
        DeclaredConflict("zhang WEI", "", K.COAUTHOR),
        DeclaredConflict("Nobody Known", "", K.OTHER),
    )
    paper = desk.submitted(event, me, desk.content(desk.of(me), conflicts=declared))
    assert found(paper) == {(by_address.id, "relation"), (by_name.id, "coauthor")}
    late = reviewer(event, given="Nobody", family="Known")
    operations.refresh_conflicts(event.id, people=[late.id], at=clock.now())
    assert (late.id, "other") in found(paper)
    desk.saved(paper, me, desk.content(desk.of(me)))
    assert found(paper) == set()


def test_a_changed_list_of_authors_is_compared_again_and_told(app: Flask) -> None:
    event, me = desk.open_call(), factories.person()
    neighbour = reviewer(event, email="neighbour@lab-b.edu")
    paper = desk.submitted(event, me)
    heard = []

    def listen(sender, **news: object) -> None:
        heard.append(sender.id)

    with signals.authors_changed.connected_to(listen):
        mine = content_of(paper).authors[0]
        desk.saved(paper, me, desk.content(mine, desk.author(email="x@lab-b.edu")))
        assert found(paper) == {(neighbour.id, "email_domain")}
        desk.saved(paper, me, desk.content(content_of(paper).authors[0]))
        assert found(paper) == set()
    assert heard == [paper.id, paper.id]


def test_what_a_chair_dismissed_or_pinned_survives_the_next_comparison(app: Flask) -> None:
    event, me = desk.open_call(), factories.person()
    reviewer(event, email="neighbour@lab-b.edu")
    pinned = reviewer(event)
    paper = desk.submitted(event, me, desk.content(desk.of(me), desk.author(email="x@lab-b.edu")))
    row = db.session.scalars(select(Conflict)).one()
    operations.dismiss(row, paper=paper, actor=SYSTEM, at=clock.now())
    operations.declare(paper, pinned, K.OTHER, ConflictSource.CHAIR, actor=SYSTEM, at=clock.now())
    assert operations.refresh_conflicts(event.id, at=clock.now()).added == 0
    assert found(paper) == {(pinned.id, "other")}
    operations.reinstate(row, paper=paper, actor=SYSTEM, at=clock.now())
    assert len(found(paper)) == 2


def test_comparing_again_changes_nothing(app: Flask) -> None:
    event, me = desk.open_call(), factories.person()
    reviewer(event, email="neighbour@lab-b.edu")
    desk.submitted(event, me, desk.content(desk.of(me), desk.author(email="x@lab-b.edu")))
    again = operations.refresh_conflicts(event.id, at=clock.now())
    assert (again.added, again.removed) == (0, 0)


def test_a_chair_with_a_conflict_does_not_find_the_paper(app: Flask) -> None:
    event = desk.open_call()
    chair = factories.grant(event, Role.CHAIR)
    paper = desk.submitted(event, factories.person())
    here = desk.standing(event, chair)
    assert [row.id for row in db.session.scalars(queries.visible_to_staff(here))] == [paper.id]
    operations.declare(paper, chair, K.OTHER, ConflictSource.DECLARED_BY_REVIEWER, actor=SYSTEM, at=clock.now())
    assert db.session.scalars(queries.visible_to_staff(here)).all() == []


@pytest.mark.parametrize("members", [1, 3])
def test_a_comparison_asks_the_same_questions_whatever_the_size(app: Flask, queries, members: int) -> None:
    event = desk.open_call()
    for _ in range(members):
        reviewer(event)
        desk.submitted(event, factories.person())
    with queries:
        operations.refresh_conflicts(event.id, at=clock.now())
    assert queries.count == 10


def test_a_verified_address_takes_over_what_was_imported(app: Flask) -> None:
    event, known = desk.open_call(), factories.person()
    stand_in = Person(created_at=clock.now(), family="Known")
    factories.saved(stand_in)
    paper = desk.submitted(event, factories.person())
    operations.declare(paper, stand_in, K.OTHER, ConflictSource.CHAIR, actor=SYSTEM, at=clock.now())
    factories.saved(EmailAddress(person_id=known.id, address="known@example.org", verified_at=clock.now()))
    operations.link_authors(
        known, "known@example.org", stand_ins=[stand_in.id], actor=factories.viewer(known).actor, at=clock.now()
    )
    assert found(paper) == {(known.id, "other")}

"""Dues, terms and numbers in the database: what other systems got wrong must not happen here."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.mail.models import MailMessage
from confsys.members.models import Due, Member, Term
from confsys.members.operations import dues
from confsys.members.operations.members import end_membership
from confsys.members.operations.reminding import remind
from confsys.members.queries import valid_membership, valid_memberships
from confsys.members.queries.membership import last_term
from confsys.members.states import DueKind, DueState, EndReason
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make
from tests.shared import ROOT

TODAY = date(2026, 3, 10)


def test_unpaid_never_becomes_active(app: Flask) -> None:
    person = factories.person()
    make.due(person, make.tier())
    assert valid_membership(person.id, TODAY) is None
    assert valid_membership(person.id, TODAY + timedelta(days=5000)) is None
    assert db.session.scalar(select(func.count(Member.id))) == 0


def test_paying_makes_a_member_with_a_number_and_an_end(app: Flask) -> None:
    person = factories.person()
    make.member(person)
    found = valid_membership(person.id, TODAY)
    assert found is not None
    assert str(found.number) == "A000000001M"
    assert (found.starts_on, found.ends_on) == (TODAY, date(2027, 3, 9))


def test_a_payment_told_ten_times_prolongs_once(app: Flask) -> None:
    person = factories.person()
    due = make.due(person, make.tier())
    for _again in range(10):
        dues.settle(due, actor=Actor(), at=NOW)
    assert db.session.scalar(select(func.count(Term.id))) == 1
    mails = select(func.count(MailMessage.id)).where(MailMessage.key.like("members.term_begins%"))
    assert db.session.scalar(mails) == 1


def test_pay_later_neither_demotes_nor_extends(app: Flask) -> None:
    member = make.member(days_ago=330)
    before = valid_membership(member.person_id, TODAY)
    due = dues.ask_renewal(member, actor=Actor(member.person_id), at=NOW)
    assert due.state is DueState.OPEN
    assert valid_membership(member.person_id, TODAY) == before
    assert dues.ask_renewal(member, actor=Actor(member.person_id), at=NOW) is due
    dues.settle(due, actor=Actor(), at=NOW)
    assert before is not None
    term = last_term(factories.refreshed(member))
    assert term is not None
    assert term.starts_on == before.ends_on + timedelta(days=1)
    assert member.joined_on == before.joined_on


def test_renewal_is_closed_long_before_the_end_and_open_in_grace(app: Flask) -> None:
    early, late = make.member(days_ago=10), make.member(days_ago=380, tier_=make.tier("late"))
    from confsys.core.decisions import Refused

    with pytest.raises(Refused):
        dues.ask_renewal(early, actor=Actor(), at=NOW)
    membership = valid_membership(late.person_id, TODAY)
    assert membership is not None
    assert membership.in_grace
    assert dues.ask_renewal(late, actor=Actor(), at=NOW).state is DueState.OPEN


def test_an_expired_membership_is_none_and_another_persons_is_not_mine(app: Flask) -> None:
    expired = make.member(days_ago=500)
    stranger = factories.person()
    assert valid_membership(expired.person_id, TODAY) is None
    assert valid_membership(stranger.id, TODAY) is None
    assert valid_membership(None, TODAY) is None


def test_the_stated_day_decides(app: Flask) -> None:
    member = make.member(days_ago=300)
    last = last_term(member)
    assert last is not None
    assert valid_membership(member.person_id, last.grace_until) is not None
    assert valid_membership(member.person_id, last.grace_until + timedelta(days=1)) is None
    assert valid_membership(member.person_id, last.starts_on - timedelta(days=1)) is None


def test_a_never_ending_term_cannot_be_written(app: Flask) -> None:
    member = make.member()
    due = make.due(member.person, member.tier, DueKind.RENEWAL)
    endless = Term(
        member_id=member.id, tier_id=member.tier_id, due_id=due.id, starts_on=TODAY, ends_on=date(9999, 12, 31),
        grace_until=date(9999, 12, 31), created_at=NOW,
    )  # fmt: skip
    db.session.add(endless)
    with pytest.raises(IntegrityError, match="has_an_end"):
        db.session.flush()
    db.session.rollback()


def test_a_refund_takes_its_own_term_back(app: Flask) -> None:
    member = make.member(days_ago=330)
    due = dues.ask_renewal(member, actor=Actor(), at=NOW)
    dues.settle(due, actor=Actor(), at=NOW)
    dues.reverse(due, actor=Actor(), at=NOW)
    assert valid_membership(member.person_id, TODAY) is not None
    assert valid_membership(member.person_id, TODAY + timedelta(days=200)) is None


def test_a_class_change_keeps_the_stem_and_the_term(app: Flask) -> None:
    member = make.member(tier_=make.tier("student", "S"))
    before = valid_membership(member.person_id, TODAY)
    dues.change_class(member, make.tier("senior", "G"), actor=Actor(), at=NOW)
    db.session.expire_all()
    after = valid_membership(member.person_id, TODAY)
    assert before is not None
    assert after is not None
    assert (after.number.stem, after.ends_on) == (before.number.stem, before.ends_on)
    assert (before.number.letter, after.number.letter) == ("S", "G")


def test_an_ended_member_counts_no_more_and_a_number_is_never_given_again(app: Flask) -> None:
    member, tier = make.member(), make.tier("other")
    end_membership(member, EndReason.RESIGNED, TODAY, version=None, actor=Actor(), at=NOW)
    assert valid_membership(member.person_id, TODAY) is None
    assert make.member(tier_=tier).stem == member.stem + 1


def test_one_open_due_of_a_kind(app: Flask) -> None:
    person, tier = factories.person(), make.tier()
    make.due(person, tier)
    with pytest.raises((IntegrityError, Invalid)):
        make.due(person, tier)


def test_many_memberships_are_one_query(app: Flask, queries: QueryCounter) -> None:
    tier = make.tier()
    people = [make.member(tier_=tier).person_id for _ in range(3)]
    db.session.expunge_all()
    with queries:
        assert len(valid_memberships(people, TODAY)) == 3
    assert queries.count == 1


def test_reminders_are_written_once_a_step(app: Flask) -> None:
    member = make.member(days_ago=340)
    assert remind(at=NOW) == 1
    assert remind(at=NOW) == 0
    later = clock.now() + timedelta(days=30)
    assert remind(at=later) == 1
    assert remind(at=later) == 0
    subjects = select(MailMessage.subject).where(MailMessage.key.like("members.reminder%")).order_by(MailMessage.id)
    assert len(set(db.session.scalars(subjects))) == 2
    assert member.ended_on is None


RACE = """
import sys
from confsys import settings
from confsys.app import create_app
from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.members.models import Due
from confsys.members.operations.dues import settle
app = create_app(settings.read({}, mode="tests", secret_key="k" * 32, database_url=sys.argv[1]))
with app.app_context():
    for due_id in map(int, sys.argv[2:]):
        settle(db.session.get_one(Due, due_id), actor=SYSTEM, at=clock.now())
"""


def test_parallel_processes_never_share_a_number(app: Flask, database_url: str, tmp_path: Path) -> None:
    """Four processes, each making five members, the very first among them; and all told of one same due."""
    tier = make.tier()
    rows = [make.due(factories.person(), tier).id for _ in range(21)]
    db.session.remove()
    script = tmp_path / "race.py"
    script.write_text(RACE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(
            [sys.executable, str(script), database_url, str(rows[20]), *map(str, rows[n * 5 : n * 5 + 5])],
            env=environment, cwd=ROOT,
        )
        for n in range(4)
    ]  # fmt: skip
    assert [process.wait(120) for process in running] == [0, 0, 0, 0]
    stems = sorted(db.session.scalars(select(Member.stem)))
    assert stems == list(range(1, 22))
    assert db.session.scalar(select(func.count(Term.id))) == 21
    assert db.session.scalar(select(func.count(Due.id)).where(Due.state == DueState.PAID)) == 21

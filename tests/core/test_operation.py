"""One operation, one transaction: everything of it is kept, or nothing."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.audit import AuditEntry, record
from confsys.core.db import db
from confsys.core.errors import StaleVersion
from confsys.core.jobs import Job, enqueue, job
from confsys.core.operation import dry_run, expect_version, operation
from tests import factories


@job("tests.nothing", "Nothing")
def nothing(_arguments: dict, _progress: object) -> None:
    """A job for tests of the outbox."""


@operation
def rename(person: Person, family: str, *, version: int | None = None, fail: bool = False) -> None:
    expect_version(person, version)
    person.family = family
    record("tests.rename", person, actor=SYSTEM, at=clock.now(), family=family)
    enqueue("tests.nothing", key=f"rename-{family}", actor=SYSTEM, at=clock.now())
    if fail:
        raise RuntimeError("power cut")


def counts() -> tuple[int, int]:
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (AuditEntry, Job))


def test_change_audit_and_job_are_committed_together(app: Flask) -> None:
    someone = factories.person(family="Old")
    rename(someone, "New")
    assert counts() == (1, 1)
    entry = db.session.scalar(select(AuditEntry))
    assert entry.changes == {"family": ["Old", "New"]}
    assert entry.object_version == 2


def test_a_failure_keeps_nothing(app: Flask) -> None:
    someone = factories.person(family="Old")
    with pytest.raises(RuntimeError, match="power cut"):
        rename(someone, "New", fail=True)
    assert counts() == (0, 0)
    assert factories.refreshed(someone).family == "Old"


def test_a_save_from_a_stale_page_is_refused(app: Flask) -> None:
    someone = factories.person(family="Old")
    rename(someone, "New", version=1)
    with pytest.raises(StaleVersion):
        rename(someone, "Newer", version=1)
    assert factories.refreshed(someone).family == "New"


def test_a_dry_run_keeps_nothing(app: Flask) -> None:
    someone = factories.person(family="Old")
    with dry_run():
        rename(someone, "New")
    assert counts() == (0, 0)
    assert factories.refreshed(someone).family == "Old"


def test_asking_twice_with_one_key_makes_one_job(app: Flask) -> None:
    someone = factories.person()
    rename(someone, "New")
    rename(someone, "New")
    assert counts()[1] == 1


def test_changes_outside_an_operation_are_a_mistake(app: Flask) -> None:
    someone = factories.person()
    someone.family = "Sneaky"
    with pytest.raises(RuntimeError, match="outside an operation"):
        rename(someone, "New")
    db.session.rollback()

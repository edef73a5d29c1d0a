"""What every test stands on: one application a process, an empty database a test, no mail, a known clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import event, text

from confsys import migrations, settings
from confsys.app import create_app
from confsys.core import clock
from confsys.core.db import db
from tests import postgres
from tests.chromium import browser

__all__ = ["browser"]  # one for all of a process: playwright does not start twice

# How fast the machine is today must not decide whether a property holds.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")

#: The moment of every test that does not say otherwise: a Tuesday morning in Beijing.
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """SQLite, or with CONFSYS_TEST_DATABASE=postgresql a database of this process on a server of the suite."""
    if os.environ.get("CONFSYS_TEST_DATABASE") == "postgresql":
        with postgres.database(os.environ.get("PYTEST_XDIST_WORKER", "main")) as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}"


@pytest.fixture(scope="session")
def shared_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    given = settings.read(
        {}, mode="tests", mail="outbox", var=tmp_path_factory.mktemp("var"), database_url=database_url,
        secret_key="k" * 32, rate_limits=False, base_url="http://localhost",
    )  # fmt: skip
    app = create_app(given)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        migrations.upgrade(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


def _empty_database() -> None:
    tables = db.Model.metadata.sorted_tables
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            # Some tables let nobody delete; the suite takes their guards away for a moment.
            guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _sql in guards:
                connection.execute(text(f"DROP TRIGGER {name}"))
            for table in reversed(tables):
                connection.execute(table.delete())
            for _name, sql in guards:
                connection.exec_driver_sql(sql)
        else:
            connection.execute(text(f"TRUNCATE {', '.join(t.name for t in tables)} RESTART IDENTITY CASCADE"))


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The application with an empty database, inside an application context, at ``NOW``."""
    with shared_app.app_context(), clock.frozen(NOW):
        yield shared_app
        db.session.remove()
        _empty_database()


class FreshClient(FlaskClient):
    """Tests hold one application context open; ``g`` must not carry one request's reader into the next."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        for name in list(g) if has_app_context() else ():
            g.pop(name)
        return super().open(*arguments, **named)


Flask.test_client_class = FreshClient  # of every application that a test makes


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def var(app: Flask) -> Path:
    folder: Path = app.extensions["settings"].var
    return folder


class QueryCounter:
    """Statements sent while it is entered."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def _note(self, _conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            self.statements.append(statement)

    def __enter__(self) -> QueryCounter:
        self.statements.clear()
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    @property
    def count(self) -> int:
        return len(self.statements)


@pytest.fixture
def queries(app: Flask) -> QueryCounter:
    """``with queries: client.get(…)`` then ``queries.count``: equal at 1 and at 3 items for every list."""
    return QueryCounter()

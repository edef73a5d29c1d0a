"""The database's history, and the few things done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).resolve().parent


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to ``revision``. SQLite rebuilds tables, so its foreign keys rest meanwhile."""
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.upgrade(_config(connection), revision)
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def differences(engine: Engine) -> list[Any]:
    """What the models say and the migrated database does not. Must be empty."""
    # Imported late: the tables of all rooms are not needed to upgrade.
    from confsys.tables import metadata  # noqa: PLC0415

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def write(engine: Engine, message: str) -> None:
    """Write a new migration from the difference between models and database (`confsys migration "…"`)."""
    with engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def foreign_keys_hold(engine: Engine) -> bool:
    """SQLite only: nothing was orphaned while foreign keys rested."""
    with engine.connect() as connection:
        return not connection.execute(text("PRAGMA foreign_key_check")).all()

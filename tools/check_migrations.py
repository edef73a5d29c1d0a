"""Migrations build, from nothing, exactly what the models say: on SQLite, and on PostgreSQL where it is installed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

from confsys import migrations
from tests import postgres


def check(url: str) -> list[str]:
    engine = create_engine(url)
    migrations.upgrade(engine)
    found = [str(difference) for difference in migrations.differences(engine)]
    engine.dispose()
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = check(f"sqlite:///{Path(folder) / 'check.db'}")
    if postgres.binaries() is not None:
        with postgres.database("check_migrations") as url:
            found += check(url)
    else:
        print("PostgreSQL is not installed: migrations were checked on SQLite only.")
    for line in found:
        print(line)
    print("Migrations: " + ("differ from the models" if found else "equal to the models"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

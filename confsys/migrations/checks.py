"""Changing tables alike on both databases: a CHECK, and a column with what it is checked by or points at.

PostgreSQL does either in a statement; SQLite adds columns, and takes a CHECK only by building the table anew.
"""

from __future__ import annotations

import re
from typing import Any

from alembic import op
from sqlalchemy import text


def replace_check(table: str, name: str, condition: str, *, new_name: str = "") -> None:
    """Give the named CHECK another condition. Rows, indexes and triggers stay."""
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(table, name, condition, new_name or name)
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(new_name or name), table, condition)


def add_column(table: str, column: str, kind: Any, *rest: str) -> None:
    """Add a column of a SQLAlchemy type; ``rest`` is SQL behind it: NOT NULL, a default, named constraints."""
    dialect = op.get_bind().dialect
    op.execute(" ".join((f"ALTER TABLE {table} ADD COLUMN {column} {kind.compile(dialect=dialect)}", *rest)))


def points_at(table: str, column: str, other: str) -> str:
    """A foreign key of a column, named as all are."""
    return f"CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"


def one_of(column: str, *values: str) -> str:
    """The condition of an enum kept as text."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _rebuild(table: str, name: str, condition: str, new_name: str) -> None:
    """SQLite's own procedure: a new table, the rows moved, the old one dropped, the new one renamed.

    Foreign keys rest while migrations run (see ``upgrade``), so that rows pointing here are left alone.
    """
    bind = op.get_bind()
    query = text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    found = bind.execute(query, {"table": table}).all()
    made = next(sql for kind, sql in found if kind == "table")
    changed = _with_check(made, name, condition, new_name)
    fresh = re.sub(rf'^CREATE TABLE "?{table}"?', f'CREATE TABLE "{table}_new"', changed, count=1)
    columns = ", ".join(f'"{row[1]}"' for row in bind.execute(text(f'PRAGMA table_info("{table}")')))
    bind.exec_driver_sql(fresh)
    bind.exec_driver_sql(f'INSERT INTO "{table}_new" ({columns}) SELECT {columns} FROM "{table}"')  # noqa: S608  names of our own
    bind.exec_driver_sql(f'DROP TABLE "{table}"')
    bind.exec_driver_sql(f'ALTER TABLE "{table}_new" RENAME TO "{table}"')
    for kind, sql in found:
        if kind in {"index", "trigger"}:
            bind.exec_driver_sql(sql)


def _with_check(made: str, name: str, condition: str, new_name: str) -> str:
    start = re.search(rf'CONSTRAINT "?{name}"? CHECK \(', made)
    if start is None:
        raise LookupError(f"no check named {name}")
    depth, end = 1, start.end()
    while depth:
        depth += {"(": 1, ")": -1}.get(made[end], 0)
        end += 1
    return f"{made[: start.start()]}CONSTRAINT {new_name} CHECK ({condition}){made[end:]}"

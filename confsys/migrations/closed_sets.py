"""Letting a column take more of a closed set than before, on both databases.

SQLite cannot change a CHECK; the table is written anew from its own text with only the CHECK exchanged, so that nothing
else of it (partial indexes, triggers, other CHECKs) is lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def allow(table: str, column: str, constraint: str, values: Sequence[str]) -> None:
    """Make the named CHECK of an enum column take exactly ``values``."""
    listed = ", ".join(f"'{value}'" for value in values)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(constraint), table, type_="check")
        op.create_check_constraint(op.f(constraint), table, sa.text(f"{column} IN ({listed})"))
        return
    bind = op.get_bind()
    rows = bind.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL"), {"t": table}
    )
    made = [(kind, sql) for kind, sql in rows]
    (create,) = [sql for kind, sql in made if kind == "table"]
    check = re.compile(rf'(CONSTRAINT {constraint} CHECK \("?{column}"? IN \()[^)]*(\)\))')
    changed, found = check.subn(rf"\g<1>{listed}\g<2>", create)
    if found != 1:
        raise RuntimeError(f"{table} has no constraint {constraint} of this form")
    renamed = re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {table}__new", changed)
    bind.exec_driver_sql(renamed)
    bind.exec_driver_sql(f"INSERT INTO {table}__new SELECT * FROM {table}")  # noqa: S608  a name of ours
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {table}__new RENAME TO {table}")
    for kind, sql in made:
        if kind != "table":
            bind.exec_driver_sql(sql)

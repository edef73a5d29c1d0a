"""How Alembic reaches our database: through a connection that ``confsys.migrations.run`` gives it."""

from alembic import context

from confsys.core.db import Localized, UTCDateTime
from confsys.tables import metadata


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """Migrations name plain column types: they must not change when our own types do."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Localized):
        return "sa.JSON()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

"""dues bills apart from fapiao

Revision: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: order_line is append-only, and rebuilding it would lose its triggers on SQLite.
    op.execute(
        "ALTER TABLE order_line ADD COLUMN bill VARCHAR(40) NOT NULL DEFAULT 'fapiao' "
        "CONSTRAINT ck_order_line_fapiaokind CHECK (bill IN ('fapiao', 'dues_bill'))"
    )
    op.add_column('fapiao_request', sa.Column('batch', sa.String(12), nullable=False, server_default=''))
    op.drop_index('uq_fapiao_request_number', table_name='fapiao_request')
    op.create_index(
        'uq_fapiao_request_number', 'fapiao_request', ['kind', 'batch', 'number'], unique=True,
        sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"),
    )

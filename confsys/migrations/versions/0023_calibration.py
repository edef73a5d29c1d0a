"""scores without the habits of reviewers

Revision: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('score_calibration',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_score_calibration_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_score_calibration'))
    )


def downgrade() -> None:
    op.drop_table('score_calibration')

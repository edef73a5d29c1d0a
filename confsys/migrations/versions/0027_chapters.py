"""chapters

Revision: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chapter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('volume_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('invited', 'agreed', 'declined', name='chapterstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'invited') = (answered_at IS NULL)", name=op.f('ck_chapter_answered_unless_invited')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_chapter_submission_id')),
    sa.ForeignKeyConstraint(['volume_id'], ['volume.id'], name=op.f('fk_chapter_volume_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chapter')),
    sa.UniqueConstraint('submission_id', name=op.f('uq_chapter_submission_id')),
    sa.UniqueConstraint('volume_id', 'position', name=op.f('uq_chapter_volume_id_position'))
    )
    with op.batch_alter_table('volume', schema=None) as batch_op:
        batch_op.add_column(sa.Column('special', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('volume', schema=None) as batch_op:
        batch_op.alter_column('special', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('volume', schema=None) as batch_op:
        batch_op.drop_column('special')

    op.drop_table('chapter')

"""outreach media

Revision: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('outreach_medium',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('picture', 'material', 'link', name='mediumkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('caption', sa.JSON(), nullable=False),
    sa.Column('alt', sa.JSON(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('outlet', sa.String(length=200), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(kind = 'link') = (file_id IS NULL)", name=op.f('ck_outreach_medium_file_unless_link')),
    sa.CheckConstraint("(kind = 'link') = (url <> '')", name=op.f('ck_outreach_medium_address_of_a_link')),
    sa.CheckConstraint("kind <> 'picture' OR agreed_at IS NOT NULL", name=op.f('ck_outreach_medium_people_shown_agreed')),
    sa.ForeignKeyConstraint(['activity_id'], ['outreach_activity.id'], name=op.f('fk_outreach_medium_activity_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_outreach_medium_created_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_outreach_medium_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_medium'))
    )
    with op.batch_alter_table('outreach_medium', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outreach_medium_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outreach_medium_file_id'), ['file_id'], unique=False)

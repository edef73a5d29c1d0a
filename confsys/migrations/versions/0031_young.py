"""young

Revision: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mentor_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('most BETWEEN 0 AND 10', name=op.f('ck_mentor_offer_most_from_0_to_10')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_mentor_offer_event_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mentor_offer_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_offer')),
    sa.UniqueConstraint('event_id', 'person_id', name=op.f('uq_mentor_offer_event_id_person_id'))
    )
    with op.batch_alter_table('mentor_offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_offer_person_id'), ['person_id'], unique=False)

    op.create_table('young_author',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('declared', sa.Date(), nullable=True),
    sa.Column('consented_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('check_result', sa.Enum('open', 'fits', 'does_not', name='check', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('check_note', sa.String(length=300), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('wants_mentor', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('declared IS NULL OR consented_at IS NOT NULL', name=op.f('ck_young_author_declared_with_consent')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_young_author_checked_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_young_author_event_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_young_author_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_young_author')),
    sa.UniqueConstraint('event_id', 'person_id', name=op.f('uq_young_author_event_id_person_id'))
    )
    with op.batch_alter_table('young_author', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_young_author_person_id'), ['person_id'], unique=False)

    op.create_table('mentorship',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('young_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'agreed', 'declined', name='pairstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('mentor_said', sa.DateTime(timezone=True), nullable=True),
    sa.Column('young_said', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'agreed') = (mentor_said IS NOT NULL AND young_said IS NOT NULL)", name=op.f('ck_mentorship_agreed_by_both')),
    sa.ForeignKeyConstraint(['offer_id'], ['mentor_offer.id'], name=op.f('fk_mentorship_offer_id')),
    sa.ForeignKeyConstraint(['young_id'], ['young_author.id'], name=op.f('fk_mentorship_young_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentorship')),
    sa.UniqueConstraint('offer_id', 'young_id', name=op.f('uq_mentorship_offer_id_young_id'))
    )
    with op.batch_alter_table('mentorship', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentorship_young_id'), ['young_id'], unique=False)

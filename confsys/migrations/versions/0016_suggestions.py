"""suggestions

Revision: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('society_suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.Enum('activities', 'publishing', 'services', 'dues', 'governance', 'advice', 'other', name='suggestiontopic', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('filed', 'routed', 'answered', 'withdrawn', name='suggestionstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('shares', sa.Boolean(), nullable=False),
    sa.Column('named', sa.Boolean(), nullable=False),
    sa.Column('kept_back', sa.Boolean(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=True),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('routed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('in_time', sa.Boolean(), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('rating_note', sa.String(length=1000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f('ck_society_suggestion_answered_at_when_answered')),
    sa.CheckConstraint("rating IS NULL OR (state = 'answered' AND rating BETWEEN 1 AND 5)", name=op.f('ck_society_suggestion_answer_rated')),
    sa.CheckConstraint("state <> 'answered' OR (answer <> '' AND in_time IS NOT NULL)", name=op.f('ck_society_suggestion_answered_whole')),
    sa.CheckConstraint("state NOT IN ('routed', 'answered') OR (body_id IS NOT NULL AND due_on IS NOT NULL)", name=op.f('ck_society_suggestion_routed_whole')),
    sa.CheckConstraint('shares OR NOT named', name=op.f('ck_society_suggestion_named_when_shared')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_society_suggestion_answered_by_id')),
    sa.ForeignKeyConstraint(['body_id'], ['society_body.id'], name=op.f('fk_society_suggestion_body_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_society_suggestion_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_suggestion')),
    sa.UniqueConstraint('code', name=op.f('uq_society_suggestion_code'))
    )
    with op.batch_alter_table('society_suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_society_suggestion_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_society_suggestion_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('society_suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_society_suggestion_person_id'))
        batch_op.drop_index(batch_op.f('ix_society_suggestion_body_id'))

    op.drop_table('society_suggestion')

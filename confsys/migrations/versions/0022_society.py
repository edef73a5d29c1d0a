"""members_heard

Revision: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('society_budget_year',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('audience', sa.Enum('draft', 'members', 'public', name='budgetaudience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('dues_planned_minor', sa.Integer(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('dues_planned_minor >= 0', name=op.f('ck_society_budget_year_dues_not_negative')),
    sa.CheckConstraint('year BETWEEN 1900 AND 2200', name=op.f('ck_society_budget_year_year_valid')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_budget_year')),
    sa.UniqueConstraint('year', name=op.f('uq_society_budget_year_year'))
    )
    op.create_table('society_survey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'open', 'closed', name='surveystate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('intro', sa.JSON(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_society_survey_closed_at_when_closed')),
    sa.CheckConstraint('year BETWEEN 1900 AND 2200', name=op.f('ck_society_survey_year_valid')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_survey')),
    sa.UniqueConstraint('year', name=op.f('uq_society_survey_year'))
    )
    with op.batch_alter_table('society_survey', schema=None) as batch_op:
        batch_op.create_index('uq_society_survey_open', ['state'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('society_budget_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('budget_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('income', 'use', name='budgetside', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=False),
    sa.Column('planned_minor', sa.Integer(), nullable=False),
    sa.Column('actual_minor', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('planned_minor >= 0 AND actual_minor >= 0', name=op.f('ck_society_budget_line_amounts_not_negative')),
    sa.ForeignKeyConstraint(['budget_id'], ['society_budget_year.id'], name=op.f('fk_society_budget_line_budget_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_budget_line'))
    )
    with op.batch_alter_table('society_budget_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_society_budget_line_budget_id'), ['budget_id'], unique=False)

    op.create_table('society_honour',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('fellow', 'senior', 'award', 'other', name='honourkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.CheckConstraint('year BETWEEN 1800 AND 2200', name=op.f('ck_society_honour_year_valid')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_society_honour_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_honour'))
    )
    with op.batch_alter_table('society_honour', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_society_honour_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_society_honour_source', ['source', 'person_id'], unique=True, sqlite_where=sa.text("source <> ''"), postgresql_where=sa.text("source <> ''"))

    op.create_table('society_survey_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.Enum('scale', 'text', name='questionkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['society_survey.id'], name=op.f('fk_society_survey_question_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_survey_question')),
    sa.UniqueConstraint('survey_id', 'key', name=op.f('uq_society_survey_question_survey_id_key'))
    )
    op.create_table('society_survey_sheet',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('group', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['society_survey.id'], name=op.f('fk_society_survey_sheet_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_society_survey_sheet')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('society_survey_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_society_survey_sheet_survey_id'), ['survey_id'], unique=False)

    op.create_table('society_survey_turnout',
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_society_survey_turnout_person_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['society_survey.id'], name=op.f('fk_society_survey_turnout_survey_id')),
    sa.PrimaryKeyConstraint('survey_id', 'person_id', name=op.f('pk_society_survey_turnout')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('member_due', schema=None) as batch_op:
        batch_op.add_column(sa.Column('refunded_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('member_tier', schema=None) as batch_op:
        batch_op.add_column(sa.Column('benefits', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('member_tier', schema=None) as batch_op:
        batch_op.alter_column('benefits', existing_type=sa.JSON(), server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('member_tier', schema=None) as batch_op:
        batch_op.drop_column('benefits')

    with op.batch_alter_table('member_due', schema=None) as batch_op:
        batch_op.drop_column('refunded_at')

    op.drop_table('society_survey_turnout')
    with op.batch_alter_table('society_survey_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_society_survey_sheet_survey_id'))

    op.drop_table('society_survey_sheet')
    op.drop_table('society_survey_question')
    with op.batch_alter_table('society_honour', schema=None) as batch_op:
        batch_op.drop_index('uq_society_honour_source', sqlite_where=sa.text("source <> ''"), postgresql_where=sa.text("source <> ''"))
        batch_op.drop_index(batch_op.f('ix_society_honour_person_id'))

    op.drop_table('society_honour')
    with op.batch_alter_table('society_budget_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_society_budget_line_budget_id'))

    op.drop_table('society_budget_line')
    with op.batch_alter_table('society_survey', schema=None) as batch_op:
        batch_op.drop_index('uq_society_survey_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table('society_survey')
    op.drop_table('society_budget_year')

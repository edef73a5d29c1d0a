"""outreach duty

Revision: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('outreach_duty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_year', sa.Integer(), nullable=False),
    sa.Column('talks', sa.Integer(), nullable=True),
    sa.Column('articles', sa.Integer(), nullable=True),
    sa.Column('hours', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_year BETWEEN 2000 AND 2200', name=op.f('ck_outreach_duty_year_of_this_age')),
    sa.CheckConstraint('talks IS NULL OR talks BETWEEN 1 AND 100', name=op.f('ck_outreach_duty_talks_bounded')),
    sa.CheckConstraint('articles IS NULL OR articles BETWEEN 1 AND 100', name=op.f('ck_outreach_duty_articles_bounded')),
    sa.CheckConstraint('hours IS NULL OR hours BETWEEN 1 AND 1000', name=op.f('ck_outreach_duty_hours_bounded')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_duty')),
    sa.UniqueConstraint('first_year', name=op.f('uq_outreach_duty_first_year'))
    )
    op.create_table('outreach_article',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('outlet', sa.String(length=200), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('reported', 'confirmed', 'declined', name='articlestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'reported') = (decided_at IS NULL)", name=op.f('ck_outreach_article_decided_at_when_decided')),
    sa.CheckConstraint("state <> 'declined' OR note <> ''", name=op.f('ck_outreach_article_declined_with_a_reason')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_outreach_article_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outreach_article_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_article'))
    )
    with op.batch_alter_table('outreach_article', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outreach_article_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_outreach_article_state_published_on', ['state', 'published_on'], unique=False)
        batch_op.create_index('uq_outreach_article_once', ['person_id', 'title', 'published_on'], unique=True, sqlite_where=sa.text("state <> 'declined'"), postgresql_where=sa.text("state <> 'declined'"))

    op.create_table('outreach_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outreach_reminder_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_reminder'))
    )
    with op.batch_alter_table('outreach_reminder', schema=None) as batch_op:
        batch_op.create_index('ix_outreach_reminder_person_id_sent_at', ['person_id', 'sent_at'], unique=False)

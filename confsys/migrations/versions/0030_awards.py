"""awards

Revision: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('award',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('purpose', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'nominating', 'judging', 'closed', 'announced', name='awardstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('nominate_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('judge_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('scheme', sa.Enum('score', 'pick', name='scheme', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('picks', sa.Integer(), nullable=False),
    sa.Column('winners_most', sa.Integer(), nullable=False),
    sa.Column('rule', sa.Enum('none', 'age', 'career', name='agerule', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('age_limit', sa.Integer(), nullable=True),
    sa.Column('age_on', sa.Date(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'announced') = (announced_at IS NOT NULL)", name=op.f('ck_award_announced_at_when_announced')),
    sa.CheckConstraint("rule = 'none' OR (age_limit IS NOT NULL AND age_limit > 0 AND age_on IS NOT NULL)", name=op.f('ck_award_rule_has_its_limit')),
    sa.CheckConstraint("state <> 'announced' OR reasons <> ''", name=op.f('ck_award_announced_with_reasons')),
    sa.CheckConstraint('picks > 0', name=op.f('ck_award_picks_positive')),
    sa.CheckConstraint('winners_most > 0', name=op.f('ck_award_winners_positive')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_award_decided_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_award_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award')),
    sa.UniqueConstraint('code', name=op.f('uq_award_code'))
    )
    with op.batch_alter_table('award', schema=None) as batch_op:
        batch_op.create_index('ix_award_event_state', ['event_id', 'state'], unique=False)

    op.create_table('award_juror',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_juror_award_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_award_juror_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_juror')),
    sa.UniqueConstraint('award_id', 'person_id', name=op.f('uq_award_juror_award_id_person_id'))
    )
    with op.batch_alter_table('award_juror', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_juror_person_id'), ['person_id'], unique=False)

    op.create_table('award_nomination',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('submission_id', sa.Integer(), nullable=True),
    sa.Column('given', sa.String(length=120), nullable=False),
    sa.Column('family', sa.String(length=120), nullable=False),
    sa.Column('native', sa.String(length=120), nullable=False),
    sa.Column('organisation', sa.String(length=200), nullable=False),
    sa.Column('source', sa.Enum('members', 'committee', 'papers', name='source', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('nominated_by_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declared', sa.Date(), nullable=True),
    sa.Column('consented_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('check_result', sa.Enum('open', 'fits', 'does_not', name='check', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('check_note', sa.String(length=300), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('citation', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("submission_id IS NOT NULL OR person_id IS NOT NULL OR given <> '' OR family <> '' OR native <> ''", name=op.f('ck_award_nomination_names_somebody')),
    sa.CheckConstraint('declared IS NULL OR consented_at IS NOT NULL', name=op.f('ck_award_nomination_declared_with_consent')),
    sa.CheckConstraint('place IS NULL OR (place > 0 AND withdrawn_at IS NULL)', name=op.f('ck_award_nomination_winners_are_candidates')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_nomination_award_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_award_nomination_checked_by_id')),
    sa.ForeignKeyConstraint(['nominated_by_id'], ['person.id'], name=op.f('fk_award_nomination_nominated_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_award_nomination_person_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_award_nomination_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_nomination')),
    sa.UniqueConstraint('award_id', 'submission_id', name=op.f('uq_award_nomination_award_id_submission_id'))
    )
    with op.batch_alter_table('award_nomination', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_nomination_award_id'), ['award_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_nomination_nominated_by_id'), ['nominated_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_nomination_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_nomination_submission_id'), ['submission_id'], unique=False)
        batch_op.create_index('uq_award_nomination_person', ['award_id', 'person_id'], unique=True, sqlite_where=sa.text('submission_id IS NULL AND person_id IS NOT NULL'), postgresql_where=sa.text('submission_id IS NULL AND person_id IS NOT NULL'))

    op.create_table('award_certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nomination_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('contents', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['nomination_id'], ['award_nomination.id'], name=op.f('fk_award_certificate_nomination_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_award_certificate_code')),
    sa.UniqueConstraint('nomination_id', name=op.f('uq_award_certificate_nomination_id')),
    sa.UniqueConstraint('number', name=op.f('uq_award_certificate_number'))
    )
    op.create_table('award_juror_conflict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('nomination_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['juror_id'], ['award_juror.id'], name=op.f('fk_award_juror_conflict_juror_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['nomination_id'], ['award_nomination.id'], name=op.f('fk_award_juror_conflict_nomination_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_juror_conflict')),
    sa.UniqueConstraint('juror_id', 'nomination_id', name=op.f('uq_award_juror_conflict_juror_id_nomination_id'))
    )
    with op.batch_alter_table('award_juror_conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_juror_conflict_nomination_id'), ['nomination_id'], unique=False)

    op.create_table('award_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('nomination_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 10', name=op.f('ck_award_vote_score_from_1_to_10')),
    sa.ForeignKeyConstraint(['juror_id'], ['award_juror.id'], name=op.f('fk_award_vote_juror_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['nomination_id'], ['award_nomination.id'], name=op.f('fk_award_vote_nomination_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_vote')),
    sa.UniqueConstraint('juror_id', 'nomination_id', name=op.f('uq_award_vote_juror_id_nomination_id'))
    )
    with op.batch_alter_table('award_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_vote_nomination_id'), ['nomination_id'], unique=False)
    table = 'award_certificate'
    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )

"""dois

Revision: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('page_budget',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('most_extra', sa.Integer(), nullable=False),
    sa.Column('fee', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('pages > 0 AND most_extra >= 0 AND fee >= 0', name=op.f('ck_page_budget_not_negative')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_page_budget_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_budget')),
    sa.UniqueConstraint('event_id', 'kind', name=op.f('uq_page_budget_event_id_kind'))
    )
    op.create_table('doi_deposit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('volume_id', sa.Integer(), nullable=False),
    sa.Column('batch', sa.String(length=40), nullable=False),
    sa.Column('timestamp', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'answered', 'given_up', name='depositstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('xml', sa.Text(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=1000), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f('ck_doi_deposit_answered_at')),
    sa.ForeignKeyConstraint(['volume_id'], ['volume.id'], name=op.f('fk_doi_deposit_volume_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doi_deposit')),
    sa.UniqueConstraint('batch', name=op.f('uq_doi_deposit_batch'))
    )
    with op.batch_alter_table('doi_deposit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_doi_deposit_volume_id'), ['volume_id'], unique=False)

    op.create_table('doi_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('doi', sa.String(length=200), nullable=False),
    sa.Column('volume_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('reserved', 'submitted', 'registered', 'updated', 'failed', name='doistate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('deposit_id', sa.Integer(), nullable=True),
    sa.Column('message', sa.String(length=1000), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['deposit_id'], ['doi_deposit.id'], name=op.f('fk_doi_record_deposit_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_doi_record_submission_id')),
    sa.ForeignKeyConstraint(['volume_id'], ['volume.id'], name=op.f('fk_doi_record_volume_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doi_record')),
    sa.UniqueConstraint('doi', name=op.f('uq_doi_record_doi')),
    sa.UniqueConstraint('volume_id', 'submission_id', name=op.f('uq_doi_record_volume_id_submission_id'))
    )
    op.create_table('page_fee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('camera_ready_id', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'paid', 'let_go', name='feestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('pages > 0', name=op.f('ck_page_fee_pages_positive')),
    sa.ForeignKeyConstraint(['camera_ready_id'], ['camera_ready.id'], name=op.f('fk_page_fee_camera_ready_id')),
    sa.ForeignKeyConstraint(['order_id'], ['payment_order.id'], name=op.f('fk_page_fee_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_fee'))
    )
    with op.batch_alter_table('page_fee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_page_fee_camera_ready_id'), ['camera_ready_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_page_fee_order_id'), ['order_id'], unique=False)
        batch_op.create_index('uq_page_fee_open', ['camera_ready_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    with op.batch_alter_table('camera_ready', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fee_waived', sa.String(length=500), nullable=False, server_default=''))
    with op.batch_alter_table('camera_ready', schema=None) as batch_op:
        batch_op.alter_column('fee_waived', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('camera_ready', schema=None) as batch_op:
        batch_op.drop_column('fee_waived')

    with op.batch_alter_table('page_fee', schema=None) as batch_op:
        batch_op.drop_index('uq_page_fee_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f('ix_page_fee_order_id'))
        batch_op.drop_index(batch_op.f('ix_page_fee_camera_ready_id'))

    op.drop_table('page_fee')
    op.drop_table('doi_record')
    with op.batch_alter_table('doi_deposit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_doi_deposit_volume_id'))

    op.drop_table('doi_deposit')
    op.drop_table('page_budget')

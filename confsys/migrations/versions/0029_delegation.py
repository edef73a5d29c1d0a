"""papers passed on to people outside the committee

Revision: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from confsys.migrations.checks import add_column, one_of, points_at, replace_check

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

STATES = ("proposed", "released", "declined", "cancelled")


def upgrade() -> None:
    replace_check("assignment", "ck_assignment_assignmentstate", one_of("state", *STATES, "delegated"))
    add_column("assignment", "delegated_from_id", sa.Integer(), points_at("assignment", "delegated_from_id", "assignment"))
    op.create_table('delegation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'invited', 'accepted', 'declined', 'refused', 'withdrawn', name='delegationstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('answer', sa.String(length=500), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('address = lower(address)', name=op.f('ck_delegation_address_lower_case')),
    sa.CheckConstraint("state <> 'accepted' OR person_id IS NOT NULL", name=op.f('ck_delegation_accepted_has_person')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_delegation_assignment_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_delegation_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_delegation_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_delegation_token_hash'))
    )
    with op.batch_alter_table('delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegation_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(
            'uq_delegation_open', ['assignment_id'], unique=True,
            sqlite_where=sa.text("state IN ('asked', 'invited')"), postgresql_where=sa.text("state IN ('asked', 'invited')"),
        )


def downgrade() -> None:
    op.drop_table('delegation')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_column('delegated_from_id')
    replace_check("assignment", "ck_assignment_assignmentstate", one_of("state", *STATES))

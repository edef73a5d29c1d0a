"""finals

Revision: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

#: Signed once, never changed: the database itself refuses.
APPEND_ONLY = ('licence_signature', 'proof')


def guard(table: str) -> None:
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


def upgrade() -> None:
    op.create_table('author_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'approved', 'refused', 'withdrawn', name='changestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(length=1000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_author_change_decided_unless_open')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_author_change_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_author_change_decided_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_author_change_submission_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_author_change'))
    )
    with op.batch_alter_table('author_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_author_change_submission_id'), ['submission_id'], unique=False)
        batch_op.create_index('uq_author_change_open', ['submission_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('licence_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('camera_ready_id', sa.Integer(), nullable=False),
    sa.Column('licence', sa.String(length=40), nullable=False),
    sa.Column('holder', sa.Enum('authors', 'employer', 'us-gov', 'crown', 'eu', name='holder', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('employer', sa.String(length=200), nullable=False),
    sa.Column('signed_name', sa.String(length=200), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['camera_ready_id'], ['camera_ready.id'], name=op.f('fk_licence_signature_camera_ready_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_licence_signature_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_licence_signature'))
    )
    with op.batch_alter_table('licence_signature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_licence_signature_camera_ready_id'), ['camera_ready_id'], unique=False)

    op.create_table('proof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('camera_ready_id', sa.Integer(), nullable=False),
    sa.Column('author', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('signed_name', sa.String(length=200), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('seen', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['camera_ready_id'], ['camera_ready.id'], name=op.f('fk_proof_camera_ready_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_proof_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proof')),
    sa.UniqueConstraint('camera_ready_id', 'author', 'digest', name=op.f('uq_proof_camera_ready_id_author_digest'))
    )
    with op.batch_alter_table('proof', schema=None) as batch_op:
        batch_op.create_index('ix_proof_camera_ready_id_digest', ['camera_ready_id', 'digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_proof_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('camera_ready', schema=None) as batch_op:
        batch_op.add_column(sa.Column('checked', sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column('digest', sa.String(length=64), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('waived', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('waived_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_camera_ready_waived_by_id'), 'person', ['waived_by_id'], ['id'])
        batch_op.create_check_constraint(
            batch_op.f('ck_camera_ready_waived_with_reason'), "(waived_by_id IS NULL) = (waived = '')"
        )
    with op.batch_alter_table('camera_ready', schema=None) as batch_op:
        for column in ('checked', 'digest', 'waived'):
            batch_op.alter_column(column, server_default=None)
    for table in APPEND_ONLY:
        guard(table)


def downgrade() -> None:
    with op.batch_alter_table('camera_ready', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_camera_ready_waived_with_reason'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_camera_ready_waived_by_id'), type_='foreignkey')
        batch_op.drop_column('waived_by_id')
        batch_op.drop_column('waived')
        batch_op.drop_column('digest')
        batch_op.drop_column('checked')

    with op.batch_alter_table('proof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proof_person_id'))
        batch_op.drop_index('ix_proof_camera_ready_id_digest')

    op.drop_table('proof')
    with op.batch_alter_table('licence_signature', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_licence_signature_camera_ready_id'))

    op.drop_table('licence_signature')
    with op.batch_alter_table('author_change', schema=None) as batch_op:
        batch_op.drop_index('uq_author_change_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f('ix_author_change_submission_id'))

    op.drop_table('author_change')


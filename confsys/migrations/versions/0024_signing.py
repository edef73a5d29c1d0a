"""signing

Revision: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from confsys.migrations.closed_sets import allow

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


ROLES = (
    "organiser", "chair", "track_chair", "reviewer", "programme_manager", "publication_chair", "treasurer", "helper",
    "seat",
)
#: Said once, never changed: the database itself refuses.
APPEND_ONLY = ('notice', 'sign_off')


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
    allow("role_grant", "role", "ck_role_grant_role", (*ROLES, "editor"))
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('volume_id', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('correction', 'erratum', 'concern', 'retraction', name='noticekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('doi', sa.String(length=200), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_notice_published_by_id')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_notice_submission_id')),
    sa.ForeignKeyConstraint(['volume_id'], ['volume.id'], name=op.f('fk_notice_volume_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('volume_id', 'number', name=op.f('uq_notice_volume_id_number'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_submission_id'), ['submission_id'], unique=False)

    op.create_table('sign_off',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('build_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('signed_name', sa.String(length=200), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['build_id'], ['volume_build.id'], name=op.f('fk_sign_off_build_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_off_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_off')),
    sa.UniqueConstraint('build_id', name=op.f('uq_sign_off_build_id'))
    )
    for table in APPEND_ONLY:
        guard(table)


def downgrade() -> None:
    op.drop_table('sign_off')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_submission_id'))

    op.drop_table('notice')
    op.execute("DELETE FROM role_grant WHERE role = 'editor'")
    allow("role_grant", "role", "ck_role_grant_role", ROLES)


"""tickets: add-ons, vouchers, baskets, student proofs, waiting list, badges

Revision: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from confsys.migrations.checks import add_column, one_of, points_at, replace_check

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NAMED = "given <> '' OR family <> '' OR native <> ''"


def upgrade() -> None:
    op.create_table('badge_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('format', sa.Enum('a6', 'a7', 'sheet_a6', 'sheet_a7', name='badgeformat', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attendee_ids', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_badge_sheet_asked_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_badge_sheet_event_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_badge_sheet_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge_sheet'))
    )
    with op.batch_alter_table('badge_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badge_sheet_event_id'), ['event_id'], unique=False)

    op.create_table('voucher',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.Enum('percent', 'amount', 'free', name='voucherkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('uses_max', sa.Integer(), nullable=False),
    sa.Column('begins', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ticket_ids', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('is_off', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind <> 'amount' OR amount > 0", name=op.f('ck_voucher_amount_positive')),
    sa.CheckConstraint("kind <> 'percent' OR (amount > 0 AND amount <= 100)", name=op.f('ck_voucher_percent_of_a_hundred')),
    sa.CheckConstraint('begins IS NULL OR ends IS NULL OR begins <= ends', name=op.f('ck_voucher_begins_before_ends')),
    sa.CheckConstraint('code = upper(code)', name=op.f('ck_voucher_code_upper_case')),
    sa.CheckConstraint('uses_max > 0', name=op.f('ck_voucher_uses_max_positive')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_voucher_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voucher')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_voucher_event_id_code'))
    )
    op.create_table('registration_basket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('buyer_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'ordered', 'left', name='basketstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('voucher_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('opened_at < expires_at', name=op.f('ck_registration_basket_expires_later')),
    sa.ForeignKeyConstraint(['buyer_id'], ['person.id'], name=op.f('fk_registration_basket_buyer_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_registration_basket_event_id')),
    sa.ForeignKeyConstraint(['voucher_id'], ['voucher.id'], name=op.f('fk_registration_basket_voucher_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_basket')),
    sa.UniqueConstraint('code', name=op.f('uq_registration_basket_code'))
    )
    with op.batch_alter_table('registration_basket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_basket_buyer_id'), ['buyer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_basket_voucher_id'), ['voucher_id'], unique=False)
        batch_op.create_index('uq_registration_basket_open', ['event_id', 'buyer_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('waiting_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'offered', 'taken', 'expired', 'left', name='waitingstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('offer_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'offered' OR offer_until IS NOT NULL", name=op.f('ck_waiting_entry_offer_ends')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_waiting_entry_event_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_waiting_entry_person_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_waiting_entry_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiting_entry'))
    )
    with op.batch_alter_table('waiting_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiting_entry_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_waiting_entry_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_waiting_entry_ticket_state', ['ticket_id', 'state'], unique=False)
        batch_op.create_index('uq_waiting_entry_live', ['ticket_id', 'person_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'offered')"), postgresql_where=sa.text("state IN ('waiting', 'offered')"))

    op.create_table('attendee_extra',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attendee_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('basket', 'held', 'active', 'cancelled', name='attendeestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attendee_id'], ['attendee.id'], name=op.f('fk_attendee_extra_attendee_id')),
    sa.ForeignKeyConstraint(['order_id'], ['payment_order.id'], name=op.f('fk_attendee_extra_order_id')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_attendee_extra_ticket_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendee_extra'))
    )
    with op.batch_alter_table('attendee_extra', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendee_extra_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_attendee_extra_ticket_state', ['ticket_id', 'state'], unique=False)
        batch_op.create_index('uq_attendee_extra_once', ['attendee_id', 'ticket_id'], unique=True, sqlite_where=sa.text("state <> 'cancelled'"), postgresql_where=sa.text("state <> 'cancelled'"))

    op.create_table('attendee_void_code',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('attendee_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attendee_id'], ['attendee.id'], name=op.f('fk_attendee_void_code_attendee_id')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_attendee_void_code'))
    )
    with op.batch_alter_table('attendee_void_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendee_void_code_attendee_id'), ['attendee_id'], unique=False)

    op.create_table('student_proof',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attendee_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'accepted', 'refused', 'settled', 'stopped', name='proofstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state = 'waiting' OR file_id IS NULL", name=op.f('ck_student_proof_file_gone_after_the_check')),
    sa.ForeignKeyConstraint(['attendee_id'], ['attendee.id'], name=op.f('fk_student_proof_attendee_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_student_proof_checked_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_student_proof_file_id')),
    sa.ForeignKeyConstraint(['order_id'], ['payment_order.id'], name=op.f('fk_student_proof_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_student_proof')),
    sa.UniqueConstraint('attendee_id', name=op.f('uq_student_proof_attendee_id'))
    )
    with op.batch_alter_table('student_proof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_student_proof_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_student_proof_state'), ['state'], unique=False)

    op.create_table('attendance_certificate_file',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['attendance_certificate.id'], name=op.f('fk_attendance_certificate_file_certificate_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_attendance_certificate_file_file_id')),
    sa.PrimaryKeyConstraint('certificate_id', name=op.f('pk_attendance_certificate_file'))
    )
    add_column('attendee', 'basket_id', sa.Integer(), points_at('attendee', 'basket_id', 'registration_basket'))
    add_column('attendee', 'voucher_id', sa.Integer(), points_at('attendee', 'voucher_id', 'voucher'))
    add_column('attendee', 'by_member', sa.Boolean(), "NOT NULL DEFAULT false")
    add_column('attendee', 'answers', sa.JSON(), "NOT NULL DEFAULT '{}'")
    add_column('attendee', 'claimed_at', MOMENT)
    op.execute("UPDATE attendee SET by_member = (audience = 'member')")
    op.create_index(op.f('ix_attendee_basket_id'), 'attendee', ['basket_id'])
    op.create_index('ix_attendee_voucher_state', 'attendee', ['voucher_id', 'state'])
    replace_check('attendee', 'ck_attendee_attendeestate', one_of('state', 'basket', 'held', 'active', 'cancelled'))
    replace_check('attendee', 'ck_attendee_audience', one_of('audience', 'anyone', 'member', 'student'))
    replace_check(
        'attendee', 'ck_attendee_has_a_name', f'checked_in_at IS NULL OR {NAMED}',
        new_name='ck_attendee_no_entry_without_a_name',
    )
    replace_check('ticket_price', 'ck_ticket_price_audience', one_of('audience', 'anyone', 'member', 'student'))
    add_column(
        'ticket', 'kind', sa.String(40), "NOT NULL DEFAULT 'admission' CONSTRAINT ck_ticket_ticketkind CHECK",
        f"({one_of('kind', 'admission', 'addon')})",
    )
    add_column('ticket', 'note', sa.JSON(), "NOT NULL DEFAULT '{}'")
    add_column(
        'ticket', 'members_first', sa.Integer(), 'NOT NULL DEFAULT 0',
        'CONSTRAINT ck_ticket_members_first_within_quota CHECK',
        '(members_first >= 0 AND (members_first = 0 OR (quota IS NOT NULL AND members_first <= quota)))',
        "CONSTRAINT ck_ticket_members_first_of_admission CHECK (kind = 'admission' OR members_first = 0)",
    )
    add_column('ticket', 'members_until', MOMENT)
    add_column('ticket', 'hidden', sa.Boolean(), 'NOT NULL DEFAULT false')
    never_changed('attendance_certificate_file')


def never_changed(table: str) -> None:
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


def downgrade() -> None:
    for column in ('hidden', 'members_until', 'members_first', 'note', 'kind'):
        op.drop_column('ticket', column)
    replace_check('ticket_price', 'ck_ticket_price_audience', one_of('audience', 'anyone', 'member'))
    replace_check(
        'attendee', 'ck_attendee_no_entry_without_a_name', NAMED, new_name='ck_attendee_has_a_name'
    )
    replace_check('attendee', 'ck_attendee_audience', one_of('audience', 'anyone', 'member'))
    replace_check('attendee', 'ck_attendee_attendeestate', one_of('state', 'held', 'active', 'cancelled'))
    op.drop_index('ix_attendee_voucher_state', 'attendee')
    op.drop_index(op.f('ix_attendee_basket_id'), 'attendee')
    for column in ('claimed_at', 'answers', 'by_member', 'voucher_id', 'basket_id'):
        op.drop_column('attendee', column)
    for table in (
        'attendance_certificate_file', 'student_proof', 'attendee_void_code', 'attendee_extra', 'waiting_entry',
        'registration_basket', 'voucher', 'badge_sheet',
    ):
        op.drop_table(table)

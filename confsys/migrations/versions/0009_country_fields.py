"""fields that ask for a country

Revision: 0009
Revises: 0008
"""

from confsys.migrations.checks import one_of, replace_check

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

KINDS = ("text", "long_text", "choice", "choices", "score", "number", "check")


def upgrade() -> None:
    replace_check("form_field", "ck_form_field_fieldtype", one_of("type", *KINDS, "country"))


def downgrade() -> None:
    replace_check("form_field", "ck_form_field_fieldtype", one_of("type", *KINDS))

"""downloads

Revision: 0010
Revises: 0009
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

VOLUME_PAPER = sa.table(
    'volume_paper', sa.column('id', sa.Integer), sa.column('title', sa.JSON), sa.column('authors', sa.JSON),
    sa.column('abstract', sa.JSON), sa.column('keywords', sa.JSON), sa.column('doi', sa.String),
    sa.column('search_text', sa.Text),
)


def words_of(row: sa.Row) -> str:
    """What readers find a paper by: as `publishing.operations.volumes.words_of` writes it from now on."""
    parts = [row.title.get('en'), row.title.get('zh'), row.doi, row.abstract.get('en'), row.abstract.get('zh')]
    parts += [word for words in row.keywords.values() for word in words]
    for author in row.authors:
        native = author.get('native') or ''
        if isinstance(native, dict):
            native = native.get('family', '') + native.get('given', '')
        given, family = author.get('given', ''), author.get('family', '')
        place = author.get('affiliation') or {}
        parts += [f'{given} {family}'.strip(), f'{family} {given}', native, place.get('en'), place.get('zh')]
    text = unicodedata.normalize('NFKD', '\n'.join(filter(None, parts)))
    return ''.join(c for c in text if not unicodedata.combining(c)).casefold().strip()


def upgrade() -> None:
    op.create_table('download_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('volume_id', sa.Integer(), nullable=False),
    sa.Column('paper', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count > 0', name=op.f('ck_download_count_count_positive')),
    sa.ForeignKeyConstraint(['volume_id'], ['volume.id'], name=op.f('fk_download_count_volume_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_download_count')),
    sa.UniqueConstraint('volume_id', 'paper', 'day', name=op.f('uq_download_count_volume_id_paper_day'))
    )
    with op.batch_alter_table('download_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_download_count_day'), ['day'], unique=False)

    with op.batch_alter_table('volume_paper', schema=None) as batch_op:
        batch_op.add_column(sa.Column('search_text', sa.Text(), nullable=False, server_default=''))
    with op.batch_alter_table('volume_paper', schema=None) as batch_op:
        batch_op.alter_column('search_text', server_default=None)
    connection = op.get_bind()
    for row in connection.execute(sa.select(VOLUME_PAPER)).all():
        change = sa.update(VOLUME_PAPER).where(VOLUME_PAPER.c.id == row.id).values(search_text=words_of(row))
        connection.execute(change)


def downgrade() -> None:
    with op.batch_alter_table('volume_paper', schema=None) as batch_op:
        batch_op.drop_column('search_text')

    with op.batch_alter_table('download_count', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_download_count_day'))

    op.drop_table('download_count')

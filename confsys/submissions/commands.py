"""Commands of this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.i18n import force_locale
from confsys.core.operation import dry_run
from confsys.events.models import Event
from confsys.submissions.importing import extras
from confsys.submissions.importing.reading import read
from confsys.submissions.importing.rows import RowProblem
from confsys.submissions.operations.importing import Imported, ImportRefused, import_papers


class _WithExtras(click.Command):
    """A command whose options later rooms add to."""

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        added = [
            click.Option([extra.option, f"extra_{extra.name}"], is_flag=True, help=str(extra.label))
            for extra in extras.known()
        ]
        return [*super().get_params(context), *added]


@click.group("import")
def import_group() -> None:
    """Take data in from other systems."""


@import_group.command("papers", cls=_WithExtras)
@click.argument("slug", metavar="EVENT")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply/--dry-run", "apply_", default=False, help="write; without it everything is tried and undone")
@click.option("--notify", is_flag=True, help="send receipts to the papers' contacts")
def import_command(slug: str, path: Path, *, apply_: bool, notify: bool, **given: bool) -> None:
    """Import the papers of FILE (CSV or JSON) into EVENT: all of them, or none when any row has an error."""
    with force_locale(current_app.extensions["settings"].locale):
        event = db.session.scalar(select(Event).where(Event.slug == slug))
        if event is None:
            raise click.ClickException(f"There is no event “{slug}”.")
        wanted = extras.chosen([name.removeprefix("extra_") for name, on in given.items() if on])
        file = read(path.read_bytes(), path.name)
        try:
            done = _imported(event, file, wanted, apply_=apply_, notify=notify)
        except ImportRefused as refused:
            _say_problems(refused.problems)
            raise click.ClickException("Nothing was imported.") from refused
    _say_problems(done.warnings)
    parts = [f"{done.papers} papers", f"{done.authors} authors", *(f"{n} {name}" for name, n in done.made.items())]
    click.echo(f"{'Imported' if apply_ else 'Would import'}: {', '.join(parts)}.")
    if not apply_:
        click.echo("Nothing was written. Run it again with --apply.")


def _imported(event: Event, file: Any, wanted: list[extras.Extra], *, apply_: bool, notify: bool) -> Imported:
    def run() -> Imported:
        return import_papers(event, file, extras=wanted, notify=notify, actor=SYSTEM, at=clock.now())

    if apply_:
        return run()
    with dry_run():
        return run()


def _say_problems(problems: Any) -> None:
    row: RowProblem
    for row in problems:
        where = f"row {row.row}" if row.row else "file"
        click.echo(f"{'warning' if row.warning else 'error'}: {where}: {row.text}", err=True)

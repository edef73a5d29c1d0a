"""Commands of this room."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import force_locale
from confsys.core.operation import dry_run
from confsys.events.models import Event
from confsys.programme.operations.importing import Imported, import_programme
from confsys.programme.reading import read_schedule
from confsys.submissions.commands import import_group


@import_group.command("programme")
@click.argument("slug", metavar="EVENT")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply/--dry-run", "apply_", default=False, help="write; without it everything is tried and undone")
@click.option("--replace", is_flag=True, help="remove what an earlier import brought and FILE no longer holds")
def import_command(slug: str, path: Path, *, apply_: bool, replace: bool) -> None:
    """Bring the schedule of FILE (schedule.xml or schedule.json, or a CSV table) into the timetable of EVENT."""
    with force_locale(current_app.extensions["settings"].locale):
        event = db.session.scalar(select(Event).where(Event.slug == slug))
        if event is None:
            raise click.ClickException(f"There is no event “{slug}”.")
        try:
            done = _imported(event, path.read_bytes(), replace=replace, apply_=apply_)
        except Invalid as error:
            raise click.ClickException(str(error)) from error
    click.echo(
        f"{'Imported' if apply_ else 'Would import'}: {done.added} new items, {done.changed} moved, "
        f"{done.removed} removed, {done.rooms} new rooms, {done.tracks} new tracks."
    )
    if done.outside:
        click.echo(f"{done.outside} items are outside the days of the event.")
    if done.zone_differs:
        click.echo("The file is in another time zone than the event; all moments were kept.")


def _imported(event: Event, data: bytes, *, replace: bool, apply_: bool) -> Imported:
    schedule = read_schedule(data, event.zone)

    def run() -> Imported:
        return import_programme(event, schedule, replace_others=replace, standing=None, actor=SYSTEM, at=clock.now())

    if apply_:
        return run()
    with dry_run():
        return run()


__all__ = ["import_command", "import_group"]

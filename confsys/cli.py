"""The `confsys` command."""

from __future__ import annotations

import sys

import click
from flask import Flask

from confsys import migrations, running, sample, settings
from confsys.app import create_app
from confsys.core import catalogues, queue
from confsys.core.db import db


def _app(**given: object) -> Flask:
    try:
        return create_app(settings.read(**given))
    except settings.SettingError as error:
        raise click.ClickException(str(error)) from error


class WithRooms(click.Group):
    """The commands below, and those that the rooms bring; a room's command runs inside the application."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *_room_commands()])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return super().get_command(context, name) or _room_commands().get(name)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(context, args)
        if name not in self.commands and "--help" not in rest:
            context.with_resource(_app().app_context())
        return name, command, rest


def _room_commands() -> dict[str, click.Command]:
    # The rooms import the whole product, which `confsys settings` can do without.
    from confsys.features import FEATURES  # noqa: PLC0415

    return {str(command.name): command for feature in FEATURES for command in feature.commands}


@click.group(cls=WithRooms)
def main() -> None:
    """Conferences and peer review for learned societies."""


@main.command("settings")
def show_settings() -> None:
    """List every setting: environment variable, default, meaning."""
    for name, default, meaning in settings.described():
        click.echo(f"{name:34} {default:28} {meaning}")


@main.command()
def migrate() -> None:
    """Bring the database to the present version."""
    app = _app()
    with app.app_context():
        migrations.upgrade(db.engine)


@main.command()
@click.argument("message")
def migration(message: str) -> None:
    """Write a new migration from the models."""
    app = _app()
    with app.app_context():
        migrations.write(db.engine, message)


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def run(port: int, host: str) -> None:
    """Run everything on this machine: web, worker, queue; with the sample in demo mode."""
    sys.exit(running.run(port, host))


@main.command("load-sample")
def load_sample() -> None:
    """Load the sample into an empty database (demo mode only)."""
    app = _app()
    with app.app_context():
        try:
            if not sample.is_loaded():
                click.echo("Loading the sample: an invented society with its events …")
            sample.load(app)
        except sample.SampleRefused as error:
            raise click.ClickException(str(error)) from error


@main.command()
@click.option("--parent", type=int, required=True, help="end when this process is gone")
def dispatch(parent: int) -> None:
    """Hand waiting work to the queue (started by worker.py)."""
    queue.dispatch_while(_app(), parent)


@main.command()
@click.argument("action", type=click.Choice(["update", "check"]))
def translations(action: str) -> None:
    """Bring the Chinese catalogues to the sources, or check that they are complete."""
    found = []
    for room in catalogues.rooms():
        if action == "update":
            catalogues.update(room)
        else:
            found += catalogues.problems(room)
    for line in found:
        click.echo(line, err=True)
    if found:
        sys.exit(1)

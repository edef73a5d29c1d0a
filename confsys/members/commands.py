"""Commands of this room."""

from __future__ import annotations

import click

from confsys.core import clock
from confsys.members.operations.reminding import remind


@click.command("membership-daily")
def daily() -> None:
    """Write the day's reminders about dues. Meant for a timer; running it twice writes nothing twice."""
    click.echo(f"{remind(at=clock.now())} reminders written")

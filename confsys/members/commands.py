"""Commands of this room."""

from __future__ import annotations

import click

from confsys.core import clock
from confsys.members.operations.integrity import erase_expired
from confsys.members.operations.reminding import remind


@click.command("membership-daily")
def daily() -> None:
    """Write the day's reminders about dues and erase what has been kept long enough.

    Meant for a timer; running it twice writes nothing twice.
    """
    at = clock.now()
    erase_expired(at=at)
    click.echo(f"{remind(at=at)} reminders written")

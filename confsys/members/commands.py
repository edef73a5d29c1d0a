"""Commands of this room."""

from __future__ import annotations

import click

from confsys.core import clock
from confsys.members.operations.integrity import erase_expired, tell_cleared
from confsys.members.operations.reminding import remind
from confsys.members.operations.suggestions import remind_bodies


@click.command("membership-daily")
def daily() -> None:
    """Write the day's reminders and notices, and erase what has been kept long enough.

    Meant for a timer; running it twice writes nothing twice.
    """
    at = clock.now()
    tell_cleared(at=at)
    erase_expired(at=at)
    click.echo(f"{remind(at=at) + remind_bodies(at=at)} reminders written")

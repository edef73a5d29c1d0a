"""Commands of this room."""

from __future__ import annotations

import click

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.events.operations.roles import remind_waiting


@click.command("invitations-daily")
def daily() -> None:
    """Remind those who have not answered an invitation that expires soon.

    Meant for a timer; running it twice writes nothing twice.
    """
    click.echo(f"{remind_waiting(actor=Actor(None), at=clock.now())} invitations sent once more")

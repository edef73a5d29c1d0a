"""Commands of this room."""

from __future__ import annotations

import click
from flask import current_app

from confsys.accounts.addresses import normalized
from confsys.accounts.operations.society import make_admin
from confsys.core import clock
from confsys.core.errors import Invalid
from confsys.core.i18n import force_locale
from confsys.core.names import PersonName


@click.command("create-admin")
@click.argument("address")
@click.option("--given", default="", help="given name, in Latin letters")
@click.option("--family", default="", help="family name, in Latin letters")
@click.option("--native", default="", help="name as written at home")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="asked for when not given")
def create_admin(address: str, given: str, family: str, native: str, password: str) -> None:
    """Make an administrator of the society, or make a known person one."""
    try:
        address = normalized(address)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    name = PersonName(given, family, native)
    if not name:
        name = PersonName(family=address.partition("@")[0])
    try:
        with force_locale(current_app.extensions["settings"].locale):
            person = make_admin(name, address, password, at=clock.now())
    except Invalid as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{person.name} <{address}> is an administrator.")

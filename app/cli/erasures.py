"""``assay erase``: what must not be kept any longer."""

import click

from app.cli import opening
from app.domain.actors import CONSOLE
from app.domain.words import Erasable
from app.workflow.erasures import erase


@click.command("erase")
@click.argument("noun", type=click.Choice([noun.value for noun in Erasable]))
@click.argument("public_id", metavar="ID")
@click.option("--reason", required=True, help="Why; it is kept beside a hash of what stood there.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase_thing(noun: str, public_id: str, reason: str, *, yes: bool) -> None:
    """Blank the words of a person, a text, a source, a check, a comment or a reply, for good."""
    if not yes:
        click.confirm(f"Blank {noun} {public_id}? It cannot be undone.", abort=True, err=True)
    with opening.open_database() as database, database.write() as session:
        erase(session, CONSOLE, Erasable(noun), public_id, reason=reason)
    click.echo(f"The words of {noun} {public_id} are gone; a hash of them is kept.", err=True)

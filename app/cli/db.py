"""``assay db``: the schema, copies, and whether the file is whole."""

from pathlib import Path

import click

from app.cli import opening
from app.cli.progress import watched
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.storage import backup, migrate, projects, tallies
from app.workflow.tallies import recount


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to what this version works with; data is copied first."""
    desk = opening.settings()
    opening.prepare_folder(desk.instance)
    before = migrate.current(desk.database_url)
    copy = opening.bring_up_to_date(desk)
    if copy is not None:
        click.echo(f"The database as it was: {copy}", err=True)
    if before == migrate.head():
        click.echo("The database is up to date.", err=True)
    else:
        click.echo(f"The database is ready (step {migrate.head()}).", err=True)


@db.command("backup")
@click.option("--to", type=click.Path(path_type=Path), help="The file; default: one named by time.")
def back_up(to: Path | None) -> None:
    """Copy the database while the desk works (SQLite)."""
    desk = opening.settings()
    target = to or desk.instance / backup.FOLDER / backup.backup_name()
    click.echo(backup.back_up(desk.database_url, target))


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a copy in the place of the database; the present one is kept aside."""
    desk = opening.settings()
    opening.prepare_folder(desk.instance)
    aside = desk.instance / backup.FOLDER / f"before-restore-{backup.backup_name()}"
    backup.restore(desk.database_url, file, aside=aside)
    if aside.exists():
        click.echo(f"The database as it was: {aside}", err=True)
    if not migrate.is_current(desk.database_url):
        click.echo("It is of an older version: run assay db upgrade.", err=True)
    click.echo(f"Restored from {file}.", err=True)


@db.command()
def check() -> None:
    """Look whether the database is whole and of this version."""
    url = opening.settings().database_url
    if migrate.sqlite_path(url) is not None:
        found = backup.problems(url)
        for problem in found[1:]:
            click.echo(problem, err=True)
        if found:
            raise Refused("database.damaged", reason=found[0])
    opening.ask_for_current(url)
    click.echo(f"The database is whole (step {migrate.head()}).")


@db.command()
def count() -> None:
    """Count agreement anew from every check; says whether the counts that were kept were right."""
    with opening.open_database() as database:
        with database.reading() as session:
            slugs = {one.slug: one.id for one in projects.projects_of(session, CONSOLE)}
            before = {slug: tallies.totals(session, key) for slug, key in slugs.items()}
        for slug, key in slugs.items():
            for _claim in watched(recount(database, key), label=slug):
                pass
            with database.reading() as session:
                is_same = tallies.totals(session, key) == before[slug]
            click.echo(f"{slug}: {'the counts were right' if is_same else 'counted anew'}")

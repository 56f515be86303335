"""``assay db``: the schema, copies, and whether the file is whole."""

from pathlib import Path

import click

from app.cli import opening
from app.cli.progress import watched
from app.config import Settings
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.storage import backup, counts, migrate, projects, tallies, transfer
from app.storage.session import Database
from app.workflow.counts import put_right
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
@click.argument("to")
def copy(to: str) -> None:
    """Copy the whole desk into an empty database at TO, from SQLite to PostgreSQL or back.

    Every table is compared afterwards, row for row, by its SHA-256. The desk may go on working; what
    it writes after the copy has begun is not in it.
    """
    desk = opening.settings()
    opening.ask_for_current(desk.database_url)
    url = Settings.read({"ASSAY_DATABASE_URL": to}).database_url
    if url == desk.database_url:
        raise Refused("transfer.same")
    _prepare(url)
    source, target = Database(desk.database_url), Database(url)
    try:
        for table in watched(transfer.copy(source, target), label="tables"):
            click.echo(f"{table.name}\t{table.rows}\t{table.sha256}")
    finally:
        source.dispose()
        target.dispose()
    click.echo(f"Copied. To work with it: ASSAY_DATABASE_URL={to}", err=True)


def _prepare(url: str) -> None:
    """Make the tables of this version where the copy goes."""
    path = migrate.sqlite_path(url)
    if path is not None:
        opening.prepare_folder(path.parent)
    migrate.upgrade(url)


@db.command()
def check() -> None:
    """Look whether the database is whole and of this version, and what is counted right."""
    url = opening.settings().database_url
    if migrate.sqlite_path(url) is not None:
        found = backup.problems(url)
        for problem in found[1:]:
            click.echo(problem, err=True)
        if found:
            raise Refused("database.damaged", reason=found[0])
    opening.ask_for_current(url)
    with opening.open_database() as database, database.reading() as session:
        missing = counts.wrong(session)
    if missing:
        raise Refused("database.counts", number=len(missing))
    click.echo(f"The database is whole (step {migrate.head()}).")


@db.command()
def count() -> None:
    """Count anew from every claim and check; says whether the counts that were kept were right."""
    with opening.open_database() as database:
        number = put_right(database)
        said = f"put right: {number}" if number else "right"
        click.echo(f"counts of claims and checks: {said}", err=True)
        with database.reading() as session:
            slugs = {one.slug: one.id for one in projects.projects_of(session, CONSOLE)}
            before = {slug: tallies.totals(session, key) for slug, key in slugs.items()}
        for slug, key in slugs.items():
            for _claim in watched(recount(database, key), label=slug):
                pass
            with database.reading() as session:
                is_same = tallies.totals(session, key) == before[slug]
            click.echo(f"{slug}: {'the counts were right' if is_same else 'counted anew'}")

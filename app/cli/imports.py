"""``assay import``: an article with its claims, or claims as a table."""

from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlmodel import Session

from app.cli import files, opening
from app.cli.progress import watched
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.domain.records import ProjectRecord
from app.extraction.checkworthy import Weights
from app.extraction.document import Document
from app.importers import claims_csv
from app.storage import projects
from app.storage.claim_queries import claim_query
from app.storage.session import Database
from app.workflow.articles import NewArticle, TakenIn, add_article
from app.workflow.batches import batch_named, put_claims
from app.workflow.imports import import_claims
from app.workflow.placing import look_for
from app.workflow.reading import INSTEAD, Reading, read, read_as_chosen
from app.workflow.weights import weights_in_use


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--project", "slug", metavar="SLUG", required=True, help="Into which project.")
@click.option("--title", help="The article's title.")
@click.option("--batch", metavar="NAME", help="Into which batch; made if there is none.")
@click.option("--extractor", metavar="NAME", help="What reads the article, if not the project's.")
@files.article_options
def import_file(
    file: Path,
    *,
    slug: str,
    title: str | None,
    batch: str | None,
    extractor: str | None,
    **given: str | None,
) -> None:
    """Take in FILE: .txt or .html as an article, .csv as claims to be checked."""
    kind = files.kind_of(file)
    data = files.read_bytes(file)
    article = None if kind == "csv" else files.article_of(data, kind, title=title, **given)
    with opening.open_database() as database:
        with database.reading() as session:
            project = projects.by_slug(session, CONSOLE, slug)
        if article is None:
            _import_claims(database, project, file, data=data, batch=batch)
        else:
            with database.reading() as session:
                weights = weights_in_use(session, project.id)
            new = NewArticle(**asdict(article))
            found = _found(project, new, named=extractor, weights=weights)
            _import_article(database, project, article, found=found, batch=batch)


def _found(
    project: ProjectRecord, article: NewArticle, *, named: str | None, weights: Weights
) -> Reading:
    """What the extractor that was named finds, or else the one of the project.

    Raises:
        Refused: the one that was named does not work.
    """
    if named is not None:
        return read(article, extractor=named, weights=weights)
    found = read_as_chosen(article, extractor=project.extractor, weights=weights)
    if found.notice == INSTEAD:
        click.echo(found.notice, err=True)
    return found


def _import_article(
    database: Database,
    project: ProjectRecord,
    document: Document,
    *,
    found: Reading,
    batch: str | None,
) -> None:
    known = {**asdict(document), "language": document.language or found.language}
    values = NewArticle(**known, notice=found.notice)
    with database.reading() as session:
        placing = look_for(session, project.id, values.text, url=values.url)
    with database.write() as session:
        taken = add_article(
            session,
            CONSOLE,
            project.id,
            values=values,
            suggestions=found.suggestions,
            placing=placing,
        )
        made = batch is not None and not taken.is_known and _put(session, project, taken, batch)
    if taken.is_known:
        click.echo("This text is here already; nothing was changed.", err=True)
    else:
        click.echo(f"{taken.suggested} claims suggested, {taken.opened} to check.", err=True)
    _tell_batch(batch, made=made)
    click.echo(taken.article_id)


def _put(session: Session, project: ProjectRecord, taken: TakenIn, name: str) -> bool:
    """Put an article's claims into a batch; whether it had to be made."""
    found, made = batch_named(session, CONSOLE, project.id, name)
    wanted = claim_query(session, CONSOLE, project, {"article": taken.article_id}).wanted
    put_claims(session, CONSOLE, project.id, wanted, batch_id=found.public_id)
    return made


def _tell_batch(name: str | None, *, made: bool) -> None:
    if made:
        click.echo(f"The batch “{name}” was made.", err=True)


def _import_claims(
    database: Database, project: ProjectRecord, file: Path, *, data: bytes, batch: str | None
) -> None:
    zone = ZoneInfo(project.timezone)
    problems = claims_csv.check(data, zone=zone)
    if problems:
        for error in problems.errors:
            click.echo(f"{file}: {error.sentence}", err=True)
        raise Refused("csv.faults", count=problems.count)
    if problems.ignored_columns:
        click.echo(f"Columns not taken in: {', '.join(problems.ignored_columns)}", err=True)
    rows = watched(claims_csv.rows(data, zone=zone), label="Taking in", total=problems.rows)
    summary = import_claims(database, CONSOLE, project.id, rows=rows, batch=batch)
    _tell_batch(batch, made=summary.makes_batch)
    click.echo(f"{summary.added} claims taken in, {summary.known} were here already.", err=True)
    click.echo(summary.run)

"""``assay import``: an article with its claims, or claims as a table."""

import gc
from dataclasses import asdict, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlmodel import Session

from app.cli import files, opening
from app.cli.asking import tell_where
from app.cli.counting import counted
from app.cli.progress import watched
from app.config import ChatService
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.domain.records import ProjectRecord
from app.domain.sentences import sentence
from app.extraction.chat import ChatExtractor
from app.extraction.checkworthy import Weights
from app.extraction.language import guess_language
from app.extraction.registry import CHAT
from app.importers import claims_csv
from app.importers.sheet import Source
from app.storage import projects
from app.storage.claim_queries import claim_query
from app.storage.extractions import run
from app.storage.session import Database
from app.workflow.articles import NewArticle, TakenIn, add_article
from app.workflow.batches import batch_named, put_claims
from app.workflow.extracting import perform
from app.workflow.extractions import ask
from app.workflow.imports import ImportSummary, import_claims
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
    sheet = files.read_later(file) if kind == "csv" else b""
    article = None
    if kind != "csv":
        article = files.article_of(files.read_bytes(file), kind, title=title, **given)
    with opening.open_database() as database:
        with database.reading() as session:
            project = projects.by_slug(session, CONSOLE, slug)
        if article is None:
            _import_claims(database, project, file, data=sheet, batch=batch)
        else:
            service = _service(project, extractor)
            with database.reading() as session:
                weights = weights_in_use(session, project.id)
            new = NewArticle(**asdict(article))
            if service is None:
                found = _found(project, new, named=extractor, weights=weights)
            else:
                found = Reading((), new.language or guess_language(new.text), None)
            taken = _take_in(database, project, new, found=found, batch=batch, service=service)
            click.echo(taken.article_id)


def _service(project: ProjectRecord, named: str | None) -> ChatService | None:
    """The service that is asked about the article, by name or because the project wants it.

    Raises:
        Refused: it is named, and none is set up.
    """
    if (named or project.extractor) != CHAT:
        return None
    service = opening.settings().chat
    if service is None and named is not None:
        raise Refused("chat.off")
    return service


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


def _take_in(
    database: Database,
    project: ProjectRecord,
    article: NewArticle,
    *,
    found: Reading,
    batch: str | None,
    service: ChatService | None,
) -> TakenIn:
    values = replace(article, language=article.language or found.language, notice=found.notice)
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
    _tell_batch(batch, made=made)
    if taken.is_known:
        click.echo("This text is here already; nothing was changed.", err=True)
        return taken
    if service is None:
        told = counted(taken.suggested, "claim suggested", "claims suggested")
        click.echo(f"{told}, {taken.opened} to check.", err=True)
    else:
        _ask(database, service, taken.article_id)
        if batch is not None:
            with database.write() as session:
                _put(session, project, taken, batch)
    return taken


def _ask(database: Database, service: ChatService, article_id: str) -> None:
    """Have the service read an article that is here now; if it fails, the article stays."""
    tell_where(service)
    with database.write() as session:
        run_id = ask(
            session,
            CONSOLE,
            article_id,
            extractor=CHAT,
            version=ChatExtractor.version,
            model=service.model,
            is_later=False,
        )
    perform(database, service, run_id)
    with database.reading() as session:
        ended = run(session, run_id)
    if ended is not None and ended.error is not None:
        click.echo(sentence(Refused(ended.error)), err=True)
    elif ended is not None:
        told = counted(ended.kept, "claim suggested", "claims suggested")
        told += f", {ended.repaired} more put right by the article"
        click.echo(f"{told}, {ended.refused} refused.", err=True)


def _put(session: Session, project: ProjectRecord, taken: TakenIn, name: str) -> bool:
    """Put an article's claims into a batch; whether it had to be made."""
    found, made = batch_named(session, CONSOLE, project.id, name)
    wanted = claim_query(session, CONSOLE, project, {"article": taken.article_id}).wanted
    put_claims(session, CONSOLE, project.id, wanted, batch_id=found.public_id)
    return made


def _tell_batch(name: str | None, *, made: bool) -> None:
    if made:
        click.echo(f"The batch “{name}” was made.", err=True)


def _tell_untied(summary: ImportSummary) -> None:
    told = counted(summary.untied, "quote stands", "quotes stand")
    line = "line" if summary.untied == 1 else "lines"
    more = ", …" if summary.untied > len(summary.lines) else ""
    lines = ", ".join(map(str, summary.lines)) + more
    click.echo(f"{told} in no text that is here: no place was kept ({line} {lines}).", err=True)


def _import_claims(
    database: Database, project: ProjectRecord, file: Path, *, data: Source, batch: str | None
) -> None:
    # Looking through all that was loaded for garbage, over and over, takes longer than it frees.
    gc.freeze()
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
    told = counted(summary.added, "claim taken in", "claims taken in")
    known = counted(summary.known, "was here already", "were here already")
    click.echo(f"{told}, {known}.", err=True)
    if summary.untied:
        _tell_untied(summary)
    click.echo(summary.run)

"""``assay fetch``: articles by their addresses, one after the other, while one waits."""

from collections.abc import Iterator
from datetime import timedelta

import click

from app.cli import opening
from app.cli.asking import tell_where
from app.cli.progress import watched
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.domain.evidence_words import LineState
from app.domain.ids import now
from app.domain.sentences import sentence
from app.extraction.registry import CHAT
from app.storage import projects
from app.storage.intakes import LineRecord, intake, lines_of
from app.storage.session import Database
from app.workflow.intakes import ask_intake
from app.workflow.intaking import Taking

# If this command is killed, the worker of the desk goes on with what is left, after so long.
LEFT_TO_THE_WORKER = timedelta(hours=1)


@click.command()
@click.argument("urls", nargs=-1, metavar="URL…")
@click.option("--project", "slug", metavar="SLUG", required=True, help="Into which project.")
@click.option("--feed", metavar="URL", help="A feed (RSS, Atom): its newest articles too.")
@click.pass_context
def fetch(context: click.Context, urls: tuple[str, ...], *, slug: str, feed: str | None) -> None:
    """Fetch the page at each URL and take it in as an article; print what came of each.

    A line has the state (done, known or failed), the article's id or why there is none, and the
    address, with tabs between. The exit code is 1 if one failed.
    """
    with opening.open_database() as database:
        with database.reading() as session:
            project = projects.by_slug(session, CONSOLE, slug)
        with database.write() as session:
            asked = ask_intake(
                session,
                CONSOLE,
                project.id,
                urls="\n".join(urls),
                feed=feed,
                run_at=now() + LEFT_TO_THE_WORKER,
            )
        service = opening.settings().chat if project.extractor == CHAT else None
        if service is not None:
            tell_where(service)
        taking = Taking(database, opening.settings().fetch, service)
        failed = 0
        lines = _taken(database, taking, asked.intake_id)
        for line in watched(lines, label="Fetching", total=asked.lines):
            click.echo("\t".join((line.state.value, _result(line), line.url)))
            failed += line.state is LineState.FAILED
    context.exit(1 if failed else 0)


def _taken(database: Database, taking: Taking, intake_id: str) -> Iterator[LineRecord]:
    """Every line as it ended, those that a feed added behind it included."""
    with database.reading() as session:
        key = intake(session, CONSOLE, intake_id).id
    last = 0
    while True:
        with database.reading() as session:
            found = lines_of(session, key, after=last, limit=1)
        if not found:
            return
        taking.take(found[0].public_id, is_last=True)
        with database.reading() as session:
            yield from lines_of(session, key, after=last, limit=1)
        last = found[0].position


def _result(line: LineRecord) -> str:
    """The article's id, or why there is none; nothing for a feed that was read."""
    if line.state is LineState.FAILED:
        return sentence(Refused(line.error or ""))
    return line.article_id or ""

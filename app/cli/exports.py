"""``assay export``: everything that leaves, streamed."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from app.cli import opening
from app.cli.progress import watched
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.exporters.exporter import Records
from app.exporters.registry import EXPORTERS, exporter_named
from app.storage import exports, projects

# A question takes a session, the project's key, and whether people are named.
QUESTIONS: Mapping[Records, Callable[[Session, int, bool], Iterator[Any]]] = {
    Records.VERDICTS: lambda session, project, _: exports.verdict_rows(session, CONSOLE, project),
    Records.REVIEWS: lambda session, project, names: exports.review_rows(
        session, CONSOLE, project, names=names
    ),
    Records.SOURCES: lambda session, project, _: exports.source_rows(session, CONSOLE, project),
}


@click.command()
@click.option("--project", "slug", metavar="SLUG", required=True, help="Of which project.")
@click.option("--format", "name", required=True, help=", ".join(EXPORTERS))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; else to the screen.")
@click.option("--names", is_flag=True, help="Checkers by name instead of a pseudonym.")
def export(slug: str, name: str, output: Path | None, *, names: bool) -> None:
    """Write what a project holds in one of the formats."""
    chosen = exporter_named(name)
    with opening.open_database() as database, database.reading() as session:
        project = projects.by_slug(session, CONSOLE, slug)
        rows = QUESTIONS[chosen.records](session, project.id, names)
        chunks = chosen.write(watched(rows, label=f"Writing {name}"))
        if output is None:
            for chunk in chunks:
                sys.stdout.buffer.write(chunk.encode())
            sys.stdout.buffer.flush()
        else:
            _write_whole(chunks, output)


def _write_whole(chunks: Iterator[str], target: Path) -> None:
    """Write a file that is complete or not there."""
    half = target.with_name(f".{target.name}.half")
    try:
        with half.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
        half.replace(target)
    except OSError as error:
        raise Refused("file.unwritable", path=target, reason=error.strerror) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)

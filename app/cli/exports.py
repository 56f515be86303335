"""``assay export``: everything that leaves, streamed."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from app.cli import halves, opening
from app.cli.garbage import OBJECTS_BETWEEN
from app.cli.progress import watched
from app.domain import releases
from app.domain.actors import CONSOLE
from app.domain.errors import Missing, Refused
from app.domain.records import ProjectRecord
from app.domain.sentences import sentence
from app.exporters.exporter import Exporter, LeftOut, Records
from app.exporters.registry import EXPORTERS, exporter_named
from app.storage import exports, projects
from app.storage.amendments import amendment_rows
from app.storage.articles import article_rows
from app.storage.asked_claims import asked_claims, question_rows
from app.storage.batches import batch_rows
from app.storage.claim_blocks import Span
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_groups import group_rows
from app.storage.claim_queries import ClaimQuery, claim_query
from app.storage.comment_rows import comment_rows
from app.storage.corrections import correction_rows
from app.storage.findings import published_findings
from app.storage.gate_rows import gate_rows
from app.storage.gold import gold_rows
from app.storage.publications import publication_rows
from app.storage.replies import reply_rows
from app.workflow.archiving import ARCHIVES, archive_chunks
from app.workflow.releasing import release_chunks

# A question takes a session, the project's key, whether people are named, and a filter of claims.
QUESTIONS: Mapping[Records, Callable[[Session, int, bool, ClaimFilter], Iterator[Any]]] = {
    Records.VERDICTS: lambda session, project, _, wanted: exports.verdict_rows(
        session, CONSOLE, project, wanted=wanted
    ),
    Records.REVIEWS: lambda session, project, names, wanted: exports.review_rows(
        session, CONSOLE, project, names=names, wanted=wanted
    ),
    Records.SOURCES: lambda session, project, _, wanted: exports.source_rows(
        session, CONSOLE, project, wanted=wanted
    ),
    Records.QUESTIONS: lambda session, project, _names, wanted: question_rows(
        session, CONSOLE, project, wanted=wanted
    ),
    Records.ASKED_CLAIMS: lambda session, project, _names, wanted: asked_claims(
        session, CONSOLE, project, wanted=wanted
    ),
    Records.ARTICLES: lambda session, project, _names, wanted: article_rows(
        session, CONSOLE, project, batch_id=wanted.batch_id
    ),
    Records.REPLIES: lambda session, project, _names, wanted: reply_rows(
        session, CONSOLE, project, batch_id=wanted.batch_id
    ),
    Records.PUBLICATIONS: lambda session, project, _names, wanted: publication_rows(
        session, CONSOLE, project, batch_id=wanted.batch_id
    ),
    Records.GROUPS: lambda session, project, _names, wanted: group_rows(
        session, CONSOLE, project, batch_id=wanted.batch_id
    ),
    Records.CORRECTIONS: lambda session, project, _names, wanted: correction_rows(
        session, CONSOLE, project, batch_id=wanted.batch_id
    ),
    Records.FINDINGS: lambda session, project, _names, wanted: published_findings(
        session, CONSOLE, project, batch_id=wanted.batch_id
    ),
    Records.BATCHES: lambda session, project, _names, wanted: batch_rows(
        session, CONSOLE, project, wanted=wanted
    ),
    Records.GOLD: lambda session, project, names, wanted: gold_rows(
        session, CONSOLE, project, names=names, batch_id=wanted.batch_id
    ),
    Records.AMENDMENTS: lambda session, project, names, wanted: amendment_rows(
        session, CONSOLE, project, names=names, batch_id=wanted.batch_id
    ),
    Records.GATES: lambda session, project, names, wanted: gate_rows(
        session, CONSOLE, project, names=names, batch_id=wanted.batch_id
    ),
    Records.COMMENTS: lambda session, project, names, wanted: comment_rows(
        session, CONSOLE, project, names=names, batch_id=wanted.batch_id
    ),
}
# The files that two processes make; a question takes a session, the project's key, whether people are named.
READERS: Mapping[str, Callable[[Session, int, bool], Callable[[Span], Iterator[Any]]]] = {
    "verdicts.csv": lambda session, project, _: exports.verdict_reader(session, CONSOLE, project),
    "reviews.csv": lambda session, project, names: exports.review_reader(
        session, CONSOLE, project, names=names
    ),
    "sources.csv": lambda session, project, _: exports.source_reader(session, CONSOLE, project),
}
FORMATS = (*EXPORTERS, releases.NAME, *ARCHIVES)
# The words of a list of claims that mean something without anybody who asks.
WORDS = {
    "state": "Claims in this state: suggested, to-do, waiting, settled, dropped.",
    "text": "Claims with these words.",
    "who": "Claims said or passed on by somebody of this name.",
    "verdict": "Settled claims with this label's code.",
    "tag": "Claims under this tag.",
    "article": "Claims of the article with this id.",
    "batch": "Claims of the batch with this name or id.",
    "claimant": "Claims of whoever has this id.",
    "person": "Claims that the person with this id checks or checked.",
    "due": "Claims that are overdue, or due today, in a week, or never (none).",
    "day": "Claims that are due on this day, as in 2025-09-04.",
    "left": "Claims that wait for this: second-check, update, publishing, nobody.",
}


def with_words(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option for each word of a list of claims."""
    for word, said in reversed(WORDS.items()):
        command = click.option(f"--{word}", help=said)(command)
    return command


@click.command()
@click.option("--project", "slug", metavar="SLUG", required=True, help="Of which project.")
@click.option("--format", "name", required=True, help=", ".join(FORMATS))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; else to the screen.")
@click.option("--names", is_flag=True, help="Checkers by name instead of a pseudonym.")
@click.option("--with-pilots", is_flag=True, help="Pilots too, in release.zip.")
@with_words
def export(slug: str, name: str, output: Path | None, **words: Any) -> None:  # noqa: ANN401 - flags and texts
    """Write what a project holds, or only what a list of its claims would, in one of the formats."""
    if name not in FORMATS:
        raise Missing("format.unknown", name=name, known=", ".join(FORMATS))
    names, with_pilots = words.pop("names"), words.pop("with_pilots")
    _check_flags(name, names=names, with_pilots=with_pilots)
    if name in ARCHIVES and (names or any(words.values())):
        raise click.UsageError(f"{name} holds every saved copy, whatever the claims; no names.")
    # Looking through all that was loaded for garbage, over and over, took a fifth of the time, and
    # looking through each block of rows many times over another twentieth.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN)
    with opening.open_database() as database:
        with database.reading() as session:
            project = projects.by_slug(session, CONSOLE, slug)
            asked = _asked(session, project, {word: text for word, text in words.items() if text})
            texts = _texts(session, project, name, asked, names=names)
            if texts is None:
                chunks = _chunks(
                    session, project, name, asked, names=names, with_pilots=with_pilots
                )
                _write(chunks, output)
                return
        database.dispose()
        chunks = halves.in_halves(database, halves.Work(project.id, texts))
        _write(watched(chunks, label=f"Writing {name}"), output)


def _texts(
    session: Session, project: ProjectRecord, name: str, asked: ClaimQuery, *, names: bool
) -> Callable[[Session], halves.Texts] | None:
    """What makes the file in two processes; None where one is enough."""
    reader = READERS.get(name)
    if reader is None or not asked.wanted.is_empty or not halves.is_worth_it(session, project.id):
        return None
    write = exporter_named(name).write
    header, key = "".join(write(())), project.id

    def texts(its: Session) -> halves.Texts:
        read = reader(its, key, names)
        return lambda span: map(
            str.encode, _behind(header if span.after else "", write(read(span)))
        )

    return texts


def _behind(header: str, chunks: Iterator[str]) -> Iterator[str]:
    """A text without what it begins with."""
    yield next(chunks, "").removeprefix(header)
    yield from chunks


def _chunks(
    session: Session,
    project: ProjectRecord,
    name: str,
    asked: ClaimQuery,
    *,
    names: bool,
    with_pilots: bool,
) -> Iterator[bytes]:
    if name in ARCHIVES:
        return _copies(session, project, name)
    if name == releases.NAME:
        return _release(session, project, asked, with_pilots=with_pilots)
    chosen = exporter_named(name)
    rows = QUESTIONS[chosen.records](session, project.id, names, asked.wanted)
    told = watched(rows, label=f"Writing {name}")
    return map(str.encode, chosen.write(_told(told, chosen)))


def _check_flags(name: str, *, names: bool, with_pilots: bool) -> None:
    """Go on only with flags that mean something for this format."""
    if name == releases.NAME and names:
        raise click.UsageError("A release has no names: checkers stand under pseudonyms.")
    if name != releases.NAME and with_pilots:
        raise click.UsageError(f"--with-pilots is for {releases.NAME}: the other files have them.")


def _copies(session: Session, project: ProjectRecord, name: str) -> Iterator[bytes]:
    watch = partial(watched, label=f"Writing {name}")
    return archive_chunks(session, CONSOLE, project.id, name=name, watch=watch)


def _release(
    session: Session, project: ProjectRecord, asked: ClaimQuery, *, with_pilots: bool
) -> Iterator[bytes]:
    return release_chunks(
        session,
        CONSOLE,
        project.id,
        asked=asked,
        with_pilots=with_pilots,
        watch=lambda rows, name: watched(rows, label=f"Writing {name}"),
    )


def _write(chunks: Iterator[bytes], output: Path | None) -> None:
    if output is not None:
        _write_whole(chunks, output)
        return
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _told(rows: Iterable[Any], chosen: Exporter[Any]) -> Iterable[Any]:
    """The rows; what the format has no place for is named on the way."""
    return rows if chosen.left_out is None else _naming(rows, chosen.left_out)


def _naming(rows: Iterable[Any], why: Callable[[Any], LeftOut | None]) -> Iterator[Any]:
    for row in rows:
        left_out = why(row)
        if left_out is not None:
            reasons = " ".join(sentence(Refused(code)) for code in left_out.codes)
            click.echo(f"left out: {left_out.thing}: {reasons}", err=True)
        yield row


def _asked(session: Session, project: ProjectRecord, words: Mapping[str, str]) -> ClaimQuery:
    """The filter that the options mean.

    Raises:
        Refused: one of them means nothing here.
    """
    found = claim_query(session, CONSOLE, project, words)
    for word, text in words.items():
        if word not in found.words:
            raise Refused("filter.unknown", name=f"--{word}", value=text)
    return found


def _write_whole(chunks: Iterator[bytes], target: Path) -> None:
    """Write a file that is complete or not there."""
    half = target.with_name(f".{target.name}.half")
    try:
        with half.open("wb") as file:
            file.writelines(chunks)
        half.replace(target)
    except OSError as error:
        raise Refused("file.unwritable", path=target, reason=error.strerror) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)

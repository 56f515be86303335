"""Putting a release together: what is in it, its files, and a manifest that must be true."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlmodel import Session

from app import __version__
from app.domain.actors import Actor
from app.domain.export_rows import ReviewRow, SourceRow
from app.domain.releases import Release
from app.domain.words import SourceKind, SourceRecord
from app.exporters import (
    batches_csv,
    questions_csv,
    release_zip,
    reviews_csv,
    sources_csv,
    verdicts_csv,
)
from app.exporters.exporter import Exporter
from app.exporters.release_zip import Archive, Written
from app.storage.asked_claims import question_rows
from app.storage.batches import batch_rows
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_queries import ClaimQuery
from app.storage.exports import review_rows, source_rows, verdict_rows
from app.storage.releases import release, release_filter

# Looks on while rows of a file, which it is told, go by.
Watch = Callable[[Iterable[Any], str], Iterable[Any]]


class UntrueError(RuntimeError):
    """What was written is not what the database counted."""


def release_chunks(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    asked: ClaimQuery,
    with_pilots: bool = False,
    watch: Watch = lambda rows, _name: rows,
) -> Iterator[bytes]:
    """The archive of a release in chunks; the session must read at one instant.

    It is counted twice, by the database and while the rows are written. Where the two differ the
    archive breaks off: no release is better than one whose manifest is wrong.

    Raises:
        Missing, NotAllowed: the actor may not know what it leaves out; before the first chunk.
        UntrueError: the counts differ; in place of the last chunks.
    """
    facts = release(session, actor, project_id, asked=asked, with_pilots=with_pilots)
    wanted = release_filter(asked.wanted, with_pilots=with_pilots)
    return _written(facts, _tables(session, actor, project_id, wanted), watch)


def _tables(
    session: Session, actor: Actor, project_id: int, wanted: ClaimFilter
) -> Iterator[tuple[Exporter[Any], Iterator[Any]]]:
    """The tables of a release with their rows; of sources only those on record, without notes."""
    where: dict[str, Any] = {"actor": actor, "project_id": project_id, "wanted": wanted}
    yield verdicts_csv.EXPORTER, verdict_rows(session, **where)
    yield reviews_csv.EXPORTER, review_rows(session, **where, on_record=True)
    on_record = SourceRecord.ON_RECORD.value
    uses = (row for row in source_rows(session, **where) if row.record == on_record)
    yield sources_csv.EXPORTER, map(_without_note, uses)
    yield questions_csv.EXPORTER, question_rows(session, **where, on_record=True)
    yield batches_csv.EXPORTER, batch_rows(session, **where)


def _without_note(row: SourceRow) -> SourceRow:
    """A note is the desk's own; only of a search it is how that was made, which others can repeat."""
    return row if row.kind == SourceKind.SEARCH else row._replace(note="")


def _written(
    facts: Release, tables: Iterable[tuple[Exporter[Any], Iterator[Any]]], watch: Watch
) -> Iterator[bytes]:
    archive, files, checks = Archive(), [Written("README.txt")], Counter[str]()
    yield from archive.add(files[0], release_zip.readme(facts))
    for exporter, rows in tables:
        file = Written(exporter.name, rows=0)
        files.append(file)
        seen = _counted(watch(rows, file.name), file, checks)
        yield from archive.add(file, exporter.write(seen))
    for one in facts.guidelines:
        file = Written(release_zip.guideline_name(one.version))
        files.append(file)
        yield from archive.add(file, [one.text, "\n"])
    _hold_together(facts, {file.name: file.rows for file in files}, checks)
    said = release_zip.manifest(facts, files, program=f"Assay {__version__}")
    yield from archive.add(Written(release_zip.MANIFEST), [said])
    yield from archive.end()


def _counted(rows: Iterable[Any], file: Written, checks: Counter[str]) -> Iterator[Any]:
    """The same rows, counted on the way; checks by reviewer too."""
    for row in rows:
        file.rows = (file.rows or 0) + 1
        if isinstance(row, ReviewRow):
            checks[row.reviewer] += 1
        yield row


def _hold_together(
    facts: Release, rows: Mapping[str, int | None], checks: Mapping[str, int]
) -> None:
    """Go on only where what was written is what was counted.

    Raises:
        UntrueError: it is not.
    """
    counted = (facts.included, facts.checks_by("reviewer"), sum(b.claims for b in facts.batches))
    written = (rows["verdicts.csv"], dict(sorted(checks.items())), rows["batches.csv"])
    if counted != written:
        raise UntrueError(f"counted {counted}, written {written}")

"""release.zip: files of a data set in one archive, written in chunks, with a manifest at its end.

The same data give the same bytes: entries carry no time of the day on which they were written.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.domain.records import SchemeRecord
from app.domain.releases import FORMAT, FORMAT_VERSION, WHY, BatchCount, Release
from app.exporters.cells import moment

# The first moment that the format knows.
ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o644 << 16
MANIFEST = "manifest.json"


@dataclass(slots=True)
class Written:
    """A file of the archive once it is written; ``rows`` is None where it has none."""

    name: str
    rows: int | None = None
    bytes: int = 0
    sha256: str = ""


class _Outlet:
    """A file that hands on what is written to it; it cannot be wound back."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        yield from held


class Archive:
    """A zip archive that grows file by file; what was written so far is taken out as it grows."""

    def __init__(self) -> None:
        self._outlet = _Outlet()
        self._zip = ZipFile(self._outlet, "w", ZIP_DEFLATED, allowZip64=True)  # type: ignore[call-overload]  # a stream that only takes

    def add(
        self, written: Written, chunks: Iterable[str | bytes], *, is_packed: bool = False
    ) -> Iterator[bytes]:
        """Write one file; its size and hash stand in ``written`` afterwards.

        One that ``is_packed`` already is stored as it is, so that readers can begin within it.
        """
        entry = ZipInfo(written.name, ENTRY_TIME)
        entry.compress_type, entry.create_system = ZIP_STORED if is_packed else ZIP_DEFLATED, UNIX
        entry.external_attr = READABLE
        digest = hashlib.sha256()
        # A file of unknown length: the archive must be able to say any.
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for chunk in chunks:
                data = chunk.encode() if isinstance(chunk, str) else chunk
                file.write(data)
                digest.update(data)
                written.bytes += len(data)
                yield from self._outlet.taken()
        written.sha256 = digest.hexdigest()
        yield from self._outlet.taken()

    def end(self) -> Iterator[bytes]:
        """The list of what is in it, with which an archive ends."""
        self._zip.close()
        yield from self._outlet.taken()


def manifest(release: Release, files: Sequence[Written], *, program: str) -> str:
    """What is in a release, what is left out and why, and the hashes of its files, as JSON."""
    said = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "program": program,
        "project": _project(release),
        "filter": dict(release.words),
        "with_pilots": release.with_pilots,
        "last_decided_at": moment(release.last_decided_at) or None,
        "claims": _claims(release),
        "checks": _checks(release),
        "batches": [_batch(one) for one in release.batches],
        "scales": [_scale(scale) for scale in release.scales],
        "guidelines": [
            {"version": one.version, "file": guideline_name(one.version)}
            | {"written_at": moment(one.written_at)}
            for one in release.guidelines
        ],
        "files": [
            {"name": one.name, "rows": one.rows, "bytes": one.bytes, "sha256": one.sha256}
            for one in files
        ],
        "losses": [
            {"file": loss.file, "what": loss.what, "count": loss.number} for loss in release.losses
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def guideline_name(version: int) -> str:
    """The file in which a version of the guidelines stands."""
    return f"guidelines-{version}.md"


def _claims(release: Release) -> Mapping[str, Any]:
    return {
        "all": release.claims,
        "included": release.included,
        "left_out": [
            {"reason": reason.value, "count": number, "why": WHY[reason]}
            for reason, number in release.left_out.items()
        ],
    }


def _checks(release: Release) -> Mapping[str, Any]:
    return {
        "all": sum(count.number for count in release.checks),
        "by_reviewer": release.checks_by("reviewer"),
        "by_status": release.checks_by("status"),
        "by_guideline_version": release.checks_by("guideline_version"),
    }


def _project(release: Release) -> Mapping[str, Any]:
    project = release.project
    return {
        "short_name": project.slug,
        "title": project.title,
        "decides": project.decides.value,
        "reviews_wanted": project.reviews_wanted,
    }


def _batch(one: BatchCount) -> Mapping[str, Any]:
    return {
        "name": one.name,
        "pilot": one.is_pilot,
        "guideline_version": one.guideline_version,
        "claims": one.claims,
    }


def _scale(scale: SchemeRecord) -> Mapping[str, Any]:
    return {
        "scheme": scale.tag,
        "name": scale.name,
        "answers": scale.kind.value,
        "labels": [
            {
                "code": label.code,
                "name": label.name,
                "rank": label.rank,
                "definition": label.definition,
            }
            for label in scale.ever
        ],
    }


def readme(release: Release) -> Iterator[str]:
    """What the archive is, in words, with the questions that its makers still have to answer."""
    project = release.project
    yield f"{project.title}\n{'=' * len(project.title)}\n\n"
    if project.description:
        yield f"{project.description}\n\n"
    yield (
        f"{release.included} checked claims of {release.claims} in the project, with every check\n"
        "that was given of them and the sources on record.\n\n"
        "Files\n-----\n\n"
        "verdicts.csv   one row a claim: its words, who said it, and the verdict; dissent is kept\n"
        "reviews.csv    one row a check, in its last version; reviewers under pseudonyms\n"
        "sources.csv    one row for every use of a source that is on record\n"
        "questions.csv  one row for every answer to a question that a check recorded\n"
        "batches.csv    one row for every claim that is in a batch\n"
        "guidelines-N.md  what the checkers were told, by the version that checks were given under\n"
        "manifest.json  counts, hashes, scales, what is left out and why\n\n"
        "CSV as RFC 4180 has it, UTF-8; times are UTC. A text that a spreadsheet would run begins\n"
        "with an apostrophe.\n\n"
        "Left out\n--------\n\n"
    )
    for reason, number in release.left_out.items():
        yield f"{number:>8}  {reason.value}: {WHY[reason]}\n"
    for loss in release.losses:
        yield f"{loss.number:>8}  {loss.what} ({loss.file})\n"
    yield QUESTIONS


QUESTIONS = """
Datasheet
---------

To be answered by whoever hands this out, before it leaves:

1. Why was it made, by whom, and who paid for it?
2. How were the claims chosen, from which articles, of which time and languages? What is missing?
3. Who checked: how many people, how were they trained, what were they paid?
4. How far did they agree? (manifest.json has the counts, reviews.csv every single answer.)
5. Which people are named in it, and may they be? Rationales are as their writers wrote them.
6. What may it be used for, what not, and under which licence?
7. Who keeps it, where are errors reported, and will there be another version?
"""

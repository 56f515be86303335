"""Taking all saved copies of a project out, as one WARC file or as WACZ."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlmodel import Session

from app import __version__
from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.ids import now
from app.exporters import wacz, warc
from app.storage.copy_files import copy_files, held_back_copies
from app.storage.projects import by_id

# The names of the formats with their media types.
ARCHIVES = {warc.NAME: warc.MEDIA_TYPE, wacz.NAME: wacz.MEDIA_TYPE}


def archive_chunks(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    name: str,
    watch: Callable[[Iterable[Any]], Iterable[Any]] = lambda rows: rows,
) -> Iterator[bytes]:
    """All saved copies in chunks, one copy at a time; the session must read at one instant.

    Raises:
        Missing, NotAllowed: no leave, no such format, or the actor could still check a claim blind;
            before the first chunk.
    """
    if name not in ARCHIVES:
        raise Missing("format.unknown", name=name, known=", ".join(ARCHIVES))
    copies = watch(copy_files(session, actor, project_id))
    title = by_id(session, project_id).title
    left_out = held_back_copies(session, actor, project_id)
    if name == warc.NAME:
        return warc.write(title, (copy.warc for copy in copies), left_out=left_out)
    program = f"Assay {__version__}"
    return wacz.write(title, copies, left_out=left_out, program=program, at=now())

"""Asking for a look at a page, and bringing one as a file. What comes of a look is in ``looking``."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing, Refused, WrongState
from app.domain.evidence_words import CopyState, CopyWhy
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import SourceRecord
from app.exporters.warc import file_record
from app.extraction.apart import read_apart
from app.extraction.page_text import MEDIA_TYPES, OTHER, kind_of
from app.storage.copies import FETCH
from app.storage.copy_sight import sees_look
from app.storage.locking import locked
from app.storage.page_leave import PAGES, why_not
from app.storage.source_links import link_for
from app.storage.source_uses import may_see_source
from app.storage.tables import CopyBytes, Evidence, Project, SavedCopy, Source
from app.workflow.events import record_event
from app.workflow.jobs import add_job

MATCH = "copy.match"
MAX_NAME = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtFile:
    """A page or a document that somebody brought, read and packed before anything is written."""

    name: str
    media_type: str
    size: int
    sha256: str
    text: str
    title: str
    data: bytes
    at: datetime


def ask_copy(
    session: Session,
    actor: Actor,
    source_id: str,
    *,
    why: CopyWhy,
    run_at: datetime | None = None,
) -> str:
    """Have the page of a source looked at. Answers the public id of the look.

    While one that the actor may know of is under way, it is that one.

    Raises:
        Missing: no such source, or it is not for the actor.
        NotAllowed: no leave.
        WrongState: the source has no address that can be looked at, or is not for publication, or
            its project saves no copies.
    """
    source = _source(session, actor, source_id)
    reason = why_not(session, actor, source)
    if reason is not None:
        raise WrongState(reason)
    pending = session.exec(
        select(SavedCopy.public_id).where(
            SavedCopy.source_id == source.key,
            SavedCopy.state == CopyState.ASKED,
            sees_look(actor),
        )
    ).first()
    return pending or _ask(session, actor, source, why=why, run_at=run_at)


def read_file(data: bytes, name: str) -> BroughtFile:
    """What a file that somebody brings is and says, by its content; its name tells nothing.

    Takes up to half a minute: called before the write begins.

    Raises:
        Invalid: it is empty, neither a page nor a document that can be read, or nothing is in it.
    """
    if not data.strip():
        raise Invalid("copy.empty", field="file")
    kind = kind_of(data)
    if kind == OTHER:
        raise Invalid("copy.kind", field="file")
    try:
        said = read_apart(data, kind=kind)
    except Refused as refusal:
        raise Invalid(refusal.code, field="file") from refusal
    return BroughtFile(
        name=_last_part(name),
        media_type=MEDIA_TYPES[kind],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        text=said.text,
        title=said.title,
        data=data,
        at=now(),
    )


def keep_upload(session: Session, actor: Actor, source_id: str, *, file: BroughtFile) -> str:
    """Keep a page or a document that somebody brought. Answers the public id of the copy.

    The same file brought twice by the same person is kept once.

    Raises:
        Missing: no such source, or it is not for the actor.
        NotAllowed: no leave.
    """
    source = _source(session, actor, source_id)
    sent_before = session.exec(
        select(SavedCopy.public_id).where(
            SavedCopy.source_id == source.key,
            SavedCopy.why == CopyWhy.UPLOADED,
            SavedCopy.created_by_id == actor.person_id,
            SavedCopy.sha256 == file.sha256,
        )
    ).first()
    return sent_before or _keep(session, actor, source, file)


def _keep(session: Session, actor: Actor, source: Source, file: BroughtFile) -> str:
    row = SavedCopy(
        project_id=source.project_id,
        source_id=source.key,
        why=CopyWhy.UPLOADED,
        state=CopyState.SAVED,
        file_name=file.name or None,
        **{name: getattr(file, name) for name in ("media_type", "size", "sha256", "title", "text")},
        text_sha256=text_hash(file.text),
        ended_at=now(),
        created_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    url = link_for(source, actor.person_id) or f"urn:assay:source:{source.public_id}"
    warc = file_record(file.data, url=url, media_type=file.media_type, at=file.at)
    session.add(CopyBytes(copy_id=row.key, warc=warc))
    _tell(session, actor, source, row, sha256=file.sha256)
    ask_match(session, source.public_id, row.public_id)
    return row.public_id


def after_linking(session: Session, actor: Actor, project_id: int, version_id: int) -> None:
    """Ask for copies of the pages that a version of a check links, and have its quotes looked for.

    Called in the transaction that links them; twice is once. Pages are looked at only where the
    project saves copies, and none that is not for publication: whoever runs such a page would see
    that the desk opened it. What each is, this version says: others may have called it otherwise.
    A look that failed is as good as none.
    """
    saves = session.get_one(Project, project_id).saves_copies
    version = str(version_id)
    for source, uses in _linked(session, version_id):
        is_page = source.url is not None and any(kind in PAGES for kind, _record in uses)
        is_open = all(record is not SourceRecord.NOT_FOR_PUBLICATION for _kind, record in uses)
        looks = session.exec(
            select(SavedCopy.id)
            .where(
                SavedCopy.source_id == source.key,
                SavedCopy.state != CopyState.FAILED,
                sees_look(actor),
            )
            .limit(1)
        ).first()
        if saves and is_page and is_open and looks is None:
            _ask(session, actor, source, why=CopyWhy.LINKED)
        if saves or looks is not None:
            ask_match(session, source.public_id, version)


def _linked(session: Session, version_id: int) -> list[tuple[Source, list[tuple[str, str]]]]:
    """The sources of a version of a check, each with what the version says that it is."""
    query = (
        select(Source, Evidence.kind, Evidence.record)
        .join(Evidence, col(Evidence.source_id) == col(Source.id))
        .where(Evidence.review_version_id == version_id)
        .order_by(col(Source.id))
    )
    found: dict[int, tuple[Source, list[tuple[str, str]]]] = {}
    for source, kind, record in session.exec(query):
        found.setdefault(source.key, (source, []))[1].append((kind, record))
    return list(found.values())


def ask_match(session: Session, source_id: str, cause: str) -> None:
    """Have the quotes of a source's uses looked for; once for each version or copy that asks it."""
    add_job(session, MATCH, {"source": source_id}, same_as=f"{MATCH}:{source_id}:{cause}")


def text_hash(text: str) -> str | None:
    """The hash of a copy's text; None where there is none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None


def _source(session: Session, actor: Actor, source_id: str) -> Source:
    """A source that the actor may see and bring copies of, locked."""
    found = session.exec(select(Source).where(Source.public_id == source_id)).first()
    if found is None:
        raise Missing("source.missing")
    ask_leave(actor, Action.COPY_ADD, found.project_id)
    source = locked(session, Source, source_id)
    if source.erased_at is not None or not may_see_source(session, actor, source_id):
        raise Missing("source.missing")
    return source


def _ask(
    session: Session,
    actor: Actor,
    source: Source,
    *,
    why: CopyWhy,
    run_at: datetime | None = None,
) -> str:
    row = SavedCopy(
        project_id=source.project_id,
        source_id=source.key,
        why=why,
        url=link_for(source, actor.person_id),
        created_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    same_as = f"{FETCH}:{row.public_id}"
    add_job(session, FETCH, {"copy": row.public_id}, run_at=run_at, same_as=same_as)
    _tell(session, actor, source, row)
    return row.public_id


def _tell(
    session: Session, actor: Actor, source: Source, row: SavedCopy, *, sha256: str | None = None
) -> None:
    record_event(
        session,
        actor,
        Action.COPY_ADD,
        noun="copy",
        thing=row.public_id,
        project_id=source.project_id,
        source=source.public_id,
        why=row.why.value,
        sha256=sha256,
    )
    session.flush()


def _last_part(name: str) -> str:
    """A file's name without the folders that a browser may send before it."""
    return "".join(filter(str.isprintable, name.replace("\\", "/").rpartition("/")[2]))[:MAX_NAME]

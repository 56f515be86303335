"""Looking at pages that are linked, and finding quotes in what they say."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from app.domain.actors import SYSTEM
from app.domain.errors import Refused
from app.domain.evidence_words import CopyWhy
from app.domain.fetched import Fetched
from app.domain.ids import now
from app.domain.quotes import CopyText, Place
from app.exporters.warc import page_records
from app.extraction.apart import read_apart
from app.extraction.page_text import MEDIA_TYPES, OTHER, PageText, kind_of
from app.fetching.pages import fetch
from app.jobs.desk import Desk
from app.storage.copies import FETCH
from app.storage.copy_work import due_sources, lost_looks, quotes_of, to_fetch, to_find
from app.workflow.copies import ask_copy
from app.workflow.jobs import most_attempts
from app.workflow.looking import Look, fail_copy, finish_copy, keep_places

# What may be better in a minute; everything else ends a look at once.
PASSING = frozenset({"fetch.timeout", "fetch.unreachable", "fetch.cut-off", "copy.server"})
OFF = "copy.off"
GONE = frozenset({404, 410})
BUSY = 429
# How many pages are looked at anew in a minute, and how far apart.
RECHECKED = 20
BETWEEN = timedelta(seconds=3)
# A look that nothing has come of for so long, and that no job is at, was given up.
LONGEST = timedelta(minutes=10)


def fetch_copy(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Look at one page; done twice, it adds nothing.

    What may pass is raised, so that the job is tried again after a pause, until its last attempt.
    """
    public_id = str(payload["copy"])
    with desk.database.reading() as session:
        wanted = to_fetch(session, public_id)
        quotes = [] if wanted is None else quotes_of(session, wanted.source_id)
    if wanted is None:
        return
    if wanted.is_off:
        with desk.database.write() as session:
            fail_copy(session, public_id, error=OFF)
        return
    try:
        look = _seen(fetch(wanted.url, desk.settings.fetch), quotes)
    except Refused as refusal:
        if refusal.code in PASSING and wanted.attempt < most_attempts(FETCH):
            raise
        with desk.database.write() as session:
            fail_copy(session, public_id, error=refusal.code, status=_status(refusal))
        return
    with desk.database.write() as session:
        finish_copy(session, public_id, look=look)


def match_quotes(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Look for the quotes of a source's uses in its newest copies; done twice, it adds nothing."""
    with desk.database.reading() as session:
        wanted = to_find(session, str(payload["source"]))
    for one in wanted:
        places = _places(one.text, one.quotes)
        with desk.database.write() as session:
            keep_places(session, one.copy_id, places)


def recheck_pages(desk: Desk) -> None:
    """Ask for a look at the pages whose time has come, some at a time and one after the other."""
    with desk.database.reading() as session:
        due = due_sources(session, limit=RECHECKED)
    for number, source_id in enumerate(due):
        # Erased meanwhile, or held back: the pages behind it have their turn all the same.
        with suppress(Refused), desk.database.write() as session:
            ask_copy(
                session,
                SYSTEM,
                source_id,
                why=CopyWhy.SCHEDULED,
                run_at=now() + number * BETWEEN,
            )


def end_lost_looks(desk: Desk) -> None:
    """End the looks whose jobs were given up, each for itself."""
    with desk.database.reading() as session:
        lost = lost_looks(session, before=now() - LONGEST)
    for public_id in lost:
        with desk.database.write() as session:
            fail_copy(session, public_id, error="copy.lost")


def _seen(fetched: Fetched, quotes: Iterable[tuple[int, str]]) -> Look:
    """What there is to keep of a page that was fetched.

    Raises:
        Refused: its server answered with an error, or does not hand it out.
    """
    status = fetched.status
    if status == BUSY or status >= 500:
        raise Refused("copy.server", status=status)
    is_gone = status in GONE
    if not (is_gone or 200 <= status < 300):
        raise Refused("copy.refused", status=status)
    kind = kind_of(fetched.body, fetched.media_type)
    page, error = (PageText(""), None) if is_gone or kind == OTHER else _read(fetched, kind)
    return Look(
        final_url=fetched.final_url,
        status=status,
        media_type=fetched.media_type or MEDIA_TYPES[kind],
        size=len(fetched.body),
        sha256=hashlib.sha256(fetched.body).hexdigest(),
        warc=page_records(fetched, at=now()),
        text=page.text,
        title=page.title,
        is_gone=is_gone,
        error=error,
        places=_places(page.text, quotes) if page.text else {},
    )


def _read(fetched: Fetched, kind: str) -> tuple[PageText, str | None]:
    """What a page says, or the code of why that cannot be read."""
    try:
        return read_apart(fetched.body, kind=kind, charset=fetched.charset), None
    except Refused as refusal:
        return PageText(""), refusal.code


def _places(text: str, quotes: Iterable[tuple[int, str]]) -> dict[int, Place]:
    copy = CopyText(text)
    return {key: copy.place(quote) for key, quote in quotes}


def _status(refusal: Refused) -> int | None:
    status = refusal.values.get("status")
    return status if isinstance(status, int) else None

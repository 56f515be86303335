"""All saved copies of a project as one file."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action
from app.exporters import wacz, warc
from app.storage.session import Database
from app.web.transactions import database
from app.workflow.archiving import ARCHIVES, archive_chunks

if TYPE_CHECKING:
    from sqlmodel import Session

SANDBOX = "default-src 'none'; sandbox"


def install(blueprint: Blueprint) -> None:
    """Give the files their addresses."""
    blueprint.add_url_rule(f"/{warc.NAME}", view_func=copies_warc)
    blueprint.add_url_rule(f"/{wacz.NAME}", view_func=copies_wacz)


@needs(Action.REVIEW_SEE_ALL)
def copies_warc(slug: str) -> ResponseReturnValue:
    """What went over the wire, of every copy."""
    return _answer(slug, warc.NAME)


@needs(Action.REVIEW_SEE_ALL)
def copies_wacz(slug: str) -> ResponseReturnValue:
    """The same with an index and a list of pages, for programs that show archived pages."""
    return _answer(slug, wacz.NAME)


def _answer(slug: str, name: str) -> Response:
    ask = partial(
        archive_chunks, actor=identity.actor(), project_id=identity.project().id, name=name
    )
    # Asked once without reading on: a refusal is a page, not a file that breaks off.
    with database().reading() as session:
        ask(session)
    response = Response(_read(database(), ask), content_type=ARCHIVES[name])
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _read(source: Database, ask: "Callable[[Session], Iterator[bytes]]") -> Iterator[bytes]:
    """A file, read in one transaction of its own, which ends with the last byte or the reader."""
    with source.streaming() as session:
        yield from ask(session)

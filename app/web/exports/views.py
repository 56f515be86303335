"""Taking files out: leave is asked before the first byte, rows are streamed after it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain import releases
from app.domain.comments import TalkFilter
from app.domain.permissions import Action, ask_leave, may
from app.domain.replies import ReplyFilter
from app.exporters.exporter import OF_CLAIMS, Exporter, Records
from app.exporters.registry import EXPORTERS, exporter_named
from app.storage import exports
from app.storage.amendments import amendment_rows
from app.storage.articles import article_rows
from app.storage.asked_claims import asked_claims, question_rows
from app.storage.batches import batch_rows, batches_of
from app.storage.claim_groups import group_rows
from app.storage.claim_queries import claim_query
from app.storage.comment_rows import comment_rows
from app.storage.corrections import correction_rows
from app.storage.findings import published_findings
from app.storage.gate_rows import gate_rows
from app.storage.gold import gold_rows
from app.storage.publications import publication_rows
from app.storage.replies import reply_rows
from app.storage.session import Database
from app.web.exports import archives
from app.web.transactions import database, db
from app.workflow.releasing import release_chunks

blueprint = Blueprint("exports", __name__, url_prefix="/projects/<slug>/exports")
archives.install(blueprint)

# Which question gives a format its rows: a session, who asks, the project's key.
QUESTIONS: Mapping[Records, Callable[..., Iterator[Any]]] = {
    Records.VERDICTS: exports.verdict_rows,
    Records.REVIEWS: exports.review_rows,
    Records.SOURCES: exports.source_rows,
    Records.QUESTIONS: question_rows,
    Records.ASKED_CLAIMS: asked_claims,
    Records.ARTICLES: article_rows,
    Records.REPLIES: reply_rows,
    Records.PUBLICATIONS: publication_rows,
    Records.CORRECTIONS: correction_rows,
    Records.GROUPS: group_rows,
    Records.BATCHES: batch_rows,
    Records.FINDINGS: published_findings,
    Records.COMMENTS: comment_rows,
    Records.GOLD: gold_rows,
    Records.AMENDMENTS: amendment_rows,
    Records.GATES: gate_rows,
}
# The rows in which people can be named instead of standing under a pseudonym.
NAMING = frozenset(
    {Records.REVIEWS, Records.COMMENTS, Records.GOLD, Records.AMENDMENTS, Records.GATES}
)
# How many of those that are left out a header names.
MOST_NAMED = 50


@blueprint.get("/")
@needs(Action.EXPORT_TAKE)
def index(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The formats, and what each holds."""
    actor, project = identity.actor(), identity.project()
    return render_template(
        "exports/index.html",
        project=project,
        exporters=[one for one in EXPORTERS.values() if may(actor, one.leave, project.id)],
        naming=NAMING,
        may_name=may(actor, Action.PROJECT_MANAGE, project.id),
        may_release=may(identity.actor(), Action.GOLD_SET, project.id),
        may_take_copies=may(actor, Action.REVIEW_SEE_ALL, project.id),
        batches=batches_of(db(), project.id),
    )


@blueprint.get(f"/{releases.NAME}")
@needs(Action.GOLD_SET)
def release(slug: str) -> ResponseReturnValue:
    """A data set to hand out: what is settled, without pilots unless ``?pilots=1`` asks for them."""
    actor, project = identity.actor(), identity.project()
    asked = claim_query(db(), actor, project, request.args)
    chunks = partial(
        release_chunks,
        actor=actor,
        project_id=project.id,
        asked=asked,
        with_pilots=request.args.get("pilots") == "1",
    )
    response = Response(_read(database(), chunks), content_type=releases.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{releases.NAME}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/<name>")
@needs(Action.EXPORT_TAKE)
def take(slug: str, name: str) -> ResponseReturnValue:
    """One file, of the claims that the address asks for as the list of claims does.

    Rows that are not of claims alone can be asked for by ``?batch=`` of all its words.

    ``?names=1`` writes people's names where there would be pseudonyms, ``?mine=1`` only my checks,
    ``?show=awaited`` or ``?show=open`` only what the list of replies or comments shows so.
    """
    exporter = exporter_named(name)
    actor, project = identity.actor(), identity.project()
    ask_leave(actor, exporter.leave, project.id)
    options = _options(exporter.records)
    rows = partial(QUESTIONS[exporter.records], actor=actor, project_id=project.id, **options)
    chunks = _chunks(database(), exporter, rows)
    response = Response(chunks, content_type=exporter.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    if exporter.left_out is not None:
        response.headers["X-Assay-Left-Out"] = _left_out(exporter, rows)
    return response


def _left_out(exporter: Exporter[Any], rows: Callable[[Any], Iterator[Any]]) -> str:
    """How many rows the format has no place for, and the first of them with the reasons."""
    reason = exporter.left_out or (lambda _row: None)
    with database().reading() as session:
        named = [one for one in map(reason, rows(session)) if one is not None]
    told = (f"{one.thing} {' '.join(one.codes)}" for one in named[:MOST_NAMED])
    return ", ".join([str(len(named)), *told])


def _options(records: Records) -> dict[str, Any]:
    """What the address asks for beside the format."""
    actor, project = identity.actor(), identity.project()
    options: dict[str, Any] = {}
    if request.args.get("names") == "1":
        ask_leave(actor, Action.PROJECT_MANAGE, project.id)
        if records in NAMING:
            options["names"] = True
    asked = claim_query(db(), actor, project, request.args).wanted
    options |= {"wanted": asked} if records in OF_CLAIMS else {"batch_id": asked.batch_id}
    if records is Records.REVIEWS and request.args.get("mine") == "1":
        options["mine"] = True
    if records is Records.REPLIES and request.args.get("show") in set(ReplyFilter):
        options["wanted"] = ReplyFilter(request.args["show"])
    if records is Records.COMMENTS and request.args.get("show") in set(TalkFilter):
        options["wanted"] = TalkFilter(request.args["show"])
    return options


def _chunks(
    source: Database, exporter: Exporter[Any], rows: Callable[[Any], Iterator[Any]]
) -> Iterator[str]:
    return _read(source, lambda session: exporter.write(rows(session)))


def _read(source: Database, write: Callable[[Any], Iterator[Any]]) -> Iterator[Any]:
    """A file, read in one transaction of its own, which ends with the last byte or the reader."""
    with source.streaming() as session:
        yield from write(session)

"""Questions about claims, and how one person stands to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    literal_column,
    or_,
)
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import Standing
from app.domain.claim_parts import AdditionRecord, HopRecord, QuantityRecord
from app.domain.errors import Missing
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.storage.bars import is_known, shut_claims
from app.storage.driver import rows_of
from app.storage.kept import CLAIMS, ME
from app.storage.tables import (
    Agent,
    Article,
    Claim,
    ClaimRound,
    ClaimTag,
    Hop,
    ImportRun,
    Quantity,
    Review,
    Round,
)

PLAIN = (
    "public_id",
    "project_id",
    "text",
    "state",
    "quote",
    "start",
    "end",
    "context",
    "checkworthiness",
    "priority",
    "due_at",
    "said_on",
    "seen_at_url",
    "selection_reason",
    "published_url",
    "external_id",
    "picked_at",
    "quote_translation",
    "translated_by",
    "put_off_at",
    "chain_confirmed_at",
    "version",
    "created_at",
)

UNFINISHED_RUN = "import_run.state <> 'finished'"
FIGURE = tuple(part.name for part in fields(QuantityRecord))


def visible() -> ColumnElement[bool]:
    """Claims made here, and those of finished imports."""
    return of_finished_imports(Claim.import_run_id)


def in_batch(batch_id: int | None) -> list[ColumnElement[bool]]:
    """What must hold of claims that are wanted of one batch only, or of all if it is None."""
    return [] if batch_id is None else [col(Claim.batch_id) == batch_id]


def of_finished_imports(run: int | None) -> ColumnElement[bool]:
    """Rows of a table, told by their column of import runs, that were made here or came in whole."""
    # Written out, so that the database sees the partial index: few runs are not finished.
    others = select(ImportRun.id).where(literal_column(UNFINISHED_RUN))
    return or_(col(run).is_(None), col(run).not_in(others))


def claim(session: Session, actor: Actor, public_id: str) -> ClaimRecord:
    """One claim with who said it and its figures.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    row = session.exec(select(Claim).where(Claim.public_id == public_id, visible())).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.project_id):
        raise Missing("claim.missing")
    return records(session, [row])[0]


def claim_by_id(session: Session, claim_id: int) -> ClaimRecord:
    """One claim by its integer key, for a caller that has leave already."""
    return records(session, [session.get_one(Claim, claim_id)])[0]


def records(session: Session, rows: Sequence[Claim]) -> list[ClaimRecord]:
    """Claims with hops, figures, tags and articles: four questions, however many claims.

    A fifth where one of them was joined to another.
    """
    keys = [row.key for row in rows]
    hops = hops_of(session, keys)
    figures = quantities_of(session, keys)
    tags = tags_of(session, keys)
    articles = _articles_of(session, {row.article_id for row in rows if row.article_id})
    into = _names_of(session, {row.merged_into_id for row in rows if row.merged_into_id})
    return [
        claim_record(
            row,
            articles.get(row.article_id or 0),
            hops.get(row.key, ()),
            quantities=figures.get(row.key, ()),
            tags=tags.get(row.key, ()),
            merged_into=into.get(row.merged_into_id or 0),
        )
        for row in rows
    ]


def claim_record(
    row: Claim,
    article: Article | None,
    hops: Sequence[HopRecord],
    *,
    quantities: Sequence[QuantityRecord],
    tags: Sequence[str],
    merged_into: str | None,
) -> ClaimRecord:
    """A claim as pages and verbs need it, with what belongs to it."""
    return ClaimRecord(
        id=row.key,
        **{name: getattr(row, name) for name in PLAIN},
        # A claim that was found in an article is in its language, unless somebody said otherwise.
        language=row.language or (article.language if article else None),
        reasons=tuple(row.reasons),
        against=tuple(row.against),
        scored_with=row.scored_with,
        extractor=row.extractor,
        kinds=tuple(row.kinds),
        grounds=tuple((ground["kind"], ground["words"]) for ground in row.grounds),
        marks=tuple(row.marks),
        additions=_additions(row.additions),
        tags=tuple(tags),
        article_id=article.public_id if article else None,
        article_title=article.title if article else None,
        article_publisher=article.publisher if article else None,
        article_published=article.published if article else None,
        hops=tuple(hops),
        quantities=tuple(quantities),
        merged_into=merged_into,
        snapshot_id=row.snapshot_id,
    )


def _additions(written: Sequence[Mapping[str, Any]]) -> tuple[AdditionRecord, ...]:
    return tuple(
        AdditionRecord(int(one["start"]), int(one["end"]), str(one["instead_of"]))
        for one in written
    )


def joined_to(session: Session, claim_id: int) -> list[ClaimRecord]:
    """The claims that were joined to one, in reading order."""
    query = select(Claim).where(Claim.merged_into_id == claim_id)
    return records(session, session.exec(query.order_by(col(Claim.start), col(Claim.id))).all())


def name_of(session: Session, claim_id: int) -> str | None:
    """The public id of a claim."""
    return _names_of(session, [claim_id]).get(claim_id)


def _names_of(session: Session, keys: Collection[int]) -> dict[int, str]:
    """The public ids of some claims."""
    if not keys:
        return {}
    rows = session.exec(select(Claim.id, Claim.public_id).where(col(Claim.id).in_(keys)))
    return {key or 0: name for key, name in rows}


def hops_of(session: Session, claim_ids: Collection[int]) -> dict[int, list[HopRecord]]:
    """The attribution chains of some claims, nearest the reader first."""
    found: dict[int, list[HopRecord]] = {}
    for claim_id, *hop in _of_claims(session, _hops(), claim_ids):
        found.setdefault(claim_id, []).append(HopRecord(*hop))
    return found


@cache
def _hops() -> Executable:
    """The chains of some claims; the facts are those of a record, in its order."""
    facts = (
        *(Hop.claim_id, Hop.id, Agent.name, Agent.kind, Agent.is_named, Hop.cue, Hop.mode),
        *(Hop.url, Hop.said_on, Hop.is_seen, Hop.ends_because, Agent.public_id, Agent.role),
        *(Agent.party, Agent.same_as, Hop.start, Hop.end),
    )
    return (
        columns(*map(col, facts))
        .join(Agent, col(Agent.id) == col(Hop.agent_id))
        .join(
            Claim,
            (col(Claim.id) == col(Hop.claim_id)) & (col(Claim.version) == col(Hop.claim_version)),
        )
        .where(col(Hop.claim_id).in_(CLAIMS))
        .order_by(col(Hop.claim_id), col(Hop.position))
    )


def _of_claims(session: Session, question: Executable, claim_ids: Collection[int]) -> Iterable[Any]:
    return rows_of(session, question, {"claims": list(claim_ids)})


def tags_of(session: Session, claim_ids: Collection[int]) -> dict[int, list[str]]:
    """What some claims are filed under, in the order in which it was given."""
    found: dict[int, list[str]] = {}
    for claim_id, tag in _of_claims(session, _tags(), claim_ids):
        found.setdefault(claim_id, []).append(tag)
    return found


@cache
def _tags() -> Executable:
    facts = columns(*map(col, (ClaimTag.claim_id, ClaimTag.tag)))
    return facts.where(col(ClaimTag.claim_id).in_(CLAIMS)).order_by(col(ClaimTag.id))


def quantities_of(session: Session, keys: Collection[int]) -> dict[int, list[QuantityRecord]]:
    """The figures that some claims state, in their order."""
    found: dict[int, list[QuantityRecord]] = {}
    for claim_id, *figure in _of_claims(session, _figures(), keys):
        found.setdefault(claim_id, []).append(QuantityRecord(*figure))
    return found


@cache
def _figures() -> Executable:
    facts = columns(col(Quantity.claim_id), *(col(getattr(Quantity, name)) for name in FIGURE))
    order = (col(Quantity.claim_id), col(Quantity.position))
    return facts.where(col(Quantity.claim_id).in_(CLAIMS)).order_by(*order)


def _articles_of(session: Session, keys: Collection[int]) -> dict[int, Article]:
    if not keys:
        return {}
    return {row.key: row for row in session.exec(select(Article).where(col(Article.id).in_(keys)))}


def claims_of_snapshot(session: Session, snapshot_id: int) -> list[ClaimRecord]:
    """The claims of one text in reading order, dropped ones too."""
    query = (
        select(Claim)
        .where(Claim.snapshot_id == snapshot_id, visible())
        .order_by(col(Claim.start), col(Claim.id))
    )
    return records(session, session.exec(query).all())


def standings(session: Session, actor: Actor, claim_ids: Sequence[int]) -> dict[int, Standing]:
    """How the actor stands to each claim, by the claim's key: four questions for all."""
    if not claim_ids:
        return {}
    mine, bars = _mine(session, actor, claim_ids)
    rounds = _rounds(session, claim_ids)
    found: dict[int, Standing] = {}
    for key, project_id, state, known in _of_claims(session, _states(), claim_ids):
        is_blind, wants_more = rounds.get(key, (False, False))
        found[key] = Standing(
            round_is_blind=is_blind,
            is_settled=state is ClaimState.SETTLED,
            wants_more=wants_more,
            may_review=may(actor, Action.REVIEW_TAKE, project_id),
            is_barred=key in bars,
            has_submitted=key in mine,
            is_secret=known and not may(actor, Action.GOLD_SET, project_id),
        )
    return found


@cache
def _states() -> Executable:
    facts = map(col, (Claim.id, Claim.project_id, Claim.state))
    return columns(*facts, is_known(col(Claim.id))).where(col(Claim.id).in_(CLAIMS))


def _rounds(session: Session, claim_ids: Sequence[int]) -> dict[int, tuple[bool, bool]]:
    """By claim, of its current round: whether it is blind, and whether it wants more checks."""
    entries = _of_claims(session, _entries(), claim_ids)
    return {key: (is_blind, done < wanted) for key, done, wanted, is_blind in entries}


@cache
def _entries() -> Executable:
    """The rounds that some claims are or were in, each with the last one behind the others."""
    facts = (ClaimRound.claim_id, ClaimRound.reviews_done, ClaimRound.reviews_wanted)
    return (
        columns(*map(col, facts), col(Round.is_blind))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(col(ClaimRound.claim_id).in_(CLAIMS))
        .order_by(col(ClaimRound.id))
    )


def standing(session: Session, actor: Actor, claim_id: int) -> Standing:
    """How the actor stands to one claim."""
    return standings(session, actor, [claim_id])[claim_id]


def _mine(session: Session, actor: Actor, keys: Sequence[int]) -> tuple[set[int], set[int]]:
    """Of some claims, those that the actor has answered, and those closed to them for good."""
    if actor.person_id is None:
        return set(), set()
    answered = rows_of(session, _answered(), {"claims": list(keys), "me": actor.person_id})
    return {key for (key,) in answered}, shut_claims(session, actor, keys)


@cache
def _answered() -> Executable:
    return columns(col(Review.claim_id)).where(
        col(Review.claim_id).in_(CLAIMS),
        col(Review.reviewer_id) == ME,
        col(Review.submitted_version) > 0,
    )


def round_counts(session: Session, claim_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Reviews done and wanted of each claim that is in a round; not for the blind."""
    # The last round of each claim is the one that it is in.
    entries = _of_claims(session, _entries(), claim_ids)
    return {key: (done, wanted) for key, done, wanted, _is_blind in entries}


def agent_names(session: Session, project_id: int, *, limit: int = 200) -> Sequence[str]:
    """Names that claims of a project are attributed to, for offering while typing."""
    return session.exec(
        select(Agent.name)
        .where(Agent.project_id == project_id, col(Agent.merged_into_id).is_(None))
        .order_by(col(Agent.name))
        .limit(limit)
    ).all()

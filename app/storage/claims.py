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
from app.storage.aliases import alias_of
from app.storage.among import among
from app.storage.bars import is_known, shut_claims
from app.storage.driver import rows_of
from app.storage.kept import ME
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
    "scored_with",
    "extractor",
    "snapshot_id",
)
LISTS = ("reasons", "against", "kinds", "marks", "grounds", "additions")
FACTS = ("id", *PLAIN, "language", *LISTS)
OF_ARTICLE = ("public_id", "title", "publisher", "published", "language")
NO_ARTICLE = (None,) * len(OF_ARTICLE)

# A question for claims is one for their keys; ``records`` asks for all the rest.
KEY: Any = col(Claim.id)

_into = alias_of(Claim, "id", "public_id")

UNFINISHED_RUN = "import_run.state <> 'finished'"
FIGURE = tuple(part.name for part in fields(QuantityRecord))

# Checks done and wanted, and whether others' answers are kept back.
InRound = tuple[int, int, bool]
NO_ROUND: InRound = (0, 0, False)


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
    query = select(Claim.id, Claim.project_id).where(Claim.public_id == public_id, visible())
    row = session.exec(query).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row[1]):
        raise Missing("claim.missing")
    return records(session, [row[0] or 0])[0]


def claim_by_id(session: Session, claim_id: int) -> ClaimRecord:
    """One claim by its integer key, for a caller that has leave already."""
    return records(session, [claim_id])[0]


def records(session: Session, keys: Sequence[int]) -> list[ClaimRecord]:
    """Claims by their keys, in this order, with what belongs to them: four questions for all."""
    if not keys:
        return []
    hops = hops_of(session, keys)
    figures = quantities_of(session, keys)
    tags = tags_of(session, keys)
    found = {}
    for row in _of_claims(session, _facts(), keys):
        facts = dict(zip(FACTS, row, strict=False))
        key = facts["id"]
        found[key] = claim_record(
            facts,
            row[len(FACTS) : -1],
            hops.get(key, ()),
            quantities=figures.get(key, ()),
            tags=tags.get(key, ()),
            merged_into=row[-1],
        )
    return [found[key] for key in keys]


@cache
def _facts() -> Executable:
    """Some claims, the article of each, and the name of the one that it was joined to."""
    of_claim = (col(getattr(Claim, name)) for name in FACTS)
    of_article = (col(getattr(Article, name)) for name in OF_ARTICLE)
    return (
        columns(*of_claim, *of_article, col(_into.public_id))
        .outerjoin(Article, col(Article.id) == col(Claim.article_id))
        .outerjoin(_into, col(_into.id) == col(Claim.merged_into_id))
        .where(among(Claim.id))
    )


def claim_record(
    facts: Mapping[str, Any],
    article: Sequence[str | None],
    hops: Sequence[HopRecord],
    *,
    quantities: Sequence[QuantityRecord],
    tags: Sequence[str],
    merged_into: str | None,
) -> ClaimRecord:
    """A claim as pages and verbs need it, with what belongs to it.

    ``facts`` has at least ``FACTS`` by their names, ``article`` ``OF_ARTICLE`` in their order.
    """
    article_id, title, publisher, published, language = article
    return ClaimRecord(
        id=facts["id"],
        **{name: facts[name] for name in PLAIN},
        reasons=tuple(facts["reasons"]),
        against=tuple(facts["against"]),
        kinds=tuple(facts["kinds"]),
        marks=tuple(facts["marks"]),
        # A claim that was found in an article is in its language, unless somebody said otherwise.
        language=facts["language"] or language,
        grounds=tuple([(ground["kind"], ground["words"]) for ground in facts["grounds"]]),
        additions=_additions(facts["additions"]),
        tags=tuple(tags),
        article_id=article_id,
        article_title=title,
        article_publisher=publisher,
        article_published=published,
        hops=tuple(hops),
        quantities=tuple(quantities),
        merged_into=merged_into,
    )


def _additions(written: Sequence[Mapping[str, Any]]) -> tuple[AdditionRecord, ...]:
    return tuple(
        [
            AdditionRecord(int(one["start"]), int(one["end"]), str(one["instead_of"]))
            for one in written
        ]
    )


def joined_to(session: Session, claim_id: int) -> list[ClaimRecord]:
    """The claims that were joined to one, in reading order."""
    query = select(KEY).where(Claim.merged_into_id == claim_id)
    return records(session, session.exec(query.order_by(col(Claim.start), col(Claim.id))).all())


def name_of(session: Session, claim_id: int) -> str | None:
    """The public id of a claim."""
    return session.exec(select(Claim.public_id).where(Claim.id == claim_id)).first()


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
        .where(among(Hop.claim_id))
        .order_by(col(Hop.claim_id), col(Hop.position))
    )


def _of_claims(session: Session, question: Executable, claim_ids: Collection[int]) -> Iterable[Any]:
    return rows_of(session, question, {"keys": tuple(claim_ids)})


def tags_of(session: Session, claim_ids: Collection[int]) -> dict[int, list[str]]:
    """What some claims are filed under, in the order in which it was given."""
    found: dict[int, list[str]] = {}
    for claim_id, tag in _of_claims(session, _tags(), claim_ids):
        found.setdefault(claim_id, []).append(tag)
    return found


@cache
def _tags() -> Executable:
    facts = columns(*map(col, (ClaimTag.claim_id, ClaimTag.tag)))
    return facts.where(among(ClaimTag.claim_id)).order_by(col(ClaimTag.id))


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
    return facts.where(among(Quantity.claim_id)).order_by(*order)


def claims_of_snapshot(session: Session, snapshot_id: int) -> list[ClaimRecord]:
    """The claims of one text in reading order, dropped ones too."""
    query = (
        select(KEY)
        .where(Claim.snapshot_id == snapshot_id, visible())
        .order_by(col(Claim.start), col(Claim.id))
    )
    return records(session, session.exec(query).all())


def standings(session: Session, actor: Actor, claim_ids: Sequence[int]) -> dict[int, Standing]:
    """How the actor stands to each claim, by the claim's key: four questions for all."""
    return standings_in(session, actor, claim_ids, rounds_of_claims(session, claim_ids))


def standings_in(
    session: Session, actor: Actor, claim_ids: Sequence[int], rounds: Mapping[int, InRound]
) -> dict[int, Standing]:
    """The same where the rounds of the claims are known."""
    if not claim_ids:
        return {}
    mine, bars = _mine(session, actor, claim_ids)
    found: dict[int, Standing] = {}
    for key, project_id, state, known in _of_claims(session, _states(), claim_ids):
        done, wanted, is_blind = rounds.get(key, NO_ROUND)
        found[key] = Standing(
            round_is_blind=is_blind,
            is_settled=state is ClaimState.SETTLED,
            wants_more=done < wanted,
            may_review=may(actor, Action.REVIEW_TAKE, project_id),
            is_barred=key in bars,
            has_submitted=key in mine,
            is_secret=known and not may(actor, Action.GOLD_SET, project_id),
        )
    return found


@cache
def _states() -> Executable:
    facts = map(col, (Claim.id, Claim.project_id, Claim.state))
    return columns(*facts, is_known(col(Claim.id))).where(among(Claim.id))


def rounds_of_claims(session: Session, claim_ids: Sequence[int]) -> dict[int, InRound]:
    """By claim, of its current round: the checks done and wanted, and whether it is blind."""
    if not claim_ids:
        return {}
    # The last round of each claim is the one that it is in.
    entries = _of_claims(session, _entries(), claim_ids)
    return {key: (done, wanted, is_blind) for key, done, wanted, is_blind in entries}


@cache
def _entries() -> Executable:
    """The rounds that some claims are or were in, each with the last one behind the others."""
    facts = (ClaimRound.claim_id, ClaimRound.reviews_done, ClaimRound.reviews_wanted)
    return (
        columns(*map(col, facts), col(Round.is_blind))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(among(ClaimRound.claim_id))
        .order_by(col(ClaimRound.id))
    )


def standing(session: Session, actor: Actor, claim_id: int) -> Standing:
    """How the actor stands to one claim."""
    return standings(session, actor, [claim_id])[claim_id]


def _mine(session: Session, actor: Actor, keys: Sequence[int]) -> tuple[set[int], set[int]]:
    """Of some claims, those that the actor has answered, and those closed to them for good."""
    if actor.person_id is None:
        return set(), set()
    answered = rows_of(session, _answered(), {"keys": tuple(keys), "me": actor.person_id})
    return {key for (key,) in answered}, shut_claims(session, actor, keys)


@cache
def _answered() -> Executable:
    return columns(col(Review.claim_id)).where(
        among(Review.claim_id),
        col(Review.reviewer_id) == ME,
        col(Review.submitted_version) > 0,
    )


def round_counts(session: Session, claim_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Reviews done and wanted of each claim that is in a round; not for the blind."""
    rounds = rounds_of_claims(session, claim_ids)
    return {key: (done, wanted) for key, (done, wanted, _is_blind) in rounds.items()}


def agent_names(session: Session, project_id: int, *, limit: int = 200) -> Sequence[str]:
    """Names that claims of a project are attributed to, for offering while typing."""
    return session.exec(
        select(Agent.name)
        .where(Agent.project_id == project_id, col(Agent.merged_into_id).is_(None))
        .order_by(col(Agent.name))
        .limit(limit)
    ).all()

"""The rows of verdicts.csv, a few hundred claims at a time, as far as blindness allows.

The caller's reading session is one transaction, so that all rows are of one instant.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, Text, cast, func, null
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.export_rows import VerdictRow
from app.domain.permissions import Action, ask_leave
from app.domain.records import ProjectRecord
from app.storage.among import Within
from app.storage.blind import kept_back
from app.storage.check_rows import review_reader, review_rows, source_reader, source_rows
from app.storage.claim_blocks import (
    EVERY,
    Block,
    Question,
    Span,
    asking,
    by_first,
    claim_blocks,
    in_utc,
    plain,
)
from app.storage.claim_filters import ALL, ClaimFilter
from app.storage.projects import by_id
from app.storage.scales import vocabulary_of
from app.storage.tables import Agent, Article, Claim, ClaimRound, ClaimTag, Hop, Round, Ruling
from app.storage.verdict_cells import RULED, Ways, checks_of, holds, ruling_columns, verdict_cells

__all__ = [
    "review_reader",
    "review_rows",
    "source_reader",
    "source_rows",
    "verdict_reader",
    "verdict_rows",
]

# As many lists of kinds are kept in mind.
KINDS = 1_024


def verdict_rows(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Iterator[VerdictRow]:
    """One row for every claim of a project that a filter finds, whatever its state.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    return verdict_reader(session, actor, project_id, wanted=wanted)(EVERY)


def verdict_reader(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Callable[[Span], Iterator[VerdictRow]]:
    """What reads the same rows span by span.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    project, ways = by_id(session, project_id), Ways(vocabulary_of(session, project_id))
    query = _claims(sees_all=actor.person_id is None)
    blocks = claim_blocks(session, actor, project_id, wanted=wanted, query=query)

    def read(span: Span) -> Iterator[VerdictRow]:
        for block in blocks(span):
            yield from _verdict_rows(session, actor, project, block, ways=ways)

    return read


def _verdict_rows(
    session: Session, actor: Actor, project: ProjectRecord, block: Block, *, ways: Ways
) -> Iterator[VerdictRow]:
    chains, tags = _names(session, _hops, block), _names(session, _tags, block)
    sees_all, hidden = block.sees_all, kept_back(session, actor, block.keys)
    checks = checks_of(session, actor, block)
    for row in block.rows:
        key, state, its, of_any = row[:4]
        public_id, kinds, worth, language, said_on, due_at, priority, at, external_id = row[19:]
        given, chain = checks.given.get(key, ()), chains.get(key, ())
        ruled = verdict_cells(row[4:11], checks, given, ways)
        wants = (its if key in sees_all else of_any) or project.reviews_wanted
        yield VerdictRow._make(
            (
                *(public_id, project.slug, *row[11:19], chain[-1] if chain else None, chain),
                *(_kinds(kinds), worth, state, *ruled[:RULED]),
                *(f"{len(given)}/{wants}", *ruled[RULED:]),
                *(language, said_on, tags.get(key, ()), in_utc(due_at), priority),
                *(None if key in hidden else at, external_id),
            )
        )


@cache
def _claims(*, sees_all: bool) -> Select[Any]:
    """Of a claim what a row of verdicts tells of itself, what it wants, and the verdict that holds."""
    return (
        asking(
            *(Claim.id, plain(Claim.state)),
            *(_wanted(), null() if sees_all else _wanted_anywhere()),
            *ruling_columns(),
            *(Article.url, Article.title, Article.publisher, Article.published),
            *(Claim.text, Claim.quote, Claim.start, Claim.end),
            *(Claim.public_id, cast(Claim.kinds, Text), Claim.checkworthiness),
            *(Claim.language, Claim.said_on, Claim.due_at, Claim.priority),
            *(Claim.published_url, Claim.external_id),
        )
        .join(Article, col(Article.id) == col(Claim.article_id), isouter=True)
        .join(Ruling, holds(), isouter=True)
    )


def _wanted() -> ScalarSelect[Any]:
    """How many checks a claim wants in the rounds that it is in."""
    asked = asking(func.sum(ClaimRound.reviews_wanted))
    return asked.where(_is_its()).correlate(Claim).scalar_subquery()


def _wanted_anywhere() -> ScalarSelect[Any]:
    """How many any claim of these rounds wants, for who must not know what this one does."""
    asked = asking(func.sum(Round.reviews_wanted))
    its = asked.join(ClaimRound, col(ClaimRound.round_id) == col(Round.id)).where(_is_its())
    return its.correlate(Claim).scalar_subquery()


def _is_its() -> ColumnElement[bool]:
    return col(ClaimRound.claim_id) == col(Claim.id)


@lru_cache(KINDS)
def _kinds(stored: str) -> tuple[str, ...]:
    """The kinds of a claim as they are stored; few lists of them are met again and again."""
    return tuple(json.loads(stored))


def _names(session: Session, question: Question, block: Block) -> dict[int, tuple[str, ...]]:
    """The names that a question finds for each claim, in its order."""
    rows = by_first(session, question, block.keys)
    return {key: tuple([name for _key, name in named]) for key, named in rows.items()}


@cache
def _hops(within: Within) -> Select[Any]:
    """Who said it, nearest the reader first."""
    is_current = (col(Claim.id) == col(Hop.claim_id)) & (
        col(Claim.version) == col(Hop.claim_version)
    )
    return (
        asking(Hop.claim_id, Agent.name)
        .join(Agent, col(Agent.id) == col(Hop.agent_id))
        .join(Claim, is_current)
        .where(within(Hop.claim_id))
        .order_by(col(Hop.claim_id), col(Hop.claim_version), col(Hop.position))
    )


@cache
def _tags(within: Within) -> Select[Any]:
    """What it is filed under, in the order in which it was given."""
    return (
        asking(ClaimTag.claim_id, ClaimTag.tag)
        .where(within(ClaimTag.claim_id))
        .order_by(col(ClaimTag.claim_id), col(ClaimTag.id))
    )

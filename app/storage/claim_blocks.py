"""Claims some hundred at a time, as the exports read them: tuples of the driver, no entities.

A block is asked for by the key of the last claim of the one before, so that no question is open
between two blocks. Every question is put together once and asked of the driver itself: a row of
SQLAlchemy for each of millions took a fifth of an export. So values are as the driver gives them,
and ``in_utc`` is for those that are times.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    select,
    type_coerce,
)
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.words import ClaimState
from app.storage.among import Within, among, within
from app.storage.blind import shows_checks
from app.storage.claim_filters import ClaimFilter, conditions
from app.storage.driver import plain_rows_of
from app.storage.tables import Claim, Review, ReviewVersion

CLAIMS = 500
# A question for some keys, put together once for each way in which they are told.
Question = Callable[[Within], Select[Any]]
AFTER: BindParameter[int] = bindparam("after", type_=BigInteger)
LAST: BindParameter[int] = bindparam("last", type_=BigInteger)
# So many claims of a project are in a span.
SPAN = 1_000


class Span(NamedTuple):
    """The claims whose key is above one, up to another."""

    after: int = 0
    last: int = 2**63 - 1


EVERY = Span()


@dataclass(frozen=True, slots=True)
class Block:
    """Some claims: what was asked of them, and those whose every check the actor may see.

    The first of each row is the key of the claim, the second its state.
    """

    rows: Sequence[Any]
    keys: Sequence[int]
    sees_all: Collection[int]

    @property
    def settled(self) -> list[int]:
        """Those that have a verdict."""
        return [key for key, state, *_ in self.rows if state == ClaimState.SETTLED]


def asking(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any kind
    """A question for some columns as they are, not for entities."""
    return select(*columns)


def plain(column: Any) -> ColumnElement[str]:  # noqa: ANN401 - a column of SQLModel
    """A word as it is stored, which spares looking its member up for every row."""
    return type_coerce(column, String)


def claim_blocks(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter, query: Select[Any]
) -> Callable[[Span], Iterator[Block]]:
    """What reads the claims that a filter finds in a span, in the order of their keys.

    ``query`` tells what of them; it is put together once for all spans.
    """
    query = (
        query.where(*conditions(actor, project_id, wanted))
        .where(col(Claim.id) > AFTER, col(Claim.id) <= LAST)
        .order_by(col(Claim.id))
        .limit(CLAIMS)
    )
    shown = select(col(Claim.id)).where(among(Claim.id), shows_checks(actor))

    def blocks(span: Span) -> Iterator[Block]:
        after, last = span
        while after < last and (
            rows := plain_rows_of(session, query, {"after": after, "last": last})
        ):
            keys = [row[0] for row in rows]
            if actor.person_id is None:
                yield Block(rows, keys, frozenset(keys))
            else:
                seen = plain_rows_of(session, shown, {"keys": keys})
                yield Block(rows, keys, {key for (key,) in seen})
            after = keys[-1]

    return blocks


def spans(session: Session, project_id: int) -> Iterator[Span]:
    """All claims of a project, SPAN of them at a time; the last span has no end."""
    after = 0
    known = {"project": project_id, "before": SPAN - 1}
    while rows := plain_rows_of(session, _ends(), {**known, "after": after}):
        ((last,),) = rows
        yield Span(after, last)
        after = last
    yield Span(after)


@cache
def _ends() -> Select[Any]:
    """The key of the claim that ends a span: a step along the index, always of one length."""
    return (
        asking(Claim.id)
        .where(col(Claim.project_id) == bindparam("project"), col(Claim.id) > AFTER)
        .order_by(col(Claim.id))
        .offset(bindparam("before", type_=BigInteger))
        .limit(1)
    )


def in_utc(value: datetime | str | None) -> datetime | None:
    """A time as a driver gives it: SQLite has text without a zone, which is UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(f"{value}+00:00")
    return value.astimezone(UTC)


def seen_checks(
    session: Session, actor: Actor, block: Block, question: Question
) -> Mapping[int, Sequence[Any]]:
    """The checks of some claims that the actor may see, by claim.

    ``question`` begins with the keys of the claim and of who checked it.
    """
    found = by_first(session, question, block.keys)
    if actor.person_id is None:
        return found
    me, sees_all = actor.person_id, block.sees_all
    return {
        key: checks if key in sees_all else [check for check in checks if check[1] == me]
        for key, checks in found.items()
    }


def is_last() -> ColumnElement[bool]:
    """Whether a version is the last that was submitted of the check of a question's row."""
    return (col(ReviewVersion.review_id) == col(Review.id)) & (
        col(ReviewVersion.number) == col(Review.submitted_version)
    )


def narrowed(question: Question, *conditions: ColumnElement[bool]) -> Question:
    """A question with conditions of its own."""
    return cache(lambda its_keys: question(its_keys).where(*conditions))


def by_first(session: Session, question: Question, keys: Sequence[int]) -> dict[int, list[Any]]:
    """The rows of a question about some things by its first column, their key, which orders it."""
    if not keys:
        return {}
    its_keys, values = within(keys)
    rows = plain_rows_of(session, question(its_keys), values)
    return {key: list(its) for key, its in groupby(rows, itemgetter(0))}

"""Questions about what rests on a source, as far as blindness lets one person know.

A use tells what a check found. The actor knows of their own uses, and of those in checks that are
shown to them on the page of the claim; nothing here is wider than that page. How a source is
described is told in the words of those uses: its own words were written by whoever linked it first,
who may be somebody whose check is kept from the actor. Only who leads, and could check nothing of
the project blind any more, reads the source's own. Whoever noted a page before their check is sent knows that it is there, and
nothing else of it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Executable,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    union_all,
)
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.records import EvidenceRecord
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.among import among
from app.storage.blind import could_be_swayed, shows_checks
from app.storage.claims import records, visible
from app.storage.driver import rows_of
from app.storage.kept import of_reader
from app.storage.noted import is_noted_by
from app.storage.plain_rows import Rows
from app.storage.reviews import evidence_record
from app.storage.seen import SeenClaim, seen_claims
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, Source

USES = 50
# So many uses are looked at when claims are counted: of each source in a list, of one on its page.
COUNTED, COUNTED_OF_ONE = 50, 500
# Among so many of the newest uses one's own are looked for.
LOOKED_THROUGH = 2_000
# A database takes so many values in one question, and more.
AT_ONCE = 500
# The claim and the use that stand last on a page, by their keys.
Place = tuple[int, int]

OF_SOURCE = bindparam("source", type_=Integer)
_any_use = alias_of(Evidence, "source_id")


@dataclass(frozen=True, slots=True)
class Resting:
    """How many claims rest on a source, and how many of them have a verdict of the desk.

    ``is_all``: no use is older than those that were counted.
    """

    claims: int = 0
    settled: int = 0
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class UseLine:
    """A use of a source in the last version of a check, with the claim that is checked."""

    place: Place
    use: EvidenceRecord
    claim: SeenClaim
    is_mine: bool
    review_id: str


def is_last_version() -> ColumnElement[bool]:
    """Whether the version of a question's row is what its check says now."""
    return col(ReviewVersion.number) == col(Review.submitted_version)


@of_reader
def is_told(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may know of the use of a question's row.

    The question joins the use's version, check and claim, see ``told_uses``. Of one's own checks the
    earlier versions count, too.
    """
    is_mine = col(Review.reviewer_id) == actor.person_id
    return and_(visible(), or_(is_mine, and_(is_last_version(), shows_checks(actor))))


def told_uses(actor: Actor, *columns: Any) -> Any:  # noqa: ANN401 - as ``select`` itself
    """A question about the uses that the actor may know of, with their checks and claims."""
    return (
        select(*columns)
        .select_from(Evidence)
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(is_told(actor))
    )


def is_used_openly(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may know of some use of the source of a question's row."""
    told = told_uses(actor, col(Evidence.id)).where(col(Evidence.source_id) == col(Source.id))
    return exists(told).correlate(Source)


def reads_own_words(session: Session, actor: Actor, project_id: int) -> bool:
    """Whether the actor may read what the sources of a project say of themselves."""
    leads = may(actor, Action.REVIEW_SEE_ALL, project_id)
    return leads and not could_be_swayed(session, actor, project_id)


def is_shown(actor: Actor, project_id: int) -> ColumnElement[bool]:
    """Whether the source of a question's row is shown to one who reads sources' own words.

    All are to those who may know of every answer. To others those that are used only where an
    answer is known beforehand would tell which claims are so.
    """
    told = exists(
        told_uses(actor, col(Evidence.id)).where(col(Evidence.source_id) == col(Source.id))
    ).correlate(Source)
    if may(actor, Action.GOLD_SET, project_id):
        return col(Source.project_id) == project_id
    used = exists().where(col(_any_use.source_id) == col(Source.id)).correlate(Source)
    return and_(col(Source.project_id) == project_id, or_(told, ~used))


def may_see_source(session: Session, actor: Actor, source_id: str) -> bool:
    """Whether the actor may know that the source with a public id is there, and of its copies.

    By its own words, by a use that they know of, or since they noted the page themselves.
    """
    row = session.exec(select(Source).where(Source.public_id == source_id)).first()
    if row is None or actor.person_id is None:
        return row is not None
    return reads_words_of(session, actor, row) or knows_of(session, actor, row)


def knows_of(session: Session, actor: Actor, source: Source) -> bool:
    """Whether the actor, who may not read a source's own words, knows of it all the same."""
    if not may(actor, Action.PROJECT_VIEW, source.project_id):
        return False
    return bool(rows_of(session, _known(actor), {"source": source.key}))


@of_reader
def _known(actor: Actor) -> Executable:
    told = exists(told_uses(actor, col(Evidence.id)).where(col(Evidence.source_id) == OF_SOURCE))
    return select(Source.id).where(Source.id == OF_SOURCE, or_(told, is_noted_by(actor)))


def reads_words_of(session: Session, actor: Actor, source: Source) -> bool:
    """Whether the actor may read what a source says of itself."""
    if actor.person_id is not None and not may(actor, Action.PROJECT_VIEW, source.project_id):
        return False
    if not reads_own_words(session, actor, source.project_id):
        return False
    query = select(Source.id).where(Source.id == source.key, is_shown(actor, source.project_id))
    return session.exec(query).first() is not None


def uses_of(
    session: Session,
    actor: Actor,
    source_id: str,
    *,
    after: Place | None = None,
    limit: int = USES,
) -> list[UseLine]:
    """The uses of a source that the actor may know of, the newest first."""
    values = {"which": source_id, "most": limit, **({} if after is None else {"before": after[1]})}
    found = rows_of(session, _uses(actor, is_later=after is not None), values)
    rows = [tuple(_use_rows().of(row)) for row in found]
    claims = dict.fromkeys(more.claim for _use, _source, more in rows)
    seen = seen_claims(session, actor, records(session, list(claims)))
    by_key = {one.claim.id: one for one in seen}
    return [
        UseLine(
            place=(more.claim, use.key),
            use=evidence_record(use, source, by=more.reviewer),
            claim=by_key[more.claim],
            is_mine=more.reviewer == actor.person_id,
            review_id=more.review,
        )
        for use, source, more in rows
    ]


@cache
def _use_rows() -> Rows:
    more = {"reviewer": Review.reviewer_id, "review": Review.public_id, "claim": Claim.id}
    return Rows(Evidence, Source, **{name: col(column) for name, column in more.items()})


@of_reader
def _uses(actor: Actor, *, is_later: bool) -> Executable:
    """The newest uses of a source in the last versions of checks, or those from one on."""
    query: Any = (
        told_uses(actor, *_use_rows().columns)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(Source.public_id == bindparam("which", type_=String), is_last_version())
        .order_by(col(Evidence.id).desc())
        .limit(bindparam("most", type_=Integer))
    )
    earlier = col(Evidence.id) < bindparam("before", type_=Integer)
    found: Executable = query.where(earlier) if is_later else query
    return found


def resting(
    session: Session, actor: Actor, source_ids: Sequence[int], *, counted: int = COUNTED
) -> dict[int, Resting]:
    """How many claims rest on each of some sources, as far as the actor may know; by their keys.

    Of each so many of its newest uses are looked at.
    """
    if not source_ids:
        return {}
    places = _named(source_ids)
    uses = rows_of(session, _with_sources(len(source_ids), counted), places)
    looked = Counter(source_id for source_id, _use in uses)
    keys = tuple([use for _source, use in uses])
    rests = rows_of(session, _number_resting(actor), {"keys": keys})
    return {key: Resting(claims, done, is_all=looked[key] < counted) for key, claims, done in rests}


@of_reader
def _number_resting(actor: Actor) -> Executable:
    """Of each source the claims that rest on it by some of its uses, and how many are settled."""
    settled = case((col(Claim.state) == ClaimState.SETTLED, col(Claim.id)))
    numbers: Executable = (
        told_uses(
            actor,
            col(Evidence.source_id),
            func.count(func.distinct(col(Claim.id))),
            func.count(func.distinct(settled)),
        )
        .where(among(Evidence.id), is_last_version())
        .group_by(col(Evidence.source_id))
    )
    return numbers


def newest_uses(source_ids: Sequence[int], number: int) -> tuple[Select[Any], dict[str, int]]:
    """A question for so many of the newest uses of each of some sources, and what is given to it."""
    return _newest_uses(len(source_ids), number), _named(source_ids)


def _named(source_ids: Sequence[int]) -> dict[str, int]:
    return {f"source_{n}": key for n, key in enumerate(source_ids)}


@cache
def _newest_uses(number: int, counted: int) -> Select[Any]:
    every = _with_sources(number, counted).subquery()
    return select(every.c.id)


@cache
def _with_sources(number: int, counted: int) -> CompoundSelect[Any]:
    """The newest uses of so many sources, which are named when it is asked, with their sources."""
    uses = (
        select(Evidence.source_id, Evidence.id)
        .where(col(Evidence.source_id) == bindparam(f"source_{n}", type_=Integer))
        .order_by(col(Evidence.id).desc())
        .limit(counted)
        .subquery()
        for n in range(number)
    )
    return union_all(*(use.select() for use in uses))


def resting_claims(
    session: Session, source_id: int, *, evidence_ids: Collection[int] | None = None
) -> list[int]:
    """The keys of the claims that rest on a source, whoever may know of it, in their order.

    They are those of which the last version of a check uses it; with ``evidence_ids``, by one of
    these uses.
    """
    query = (
        select(Review.claim_id)
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .join(Evidence, col(Evidence.review_version_id) == col(ReviewVersion.id))
        .where(Evidence.source_id == source_id, is_last_version())
        .distinct()
        .order_by(col(Review.claim_id))
    )
    if evidence_ids is None:
        return list(session.exec(query))
    keys = sorted(evidence_ids)
    pieces = (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
    by_use = col(Evidence.id)
    return sorted({key for some in pieces for key in session.exec(query.where(by_use.in_(some)))})

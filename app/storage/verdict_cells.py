"""What a row of verdicts tells of the checks of a claim and of what they came to."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, exists
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.consensus import Answer, dissent, share_of_agreeing_pairs
from app.domain.words import ClaimState, ReviewState, SourceRecord
from app.storage.aliases import alias_of
from app.storage.among import Within
from app.storage.claim_blocks import (
    Block,
    asking,
    by_first,
    in_utc,
    is_last,
    plain,
    seen_checks,
)
from app.storage.scales import Vocabulary
from app.storage.source_links import spelled_for
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, Ruling, Source

_newer = alias_of(Ruling, "claim_id", "version")

# So many cells of a verdict stand before the number of checks.
RULED = 5
# As many ways in which a claim was answered and decided are kept as are met again and again.
WAYS = 4_096

# The two verdicts of a check, as keys of labels.
Pair = tuple[int, int | None]


class Way(NamedTuple):
    """How checks and a verdict stand to each other: the same for all claims answered alike.

    ``follows``: of each check, whether the verdict is its own.
    """

    content: str
    attribution: str | None
    scheme: str
    rank: int | None
    agreement: float | None
    dissent: tuple[tuple[str, int], ...]
    follows: tuple[bool, ...]


class Ways:
    """The ways of a project, each worked out once."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self.of = lru_cache(WAYS)(self._of)

    def _of(self, ruled: Pair, given: tuple[Pair, ...]) -> Way:
        words = self._words
        verdict = words.lines.answer(Answer(*ruled))
        answers = words.lines.answers(Answer(*pair) for pair in given)
        tags = [words.tags[key] for key in ruled if key]
        content, said = words.labels[ruled[0]], ruled[1]
        return Way(
            content=content.name,
            attribution=words.labels[said].name if said else None,
            scheme=tags[0],
            rank=content.rank,
            agreement=share_of_agreeing_pairs(answers),
            dissent=tuple(
                (words.named_in(key, tags).name, n) for key, n in dissent(answers, verdict)
            ),
            follows=tuple(answer.content == verdict.content for answer in answers),
        )


class Checks(NamedTuple):
    """The submitted checks of the claims of a block, and the sources of those with a verdict."""

    given: Mapping[int, Sequence[Any]]
    uses: Mapping[int, Sequence[Any]]


def checks_of(session: Session, actor: Actor, block: Block) -> Checks:
    """The checks that the actor may see: two questions."""
    given = seen_checks(session, actor, block, _given)
    versions = [check[2] for key in block.settled for check in given.get(key, ())]
    return Checks(given, by_first(session, _uses, versions))


@cache
def _given(within: Within) -> Select[Any]:
    """Both verdicts of each submitted check, and why; after the keys that ``seen_checks`` asks for."""
    return (
        asking(
            *(Review.claim_id, Review.reviewer_id, ReviewVersion.id),
            *(ReviewVersion.content_label_id, ReviewVersion.attribution_label_id),
            ReviewVersion.rationale,
        )
        .join(ReviewVersion, is_last())
        .where(within(Review.claim_id), col(Review.state) == ReviewState.SUBMITTED)
        .order_by(col(Review.claim_id), col(Review.id))
    )


@cache
def _uses(within: Within) -> Select[Any]:
    """Key of the version and of the source, its address, and whose spelling it is.

    A source that must not be named counts, but its address stays here.
    """
    address = case((col(Evidence.record) == SourceRecord.ON_RECORD, col(Source.url)))
    return (
        asking(Evidence.review_version_id, Evidence.source_id, address, Source.created_by_id)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(within(Evidence.review_version_id))
        .order_by(col(Evidence.review_version_id), col(Evidence.position))
    )


def holds() -> ColumnElement[bool]:
    """Whether a verdict is the one that holds of the claim of a question's row."""
    is_last = ~exists().where(
        col(_newer.claim_id) == col(Ruling.claim_id), col(_newer.version) > col(Ruling.version)
    ).correlate(Ruling)
    is_its = (col(Ruling.claim_id) == col(Claim.id)) & (col(Claim.state) == ClaimState.SETTLED)
    return is_its & is_last


def ruling_columns() -> tuple[Any, ...]:
    """What ``verdict_cells`` takes of a verdict."""
    return (
        *(Ruling.content_label_id, Ruling.attribution_label_id, plain(Ruling.decided_by)),
        *(Ruling.reason, Ruling.decided_at, Ruling.short_text, Ruling.conclusion),
    )


# What stands in a row from ``content_verdict`` to ``conclusion``, but for the number of checks.
NO_VERDICT = (*(None,) * 6, (), None, None, (), None, None, None)


def verdict_cells(
    ruling: Sequence[Any], checks: Checks, given: Sequence[Any], ways: Ways
) -> tuple[Any, ...]:
    """What stands in a row from ``content_verdict`` to ``conclusion``, but for the number of checks.

    That stands behind the first ``RULED``.
    """
    content, attribution, by, reason, at, short_text, conclusion = ruling
    if content is None:
        return NO_VERDICT
    way = ways.of((content, attribution), tuple([check[3:5] for check in given]))
    count, urls = _sources(checks.uses, given)
    return (
        *(way.content, way.attribution, way.scheme, way.rank, by),
        *(way.agreement, way.dissent, reason or _shared(given, way.follows)),
        *(count, urls, in_utc(at), short_text or None, conclusion or None),
    )


def _shared(given: Sequence[Any], follows: Sequence[bool]) -> str | None:
    """Why, in the words of the checks that the verdict follows."""
    why = [check[5] for check in compress(given, follows)]
    return "; ".join(dict.fromkeys(filter(None, why))) or None


def _sources(
    uses: Mapping[int, Sequence[Any]], given: Sequence[Any]
) -> tuple[int | None, tuple[str, ...]]:
    """How many sources were used, and their addresses."""
    if not given:
        return None, ()
    used = {
        source: spelled_for(url, linked_by, check[1])
        for check in given
        for _version, source, url, linked_by in uses.get(check[2], ())
    }
    return len(used), tuple(filter(None, used.values()))

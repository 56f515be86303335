"""The rows of reviews.csv and sources.csv: checks and their sources, as far as blindness allows."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.export_rows import ReviewRow, SourceRow
from app.domain.permissions import Action, ask_leave
from app.domain.words import SourceRecord
from app.storage.among import Within
from app.storage.claim_blocks import (
    EVERY,
    Block,
    Question,
    Span,
    asking,
    by_first,
    claim_blocks,
    in_utc,
    is_last,
    narrowed,
    plain,
    seen_checks,
)
from app.storage.claim_filters import ALL, ClaimFilter
from app.storage.copy_files import with_copies
from app.storage.projects import by_id
from app.storage.pseudonyms import naming
from app.storage.scales import Vocabulary, vocabulary_of
from app.storage.source_links import spelled_for
from app.storage.tables import Claim, ClaimRound, Evidence, Review, ReviewVersion, Round, Source

# A claim, a check of it, and the sources of that, each as a row of a question.
Checked = tuple[Any, Any, list[Any]]


def review_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    names: bool = False,
    wanted: ClaimFilter = ALL,
    mine: bool = False,
    on_record: bool = False,
) -> Iterator[ReviewRow]:
    """One row for every check that was submitted: its last version; only the actor's if asked.

    Reviewers stand under keyed pseudonyms that stay the same within a project, or under their
    names if asked for. ``on_record``: only such sources are told.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    read = review_reader(
        session, actor, project_id, names=names, wanted=wanted, mine=mine, on_record=on_record
    )
    return read(EVERY)


def review_reader(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    names: bool = False,
    wanted: ClaimFilter = ALL,
    mine: bool = False,
    on_record: bool = False,
) -> Callable[[Span], Iterator[ReviewRow]]:
    """What reads the same rows span by span.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    name_of = cache(naming(session, actor, by_id(session, project_id), names=names))
    checks: Question = _checks
    uses: Question = _addresses
    if mine:
        checks = narrowed(checks, col(Review.reviewer_id) == actor.person_id)
    if on_record:
        uses = narrowed(uses, col(Evidence.record) == SourceRecord.ON_RECORD)
    blocks = claim_blocks(session, actor, project_id, wanted=wanted, query=_texts())
    words = vocabulary_of(session, project_id)

    def read(span: Span) -> Iterator[ReviewRow]:
        found = _checked(session, actor, blocks(span), checks=checks, uses=uses)
        return _review_rows(found, words, name_of)

    return read


def _review_rows(
    found: Iterator[Checked], words: Vocabulary, name_of: Callable[[int], str]
) -> Iterator[ReviewRow]:
    labels = {key: label.name for key, label in words.labels.items()}
    for (_key, _state, claim_id, text), check, used in found:
        _key, by, _version, review_id, content, said, number, version, is_blind = check[:9]
        confidence, rationale, not_known, began, decided, seconds = check[9:]
        urls = [spelled_for(url, linked_by, by) for _version, url, linked_by in used]
        yield ReviewRow._make(
            (
                *(review_id, claim_id, text, name_of(by), number, version, bool(is_blind)),
                *(labels[content], labels[said] if said else None, words.tags[content], confidence),
                *(rationale, not_known, tuple(filter(None, urls))),
                *(in_utc(began), in_utc(decided), seconds),
            )
        )


def source_rows(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Iterator[SourceRow]:
    """One row for every use of a source in the last version of a check.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    return source_reader(session, actor, project_id, wanted=wanted)(EVERY)


def source_reader(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Callable[[Span], Iterator[SourceRow]]:
    """What reads the same rows span by span.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    blocks = claim_blocks(session, actor, project_id, wanted=wanted, query=_names())

    def read(span: Span) -> Iterator[SourceRow]:
        found = _checked(session, actor, blocks(span), checks=_dates, uses=_uses)
        return with_copies(session, actor, _source_rows(found))

    return read


def _source_rows(found: Iterator[Checked]) -> Iterator[tuple[int, int, SourceRow]]:
    """The rows, each with the keys of its use and of its source."""
    for (_key, _state, claim_id), (_key, by, _version, review_id, decided_at), used in found:
        for _version, key, source, url, linked_by, *cells in used:
            row = SourceRow._make(
                (
                    *(claim_id, review_id, spelled_for(url, linked_by, by), *cells[:9]),
                    *(None, None, in_utc(decided_at), *cells[9:]),
                    *(None, None, None),
                )
            )
            yield key, source, row


def _checked(
    session: Session,
    actor: Actor,
    blocks: Iterator[Block],
    *,
    checks: Question,
    uses: Question,
) -> Iterator[Checked]:
    """Every check that the actor may see with its sources, claim by claim: two questions a block."""
    for block in blocks:
        seen = seen_checks(session, actor, block, checks)
        versions = [check[2] for given in seen.values() for check in given]
        used = by_first(session, uses, versions)
        for claim in block.rows:
            for check in seen.get(claim[0], ()):
                yield claim, check, used.get(check[2], [])


@cache
def _names() -> Select[Any]:
    return asking(Claim.id, plain(Claim.state), Claim.public_id)


@cache
def _texts() -> Select[Any]:
    return _names().add_columns(col(Claim.text))


@cache
def _dates(within: Within) -> Select[Any]:
    """When each check was given; the keys before that are those that ``seen_checks`` asks for."""
    return (
        asking(
            *(Review.claim_id, Review.reviewer_id, ReviewVersion.id),
            *(Review.public_id, ReviewVersion.decided_at),
        )
        .join(ReviewVersion, is_last())
        .where(within(Review.claim_id))
        .order_by(col(Review.claim_id), col(Review.id))
    )


@cache
def _checks(within: Within) -> Select[Any]:
    """The same keys, and what a row of reviews tells of a check: in the order of its columns."""
    return (
        asking(
            *(Review.claim_id, Review.reviewer_id, ReviewVersion.id, Review.public_id),
            *(ReviewVersion.content_label_id, ReviewVersion.attribution_label_id),
            *(_round_number(), ReviewVersion.number, ReviewVersion.is_blind),
            *(plain(ReviewVersion.confidence), ReviewVersion.rationale, ReviewVersion.not_known),
            *(ReviewVersion.started_at, ReviewVersion.decided_at, ReviewVersion.active_seconds),
        )
        .join(ReviewVersion, is_last())
        .where(within(Review.claim_id))
        .order_by(col(Review.claim_id), col(Review.id))
    )


def _round_number() -> ScalarSelect[Any]:
    """The number of the round of a check.

    Not joined: with the statistics of many claims SQLite would begin with the few rounds there are, and
    go through all claims of each.
    """
    its = asking(ClaimRound.round_id).where(col(ClaimRound.id) == col(Review.claim_round_id))
    key = its.correlate(Review).scalar_subquery()
    return asking(Round.number).where(col(Round.id) == key).correlate(Review).scalar_subquery()


@cache
def _addresses(within: Within) -> Select[Any]:
    """The addresses of the sources of some versions, and who linked each first."""
    return (
        asking(Evidence.review_version_id, Source.url, Source.created_by_id)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(within(Evidence.review_version_id))
        .order_by(col(Evidence.review_version_id), col(Evidence.position))
    )


@cache
def _uses(within: Within) -> Select[Any]:
    """What a row of sources tells of a use, in the order of its columns behind the address."""
    words = (Evidence.kind, Evidence.record, Evidence.stance, Evidence.answers)
    return (
        asking(
            *(Evidence.review_version_id, Evidence.id, Evidence.source_id),
            *(Source.url, Source.created_by_id),
            *(Evidence.title, Evidence.publisher, Evidence.published),
            *(*map(plain, words), Evidence.quote, Evidence.locator, Evidence.author),
            *(plain(Evidence.source_type), Evidence.interests, Evidence.origin),
            *(Evidence.set_number, Evidence.accessed_on, Evidence.figure, Evidence.note),
            plain(Source.standing),
        )
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(within(Evidence.review_version_id))
        .order_by(col(Evidence.review_version_id), col(Evidence.position))
    )

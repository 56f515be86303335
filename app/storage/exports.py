"""The rows of the exports, a few hundred claims at a time, as far as blindness allows.

The caller's reading session is one transaction, so that all rows are of one instant.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import sees_others
from app.domain.consensus import Answer, dissent, share_of_agreeing_pairs
from app.domain.export_rows import ReviewRow, SourceRow, VerdictRow
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import EvidenceRecord, ProjectRecord
from app.domain.words import ClaimState, ReviewState, SourceRecord
from app.storage.blind import kept_back
from app.storage.claim_filters import ALL, ClaimFilter, conditions
from app.storage.claims import hops_of, standings, tags_of, told_wanted
from app.storage.copy_files import with_copies
from app.storage.projects import by_id
from app.storage.pseudonyms import naming
from app.storage.reviews import evidence_of
from app.storage.scales import Vocabulary, vocabulary_of
from app.storage.tables import (
    Article,
    Claim,
    ClaimRound,
    Review,
    ReviewVersion,
    Round,
    Ruling,
)

CHUNK = 500
_ON_RECORD = SourceRecord.ON_RECORD
# What a row of sources says as the use does, and what it says by the value of a word.
_SAME = (
    *("url", "title", "publisher", "published", "quote", "locator", "author", "interests"),
    *("origin", "accessed_on", "figure", "note"),
)
_WORDS = ("kind", "record", "stance", "answers", "standing")


@dataclass
class Check:
    """A submitted check with its last version and sources, as rows need it."""

    review: Review
    version: ReviewVersion
    round: int
    evidence: Sequence[EvidenceRecord] = ()

    @property
    def answer(self) -> Answer:
        """The two verdicts."""
        return Answer(self.version.content_label_id, self.version.attribution_label_id)


@dataclass
class Chunk:
    """Some claims with everything that their rows need."""

    claims: Sequence[tuple[Claim, Article | None]]
    checks: dict[int, list[Check]] = field(default_factory=dict)
    sees_all: frozenset[int] = frozenset()


def claim_chunks(
    session: Session, actor: Actor, project_id: int, wanted: ClaimFilter
) -> Iterator[Chunk]:
    """The claims that a filter finds with their checks as far as the actor may see them."""
    after = 0
    rules = conditions(actor, project_id, wanted)
    while True:
        rows = session.exec(
            select(Claim, Article)
            .join(Article, col(Article.id) == col(Claim.article_id), isouter=True)
            .where(*rules, col(Claim.id) > after)
            .order_by(col(Claim.id))
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        keys = [claim.key for claim, _ in rows]
        sees_all = _seen_whole(session, actor, project_id, keys)
        yield Chunk(rows, _checks(session, actor, keys, sees_all), sees_all)
        after = keys[-1]
        session.expunge_all()


def _seen_whole(
    session: Session, actor: Actor, project_id: int, keys: Sequence[int]
) -> frozenset[int]:
    """The claims whose every check the actor may see."""
    if actor.person_id is None:
        return frozenset(keys)
    see_all = may(actor, Action.REVIEW_SEE_ALL, project_id)
    found = standings(session, actor, keys)
    return frozenset(key for key in keys if sees_others(found[key], may_see_all=see_all))


def _checks(
    session: Session, actor: Actor, keys: Sequence[int], sees_all: frozenset[int]
) -> dict[int, list[Check]]:
    query = (
        select(Review, ReviewVersion, Round.number)
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.number) == col(Review.submitted_version)),
        )
        .join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(col(Review.claim_id).in_(keys))
        .order_by(col(Review.claim_id), col(Review.id))
    )
    rows = [
        row
        for row in session.exec(query)
        if row[0].claim_id in sees_all or row[0].reviewer_id == actor.person_id
    ]
    evidence = evidence_of(session, [version.key for _, version, _ in rows])
    found: dict[int, list[Check]] = {}
    for review, version, number in rows:
        check = Check(review, version, number, evidence.get(version.key, ()))
        found.setdefault(review.claim_id, []).append(check)
    return found


def verdict_rows(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Iterator[VerdictRow]:
    """One row for every claim of a project that a filter finds, whatever its state.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _verdict_rows(session, actor, by_id(session, project_id), wanted)


def _verdict_rows(
    session: Session, actor: Actor, project: ProjectRecord, wanted: ClaimFilter
) -> Iterator[VerdictRow]:
    words = vocabulary_of(session, project.id)
    for chunk in claim_chunks(session, actor, project.id, wanted):
        keys = [claim.key for claim, _ in chunk.claims]
        hops, wants = hops_of(session, keys), told_wanted(session, keys, chunk.sees_all)
        hidden = kept_back(session, actor, keys)
        tags = tags_of(session, keys)
        rulings = ruled_by(session, keys)
        for claim, article in chunk.claims:
            checks = [
                check
                for check in chunk.checks.get(claim.key, [])
                if check.review.state is ReviewState.SUBMITTED
            ]
            most = wants.get(claim.key, project.reviews_wanted)
            chain = [hop.agent for hop in hops.get(claim.key, [])]
            yield VerdictRow(
                **_claim_cells(project, claim, article, chain),
                published_url=None if claim.key in hidden else claim.published_url,
                tags=tuple(tags.get(claim.key, ())),
                **_ruling_cells(rulings.get(claim.key), checks, words),
                **_source_cells(checks if claim.key in rulings else []),
                reviews=f"{len(checks)}/{most}",
            )


def ruled_by(session: Session, keys: Sequence[int]) -> dict[int, Ruling]:
    """The verdict that holds of each of some claims that is settled."""
    query = (
        select(Ruling)
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .where(col(Ruling.claim_id).in_(keys), Claim.state == ClaimState.SETTLED)
        .order_by(col(Ruling.claim_id), col(Ruling.version))
    )
    return {ruling.claim_id: ruling for ruling in session.exec(query)}


def _claim_cells(
    project: ProjectRecord, claim: Claim, article: Article | None, chain: list[str]
) -> dict[str, Any]:
    return {
        "claim_id": claim.public_id,
        "project": project.slug,
        "article_url": article.url if article else None,
        "article_title": article.title if article else None,
        "article_publisher": article.publisher if article else None,
        "article_published": article.published if article else None,
        "claim": claim.text,
        "claimant": chain[-1] if chain else None,
        "attribution_chain": tuple(chain),
        "kinds": tuple(claim.kinds),
        "status": claim.state.value,
        **{
            name: getattr(claim, name)
            for name in (
                "quote",
                "start",
                "end",
                "checkworthiness",
                "language",
                "said_on",
                "due_at",
                "priority",
                "external_id",
            )
        },
    }


def _ruling_cells(
    ruling: Ruling | None, checks: Sequence[Check], words: Vocabulary
) -> dict[str, Any]:
    if ruling is None:
        return {**dict.fromkeys(RULING_CELLS), "dissent": ()}
    ruled = words.lines.answer(Answer(ruling.content_label_id, ruling.attribution_label_id))
    answers = words.lines.answers(check.answer for check in checks)
    content = words.labels[ruling.content_label_id]
    said = ruling.attribution_label_id
    tags = [words.tags[key] for key in (ruling.content_label_id, said) if key]
    return {
        "content_verdict": content.name,
        "attribution_verdict": words.labels[said].name if said else None,
        "scheme": tags[0],
        "verdict_rank": content.rank,
        "decided_by": ruling.decided_by.value,
        "agreement": share_of_agreeing_pairs(answers),
        "dissent": tuple((words.named_in(key, tags).name, n) for key, n in dissent(answers, ruled)),
        "rationale": ruling.reason or shared_rationale(checks, answers, ruled),
        "decided_at": ruling.decided_at,
        "short_text": ruling.short_text or None,
        "conclusion": ruling.conclusion or None,
    }


RULING_CELLS = (
    *("content_verdict", "attribution_verdict", "scheme", "verdict_rank", "decided_by"),
    *("agreement", "rationale", "decided_at", "short_text", "conclusion"),
)


def shared_rationale(
    checks: Sequence[Check], answers: Sequence[Answer], ruled: Answer
) -> str | None:
    """Why, in the words of the checks that the ruling follows."""
    why = [
        check.version.rationale
        for check, answer in zip(checks, answers, strict=True)
        if answer.content == ruled.content
    ]
    return "; ".join(dict.fromkeys(text for text in why if text)) or None


def _source_cells(checks: Sequence[Check]) -> dict[str, Any]:
    # A source that must not be named counts, but its address stays here.
    used = {
        use.source_id: use.url if use.record is _ON_RECORD else None
        for check in checks
        for use in check.evidence
    }
    return {
        "source_count": len(used) if checks else None,
        "source_urls": tuple(url for url in used.values() if url),
    }


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
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    project = by_id(session, project_id)
    name_of = naming(session, actor, project, names=names)
    chunks = claim_chunks(session, actor, project_id, wanted)
    return _review_rows(
        session,
        project,
        (
            pair
            for pair in checks_in(chunks, on_record=on_record)
            if not mine or _is_by(actor, pair[1])
        ),
        name_of=name_of,
    )


def _review_rows(
    session: Session,
    project: ProjectRecord,
    checks: Iterable[tuple[Claim, Check]],
    *,
    name_of: Callable[[int], str],
) -> Iterator[ReviewRow]:
    words = vocabulary_of(session, project.id)
    labels = words.labels
    for claim, check in checks:
        version = check.version
        yield ReviewRow(
            review_id=check.review.public_id,
            claim_id=claim.public_id,
            claim=claim.text,
            reviewer=name_of(check.review.reviewer_id),
            round=check.round,
            version=version.number,
            blind=version.is_blind,
            content_verdict=labels[version.content_label_id].name,
            attribution_verdict=labels[version.attribution_label_id].name
            if version.attribution_label_id
            else None,
            scheme=words.tags[version.content_label_id],
            confidence=version.confidence.value if version.confidence else None,
            rationale=version.rationale,
            not_known=version.not_known,
            source_urls=tuple(use.url for use in check.evidence if use.url),
            started_at=version.started_at,
            decided_at=version.decided_at,
            active_seconds=version.active_seconds,
        )


def checks_in(chunks: Iterable[Chunk], *, on_record: bool = False) -> Iterator[tuple[Claim, Check]]:
    """Every check of some claims, claim by claim; with all its sources, or those on record."""
    for chunk in chunks:
        for claim, _article in chunk.claims:
            for check in chunk.checks.get(claim.key, []):
                if on_record:
                    check.evidence = [e for e in check.evidence if e.record is _ON_RECORD]
                yield claim, check


def _is_by(actor: Actor, check: Check) -> bool:
    return check.review.reviewer_id == actor.person_id


def source_rows(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Iterator[SourceRow]:
    """One row for every use of a source in the last version of a check.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    chunks = claim_chunks(session, actor, project_id, wanted)
    return with_copies(session, actor, _source_rows(chunks))


def _source_rows(chunks: Iterable[Chunk]) -> Iterator[tuple[int | None, SourceRow]]:
    """The rows, each with the key of its use."""
    for claim, check in checks_in(chunks):
        for use in check.evidence:
            same = {name: getattr(use, name) for name in _SAME}
            words = {name: getattr(use, name).value for name in _WORDS}
            row = SourceRow(
                claim_id=claim.public_id,
                review_id=check.review.public_id,
                sha256=None,
                archived_at=None,
                linked_at=check.version.decided_at,
                source_type=None if use.source_type is None else use.source_type.value,
                set=use.set_number,
                **same,
                **words,
            )
            yield use.id, row

"""What was found out about settled claims, as far as it may be published."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing, WrongState
from app.domain.findings import Finding, PublicReply, PublicRuling, public_sources
from app.domain.ids import now
from app.domain.links import canonical_link
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import ClaimRecord, EvidenceRecord, LabelRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.blind import is_blind_to
from app.storage.claims import in_batch, records, visible
from app.storage.reviews import evidence_of
from app.storage.scales import Vocabulary, label_record, vocabulary_of_claims
from app.storage.tables import (
    Article,
    Claim,
    ClaimRound,
    Label,
    Project,
    Publication,
    PublishedClaim,
    Reply,
    Review,
    ReviewVersion,
    Ruling,
)

CHUNK = 200


@dataclass
class Facts:
    """What was found about some claims, each kind by the claim's key."""

    rulings: dict[int, list[PublicRuling]]
    checks: dict[int, list[tuple[ReviewVersion, Sequence[EvidenceRecord]]]]
    replies: dict[int, list[PublicReply]]
    articles: dict[int, Article]
    published: dict[tuple[int, str], str]
    words: Vocabulary


def finding(session: Session, actor: Actor, claim_id: str) -> Finding:
    """What may be published of one claim.

    Raises:
        Missing: there is no such claim, or the actor may not know of it.
        WrongState: it is not settled.
    """
    row = session.exec(select(Claim).where(Claim.public_id == claim_id, visible())).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.project_id):
        raise Missing("claim.missing")
    if row.state is not ClaimState.SETTLED:
        raise WrongState("claim.unsettled")
    return _findings(session, row.project_id, [row])[0]


def published_findings(
    session: Session, actor: Actor, project_id: int, *, batch_id: int | None = None
) -> Iterator[Finding]:
    """What may be published of every claim that was, in the order of the claims.

    One that is checked anew stays what it was for readers, with the verdict and the checks of
    before; only who could check it now does not find it.

    Raises:
        Missing, NotAllowed: no leave, before the first one.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _published(session, actor, project_id, batch_id)


def _published(
    session: Session, actor: Actor, project_id: int, batch_id: int | None
) -> Iterator[Finding]:
    ruled = exists().where(col(Ruling.claim_id) == col(Claim.id)).correlate(Claim)
    goes_on = and_(ruled, ~is_blind_to(actor, col(Claim.id)))
    after = 0
    while True:
        rows = session.exec(
            select(Claim)
            .where(
                Claim.project_id == project_id,
                or_(
                    col(Claim.state) == ClaimState.SETTLED,
                    and_(col(Claim.state) == ClaimState.OPEN, goes_on),
                ),
                col(Claim.published_url).is_not(None),
                col(Claim.id) > after,
                visible(),
                *in_batch(batch_id),
            )
            .order_by(col(Claim.id))
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        yield from _findings(session, project_id, rows)
        after = rows[-1].key
        session.expunge_all()


def _findings(session: Session, project_id: int, rows: Sequence[Claim]) -> list[Finding]:
    project = session.get_one(Project, project_id)
    keys = [row.key for row in rows]
    zone = ZoneInfo(project.timezone)
    facts = Facts(
        rulings=_rulings(session, keys, lambda moment: moment.astimezone(zone).date().isoformat()),
        checks=_checks(session, keys),
        replies=_replies(session, keys, zone),
        articles=_articles(session, rows),
        published=_published_on(session, keys),
        words=vocabulary_of_claims(session, keys),
    )
    return [
        _finding(project, row, record, facts)
        for row, record in zip(rows, records(session, keys), strict=True)
    ]


def _finding(project: Project, row: Claim, claim: ClaimRecord, facts: Facts) -> Finding:
    article = facts.articles.get(row.article_id or 0)
    rulings = facts.rulings[row.key]
    checks = facts.checks.get(row.key, [])
    same, ruled = facts.words.lines.same, rulings[0].content.id
    agreeing = [version for version, _uses in checks if same(version.content_label_id, ruled)]
    return Finding(
        claim_id=claim.public_id,
        text=claim.text,
        language=claim.language,
        said_on=claim.said_on,
        hops=claim.hops,
        article_url=article.url if article else None,
        article_title=article.title if article else None,
        article_publisher=article.publisher if article else None,
        seen_at_url=claim.seen_at_url,
        rulings=tuple(rulings),
        why=_once(version.rationale for version in agreeing),
        not_known=_once(version.not_known for version in agreeing),
        sources=public_sources(use for _version, uses in checks for use in uses),
        replies=tuple(facts.replies.get(row.key, ())),
        publisher_name=project.publisher_name,
        publisher_url=project.publisher_url,
        corrections_url=project.corrections_url,
        published_url=claim.published_url,
        published_on=facts.published.get((row.key, canonical_link(claim.published_url or ""))),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(str.strip, texts) if text))


def _rulings(
    session: Session, keys: Sequence[int], day: Callable[[datetime], str]
) -> dict[int, list[PublicRuling]]:
    rows = session.exec(
        select(Ruling)
        .where(col(Ruling.claim_id).in_(keys))
        .order_by(col(Ruling.claim_id), col(Ruling.version).desc())
    ).all()
    wanted = {row.content_label_id for row in rows} | {row.attribution_label_id for row in rows}
    labels = {
        row.key: row
        for row in session.exec(select(Label).where(col(Label.id).in_(wanted - {None})))
    }
    ranks = _ranks(session, {labels[row.content_label_id].scheme_id for row in rows})
    found: dict[int, list[PublicRuling]] = {}
    for row in rows:
        content = labels[row.content_label_id]
        ruling = PublicRuling(
            version=row.version,
            content=label_record(content),
            attribution=_label(labels, row.attribution_label_id),
            conclusion=row.conclusion,
            short_text=row.short_text,
            decided_on=day(row.decided_at),
            correction_kind=row.correction_kind,
            public_note=row.public_note,
            ranks=tuple(ranks.get(content.scheme_id, ())),
        )
        found.setdefault(row.claim_id, []).append(ruling)
    return found


def _label(labels: dict[int, Label], key: int | None) -> LabelRecord | None:
    return None if key is None else label_record(labels[key])


def _ranks(session: Session, scheme_ids: set[int]) -> dict[int, list[int]]:
    query = select(Label.scheme_id, Label.rank).where(
        col(Label.scheme_id).in_(scheme_ids), col(Label.rank).is_not(None)
    )
    return _grouped(session.exec(query.order_by(col(Label.rank))))


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _checks(
    session: Session, keys: Sequence[int]
) -> dict[int, list[tuple[ReviewVersion, Sequence[EvidenceRecord]]]]:
    query = (
        select(Review.claim_id, ReviewVersion)
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.number) == col(Review.submitted_version)),
        )
        .join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))
        .where(
            col(Review.claim_id).in_(keys),
            Review.state == ReviewState.SUBMITTED,
            # What comes in while a claim is checked anew is not published with what was before.
            col(ClaimRound.settled_at).is_not(None),
        )
        .order_by(col(Review.claim_id), col(Review.claim_round_id), col(Review.slot))
    )
    rows = session.exec(query).all()
    uses = evidence_of(session, [version.key for _, version in rows])
    return _grouped((key, (version, uses.get(version.key, ()))) for key, version in rows)


def _replies(session: Session, keys: Sequence[int], zone: ZoneInfo) -> dict[int, list[PublicReply]]:
    """Answers that may be quoted, and requests whose time ran out without one."""
    query = (
        select(Reply)
        .where(
            col(Reply.claim_id).in_(keys),
            col(Reply.erased_at).is_(None),
            col(Reply.sent_at).is_not(None),
            col(Reply.not_applicable_because).is_(None),
        )
        .order_by(col(Reply.claim_id), col(Reply.id))
    )
    told = ((row.claim_id, _reply(row, zone)) for row in session.exec(query))
    return _grouped((key, reply) for key, reply in told if reply is not None)


def _reply(row: Reply, zone: ZoneInfo) -> PublicReply | None:
    if row.answered_at is not None:
        said = row.answer.strip() if row.is_quotable else ""
        return PublicReply(row.whom, said, None) if said else None
    if row.deadline_at is None or row.deadline_at > now():
        return None
    return PublicReply(row.whom, None, row.deadline_at.astimezone(zone).date().isoformat())


def _articles(session: Session, rows: Sequence[Claim]) -> dict[int, Article]:
    keys = {row.article_id for row in rows if row.article_id}
    return {row.key: row for row in session.exec(select(Article).where(col(Article.id).in_(keys)))}


def _published_on(session: Session, keys: Sequence[int]) -> dict[tuple[int, str], str]:
    """The day of each piece that holds one of some claims, by claim and address."""
    query = (
        select(PublishedClaim.claim_id, Publication.canonical_url, Publication.published_on)
        .join(Publication, col(Publication.id) == col(PublishedClaim.publication_id))
        .where(col(PublishedClaim.claim_id).in_(keys), col(Publication.retired_at).is_(None))
    )
    return {(claim_id, url): day for claim_id, url, day in session.exec(query)}

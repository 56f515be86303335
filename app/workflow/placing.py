"""Finding the claims of an article again when its text has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.anchoring import Anchor, Found, anchor, find_again
from app.domain.links import canonical_link
from app.domain.spans import Span
from app.domain.words import FoundBy
from app.storage.tables import Article, Claim, ClaimPlace, Snapshot
from app.workflow.agents import carry_chain
from app.workflow.events import record_event
from app.workflow.kinds import keep_grounded
from app.workflow.places import first_place, set_place
from app.workflow.quantities import read_figures


@dataclass(frozen=True, slots=True)
class Placing:
    """What was looked for in a text before the writing began, and where it was found.

    The verb takes over what is still so; claims that moved or came meanwhile it looks for itself.
    """

    text: str
    wanted: Mapping[int, Anchor]
    found: Mapping[int, Found | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """How many claims stand in the new text, how many of them only nearly, how many do not."""

    spans: tuple[Span, ...] = ()
    nearly: int = 0
    missing: int = 0


def look_for(
    session: Session, project_id: int, text: str, *, url: str | None = None, article_id: str = ""
) -> Placing | None:
    """Look for the claims of an article, known by its id or its address, in another text of it.

    None where there is no such article yet. Reads only: it takes longer than a write should.
    """
    query = select(Article).where(Article.project_id == project_id)
    if article_id:
        query = query.where(Article.public_id == article_id)
    elif url:
        query = query.where(Article.canonical_url == canonical_link(url))
    else:
        return None
    article = session.exec(query).first()
    if article is None:
        return None
    rows = session.exec(_with_place(article.key)).all()
    wanted = _wanted(session, rows)
    return Placing(text, wanted, find_again(text, wanted))


def _with_place(article_id: int) -> SelectOfScalar[Claim]:
    """The claims of an article that stand in one of its texts."""
    return (
        select(Claim)
        .where(Claim.article_id == article_id, col(Claim.snapshot_id).is_not(None))
        .order_by(col(Claim.id))
    )


def _wanted(session: Session, rows: Sequence[Claim]) -> dict[int, Anchor]:
    """The words of some claims with those around them, each in the text that it stands in."""
    query = select(Snapshot.id, Snapshot.text).where(
        col(Snapshot.id).in_({row.snapshot_id for row in rows})
    )
    texts = dict(session.exec(query).all())
    return {
        row.key: anchor(texts.get(row.snapshot_id, ""), Span(row.start or 0, row.end or 0))
        for row in rows
    }


def _found(
    session: Session, rows: Sequence[Claim], text: str, placing: Placing | None
) -> dict[int, Found | None]:
    wanted = _wanted(session, rows)
    known = placing.found if placing is not None and placing.text == text else {}
    found = {
        key: known[key]
        for key, words in wanted.items()
        if key in known and placing is not None and placing.wanted.get(key) == words
    }
    rest = {key: words for key, words in wanted.items() if key not in found}
    return {**found, **find_again(text, rest)}


def place_claims(
    session: Session, actor: Actor, snapshot: Snapshot, placing: Placing | None
) -> Placed:
    """Move the claims of an article to its new text; those that are not in it stay and say so."""
    rows = session.exec(_with_place(snapshot.article_id).with_for_update(key_share=True)).all()
    found = _found(session, rows, snapshot.text, placing)
    looked = _last_looks(session, rows)
    session.add_all(first_place(row) for row in rows if row.key not in looked)
    session.flush()
    for row in rows:
        hit = _still_doubtful(found[row.key], looked.get(row.key))
        _move(session, actor, row, snapshot, hit=hit)
    session.flush()
    hits = [hit for hit in found.values() if hit is not None]
    return Placed(
        spans=tuple(hit.span for hit in hits),
        nearly=sum(hit.found_by is FoundBy.APPROXIMATE for hit in hits),
        missing=len(found) - len(hits),
    )


def _last_looks(session: Session, rows: Sequence[Claim]) -> dict[int, ClaimPlace]:
    """The last look for the words of each claim that ever moved."""
    query = select(ClaimPlace).where(col(ClaimPlace.claim_id).in_([row.key for row in rows]))
    return {look.claim_id: look for look in session.exec(query.order_by(col(ClaimPlace.id)))}


def _still_doubtful(hit: Found | None, last: ClaimPlace | None) -> Found | None:
    """Words that were only nearly a claim's stay so in the next text, until somebody says."""
    if hit is None or last is None or last.found_by is not FoundBy.APPROXIMATE:
        return hit
    return Found(hit.span, FoundBy.APPROXIMATE, min(hit.score, last.score or 0))


def _move(
    session: Session, actor: Actor, row: Claim, snapshot: Snapshot, *, hit: Found | None
) -> None:
    if hit is None:
        missing = ClaimPlace(claim_id=row.key, snapshot_id=snapshot.key, found_by=FoundBy.MISSING)
        session.add(missing)
        _tell(session, actor, "claim.lose", row, snapshot=snapshot.public_id)
        return
    has_changed = hit.span.of(snapshot.text) != row.quote
    if has_changed:
        carry_chain(session, row)
    set_place(session, row, snapshot, hit.span, found_by=hit.found_by, score=hit.score)
    if has_changed:
        keep_grounded(row)
        read_figures(session, row)
    found_by = hit.found_by.value
    _tell(session, actor, "claim.place", row, snapshot=snapshot.public_id, found_by=found_by)


def _tell(session: Session, actor: Actor, action: str, row: Claim, **details: object) -> None:
    record_event(
        session,
        actor,
        action,
        noun="claim",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.key,
        version=row.version,
        **details,
    )


def not_placed(spans: Sequence[tuple[int, int]], placed: Sequence[Span]) -> list[bool]:
    """Of some stretches of a text, whether each falls on no claim that stands there already.

    It does where the two have more than half of the shorter one in common.
    """
    taken = sorted((span.start, span.end) for span in placed)
    fresh = []
    for start, end in spans:
        shares = (
            2 * (min(end, other_end) - max(start, other_start))
            > min(end - start, other_end - other_start)
            for other_start, other_end in taken
        )
        fresh.append(not any(shares))
    return fresh

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
from app.workflow.chain_places import take_names_along
from app.workflow.events import record_event
from app.workflow.kinds import keep_grounded
from app.workflow.places import first_place, set_place
from app.workflow.quantities import FigureValues, around_of, figures_in, read_figures


@dataclass(frozen=True, slots=True)
class Placing:
    """What was looked for in a text before the writing began, and where it was found.

    ``figures`` are those of claims whose words are others there. The verb takes over what is still
    so; claims that moved or came meanwhile it looks for itself.
    """

    text: str
    wanted: Mapping[int, Anchor]
    found: Mapping[int, Found | None]
    figures: Mapping[int, Sequence[FigureValues]]


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
    return _look(session, article, rows, text)


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


def _look(
    session: Session,
    article: Article,
    rows: Sequence[Claim],
    text: str,
    *,
    known: Placing | None = None,
) -> Placing:
    """Look for some claims of an article in a text; for none of which ``known`` still says where."""
    wanted = _wanted(session, rows)
    still = known if known is not None and known.text == text else Placing(text, {}, {}, {})
    same = {key for key, words in wanted.items() if still.wanted.get(key) == words}
    rest = [row for row in rows if row.key not in same]
    found = find_again(text, {row.key: wanted[row.key] for row in rest})
    figures = _figures(article, rest, text, found)
    return Placing(
        text,
        wanted,
        {**{key: still.found[key] for key in same}, **found},
        {**{key: still.figures[key] for key in same & still.figures.keys()}, **figures},
    )


def _figures(
    article: Article, rows: Sequence[Claim], text: str, found: Mapping[int, Found | None]
) -> dict[int, Sequence[FigureValues]]:
    """The figures of those claims whose words are others in a text."""
    hits = [(row, found[row.key]) for row in rows]
    changed = [(row, hit.span) for row, hit in hits if hit and hit.span.of(text) != row.quote]
    if not changed:
        return {}
    around = around_of(article, text)
    return {row.key: figures_in(around, span, language=row.language) for row, span in changed}


def place_claims(
    session: Session, actor: Actor, snapshot: Snapshot, placing: Placing | None
) -> Placed:
    """Move the claims of an article to its new text; those that are not in it stay and say so."""
    rows = session.exec(_with_place(snapshot.article_id).with_for_update(key_share=True)).all()
    article = session.get_one(Article, snapshot.article_id)
    placing = _look(session, article, rows, snapshot.text, known=placing)
    found = placing.found
    looked = _last_looks(session, rows)
    session.add_all(first_place(row) for row in rows if row.key not in looked)
    session.flush()
    stood = {row.key: (row.snapshot_id, row.start, row.end) for row in rows}
    for row in rows:
        hit = _still_doubtful(found[row.key], looked.get(row.key))
        figures = placing.figures.get(row.key)
        _move(session, actor, row, snapshot, hit=hit, figures=figures)
    session.flush()
    take_names_along(session, rows, stood, snapshot)
    # What was joined to another claim is looked for, and asked about no more.
    told = [found[row.key] for row in rows if row.merged_into_id is None]
    return Placed(
        spans=tuple(hit.span for hit in found.values() if hit is not None),
        nearly=sum(hit is not None and hit.found_by is FoundBy.APPROXIMATE for hit in told),
        missing=told.count(None),
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
    session: Session,
    actor: Actor,
    row: Claim,
    snapshot: Snapshot,
    *,
    hit: Found | None,
    figures: Sequence[FigureValues] | None,
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
        read_figures(session, row, read=figures)
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

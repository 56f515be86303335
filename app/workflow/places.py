"""Where the words of a claim stand: set, moved, confirmed. Old places are kept."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.spans import MAX_QUOTE, SAME, Span, find_quote
from app.domain.words import FoundBy
from app.storage.locking import locked, locked_by_key
from app.storage.tables import Article, Claim, ClaimPlace, Snapshot
from app.workflow.agents import carry_chain
from app.workflow.amendments import as_it_was, note_changes
from app.workflow.chain_places import take_names_along
from app.workflow.events import record_claim_event
from app.workflow.kinds import keep_grounded
from app.workflow.quantities import read_figures
from app.workflow.wordings import checked_wording, reword


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words of an article as somebody chose them.

    ``snapshot`` is the text that was shown. Without ``start`` and ``end`` the quote is looked for.
    """

    quote: str = ""
    start: int | None = None
    end: int | None = None
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The first and the last letter of a claim as a person wants them, and its wording if changed.

    ``version`` is the version of the claim that was shown, ``snapshot`` the text that the letters
    are counted in, ``stands_in`` the one that the claim stood in then, if any.
    """

    start: int
    end: int
    version: int
    snapshot: str
    stands_in: str | None
    text: str | None = None


def move_ends(session: Session, actor: Actor, claim_id: str, *, values: Ends) -> None:
    """Trim or extend the words that a claim was taken from, or say where they stand.

    A settled claim can be corrected so too. Sent twice, it is done once.

    Raises:
        Stale: somebody else corrected it since it was shown, or it stands in a newer text now.
        WrongState: the claim is of no article.
        Invalid: the words are blank, too many, or not within the text.
    """
    hold_article(session, claim_id)
    row = _for_change(session, actor, claim_id)
    snapshot = _text_of(session, row, values.snapshot)
    is_elsewhere = _is_elsewhere(session, row, values)
    span = checked_span(snapshot.text, values.start, values.end)
    text = row.text if values.text is None else checked_wording(values.text)
    stays = (row.snapshot_id, row.start, row.end) == (snapshot.key, span.start, span.end)
    if stays and text == row.text and not is_doubtful(session, row):
        return
    if row.version != values.version or is_elsewhere:
        raise Stale("claim.stale", version=row.version)
    before = as_it_was(session, row)
    if text != row.text:
        reword(session, row, text)
    if text != row.text or not stays:
        carry_chain(session, row)
    _put(session, row, snapshot, span, by_id=actor.person_id)
    amended = note_changes(session, actor, row, before=before)
    told = {"version": row.version, "snapshot": snapshot.public_id, "amended": amended}
    record_claim_event(session, actor, "claim.move", row, **told)


def _put(
    session: Session, row: Claim, snapshot: Snapshot, span: Span, *, by_id: int | None
) -> None:
    """Let a claim stand at some words of a text, with what it has of them."""
    stood = (row.snapshot_id, row.start, row.end)
    remember_first(session, row)
    set_place(session, row, snapshot, span, found_by=FoundBy.HAND, by_id=by_id)
    if stood == (snapshot.key, span.start, span.end):
        return
    take_names_along(session, [row], {row.key: stood}, snapshot)
    keep_grounded(row)
    read_figures(session, row)


def _is_elsewhere(session: Session, row: Claim, values: Ends) -> bool:
    """Whether a claim stands in another text than it was shown in.

    Its version does not tell: a newer text takes a claim along whose words stayed the same.

    Raises:
        Stale: it does, and not in the text that it is to stand in either.
    """
    own = None if row.snapshot_id is None else session.get_one(Snapshot, row.snapshot_id).public_id
    if own not in {values.stands_in, values.snapshot}:
        raise Stale("place.newer", version=row.version)
    return own != values.stands_in


def confirm_place(session: Session, actor: Actor, claim_id: str) -> None:
    """Say that the words that were found nearly are the claim's. Sent twice, it is done once."""
    row = _for_change(session, actor, claim_id)
    if not is_doubtful(session, row) or row.snapshot_id is None:
        return
    snapshot = session.get_one(Snapshot, row.snapshot_id)
    _stay(session, actor, row, snapshot)
    record_claim_event(session, actor, "claim.confirm-place", row, snapshot=snapshot.public_id)


def keep_place(session: Session, actor: Actor, claim_id: str) -> None:
    """Leave a claim whose words went out of the article at the old text, and stop asking."""
    row = _for_change(session, actor, claim_id)
    last = last_place(session, row)
    if last is None or last.found_by is not FoundBy.MISSING or row.snapshot_id is None:
        return
    snapshot = session.get_one(Snapshot, row.snapshot_id)
    _stay(session, actor, row, snapshot)
    record_claim_event(session, actor, "claim.keep-place", row, snapshot=snapshot.public_id)


def _stay(session: Session, actor: Actor, row: Claim, snapshot: Snapshot) -> None:
    span = Span(row.start or 0, row.end or 0)
    set_place(session, row, snapshot, span, found_by=FoundBy.HAND, by_id=actor.person_id)


def hold_article(session: Session, claim_id: str) -> None:
    """Let no new text of a claim's article come in meanwhile; locked before its claims as everywhere.

    A claim that is changed while one comes in would else stay at the old text, unmarked.
    """
    article_id = session.exec(select(Claim.article_id).where(Claim.public_id == claim_id)).first()
    if article_id is not None:
        locked_by_key(session, Article, article_id)


def place_of(
    session: Session, project_id: int, article_id: str, place: Place
) -> tuple[Article, Snapshot, Span]:
    """The words that somebody chose, in the newest text of an article, which is locked now.

    Raises:
        Invalid: no such article, or the words do not stand in it.
        Stale: the article has a newer text than the one that was shown.
    """
    article = session.exec(
        select(Article)
        .where(Article.public_id == article_id, Article.project_id == project_id)
        .with_for_update(key_share=True)
    ).first()
    # Only once the article is locked: a newer text may have come in while it was waited for.
    snapshot = None if article is None else _newest(session, article)
    if article is None or snapshot is None:
        raise Invalid("article.missing", field="article")
    if place.snapshot not in {None, snapshot.public_id}:
        raise Stale("article.newer", field="quote")
    return article, snapshot, _span(snapshot.text, place)


def _newest(session: Session, article: Article) -> Snapshot | None:
    query = select(Snapshot).where(Snapshot.article_id == article.key)
    return session.exec(query.order_by(col(Snapshot.id).desc()).limit(1)).first()


def _span(text: str, place: Place) -> Span:
    """The very place if its words are those that were chosen, else the nearest that has them."""
    if place.start is None or place.end is None:
        return find_quote(text, place.quote)
    if _said(text[max(0, place.start) : place.end]) == _said(place.quote):
        return checked_span(text, place.start, place.end)
    return find_quote(text, place.quote, near=place.start)


def _said(words: str) -> list[str]:
    return words.translate(SAME).split()


def checked_span(text: str, start: int, end: int) -> Span:
    """A stretch of a text, without blanks at its ends.

    Raises:
        Invalid: it is blank, longer than a claim can be, or not within the text.
    """
    if not (0 <= start <= len(text) and 0 <= end <= len(text)):
        raise Invalid("quote.missing", field="first")
    words = text[start:end]
    if not words.strip():
        raise Invalid("quote.order", field="last")
    start += len(words) - len(words.lstrip())
    if len(words.strip()) > MAX_QUOTE:
        raise Invalid("quote.long", field="last", limit=MAX_QUOTE)
    return Span(start, start + len(words.strip()))


def stand(row: Claim, snapshot: Snapshot, span: Span) -> None:
    """Tie a claim to words of a text."""
    row.article_id, row.snapshot_id = snapshot.article_id, snapshot.key
    row.quote, row.start, row.end = span.of(snapshot.text), span.start, span.end
    row.paragraph = snapshot.text.count("\n\n", 0, span.start)


def set_place(
    session: Session,
    row: Claim,
    snapshot: Snapshot,
    span: Span,
    *,
    found_by: FoundBy,
    by_id: int | None = None,
    score: float | None = None,
) -> None:
    """Move a claim to words of a text, and write down how they were found."""
    stand(row, snapshot, span)
    session.add(
        ClaimPlace(
            claim_id=row.key,
            snapshot_id=snapshot.key,
            quote=row.quote,
            start=span.start,
            end=span.end,
            found_by=found_by,
            score=score,
            by_id=by_id,
        )
    )


def remember_first(session: Session, row: Claim) -> None:
    """Write down where a claim stood before its place was ever changed."""
    if row.snapshot_id is None or last_place(session, row) is not None:
        return
    session.add(first_place(row))
    session.flush()


def first_place(row: Claim) -> ClaimPlace:
    """The place at which a claim was made."""
    return ClaimPlace(
        claim_id=row.key,
        snapshot_id=row.snapshot_id or 0,
        quote=row.quote,
        start=row.start,
        end=row.end,
        found_by=FoundBy.ORIGINAL,
        at=row.created_at,
        by_id=row.created_by_id,
    )


def last_place(session: Session, row: Claim) -> ClaimPlace | None:
    """The last look for the words of a claim; None for one that never moved."""
    query = select(ClaimPlace).where(ClaimPlace.claim_id == row.key)
    return session.exec(query.order_by(col(ClaimPlace.id).desc())).first()


def is_doubtful(session: Session, row: Claim) -> bool:
    """Whether nobody has looked yet at words that were found only nearly, or not at all."""
    last = last_place(session, row)
    return last is not None and last.found_by in {FoundBy.APPROXIMATE, FoundBy.MISSING}


def _text_of(session: Session, row: Claim, snapshot_id: str) -> Snapshot:
    """A text of the claim's own article."""
    if row.article_id is None:
        raise WrongState("place.no-article")
    found = session.exec(
        select(Snapshot).where(
            Snapshot.public_id == snapshot_id, Snapshot.article_id == row.article_id
        )
    ).first()
    if found is None:
        raise Invalid("snapshot.missing", field="first")
    return found


def _for_change(session: Session, actor: Actor, claim_id: str) -> Claim:
    row = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_EDIT, row.project_id)
    return row

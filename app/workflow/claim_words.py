"""What claims hold of the very words of a text, which goes when that text is erased by order."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.extraction.checkworthy import OF_WORDS
from app.storage.tables import Claim, ClaimPlace, Hop, Quantity, Snapshot

PLACE = ("quote", "start", "end", "snapshot_id")
TRANSLATION = ("quote_translation", "translated_by")


def blank_words(session: Session, snapshot: Snapshot) -> None:
    """Blank what claims have of the words of a text, which is locked and not blank yet.

    Those that stand there lose all of it, and their place. Those that stood there and went on to
    another text keep what that text says too. How claims are worded stays.
    """
    stood = _stood(session, snapshot)
    rows = session.exec(
        select(Claim)
        .where(or_(col(Claim.snapshot_id) == snapshot.key, col(Claim.id).in_(stood)))
        .order_by(col(Claim.id))
        .with_for_update(key_share=True)
    ).all()
    texts = _texts(session, {row.snapshot_id for row in rows} - {None, snapshot.key})
    for row in rows:
        text = texts.get(row.snapshot_id or 0, "")
        _blank_parts(session, row, text)
        if row.snapshot_id in {None, snapshot.key}:
            _blank_claim(row)
        else:
            _leave_claim(row, text, stood.get(row.key, ()))
    session.flush()


def _stood(session: Session, snapshot: Snapshot) -> dict[int, list[str]]:
    """By claim, the words that it ever stood at in a text."""
    query = select(ClaimPlace.claim_id, ClaimPlace.quote).where(
        ClaimPlace.snapshot_id == snapshot.key, col(ClaimPlace.quote).is_not(None)
    )
    found: dict[int, list[str]] = {}
    for claim_id, quote in session.exec(query):
        found.setdefault(claim_id, []).append(quote or "")
    return found


def _texts(session: Session, keys: set[int | None]) -> dict[int, str]:
    query = select(Snapshot.id, Snapshot.text).where(col(Snapshot.id).in_(keys))
    return {key or 0: text for key, text in session.exec(query)}


def _blank_claim(row: Claim) -> None:
    for name in (*PLACE, *TRANSLATION):
        setattr(row, name, None)
    row.context, row.grounds, row.additions = "", [], []
    # What a desk learned names words of the text among its reasons.
    row.reasons, row.against = _without_words(row.reasons), _without_words(row.against)


def _without_words(reasons: Sequence[str]) -> list[str]:
    return [reason for reason in reasons if not reason.startswith(OF_WORDS)]


def _leave_claim(row: Claim, text: str, stood: Sequence[str]) -> None:
    """Leave a claim that went on to a text what it has of that one."""
    words = row.quote or ""
    row.grounds = [ground for ground in row.grounds if ground["words"] in words]
    row.additions = [one for one in row.additions if str(one["instead_of"]) in words]
    if row.context not in text:
        row.context = ""
    if not all(quote in words for quote in stood):
        row.quote_translation = row.translated_by = None


def _blank_parts(session: Session, row: Claim, text: str) -> None:
    """Figures and steps lose the words that stand in no other text; numbers and names stay."""
    words = (row.quote or "") if text else ""
    for figure in session.exec(select(Quantity).where(Quantity.claim_id == row.key)):
        if figure.raw not in words:
            figure.raw = ""
        if (figure.period or "") not in text:
            figure.period = None
    for hop in session.exec(select(Hop).where(Hop.claim_id == row.key)):
        if hop.cue not in text:
            hop.cue = ""
        if not text:
            hop.start = hop.end = None

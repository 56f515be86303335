"""Where a text names who said a claim: counted anew when the claim comes to stand in another text."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from app.domain.spans import Span
from app.domain.tokens import cuts_a_word
from app.storage.tables import Claim, Hop, Snapshot

# How far from its old distance to the claim a name is looked for, in letters.
NEAR = 300
# The text that a claim stood in, and its first and last letter there.
Stood = tuple[int | None, int | None, int | None]


def take_names_along(
    session: Session, rows: Sequence[Claim], stood: Mapping[int, Stood], snapshot: Snapshot
) -> None:
    """Say where a text names who said some claims that stood elsewhere before.

    It is the same name, about as far from the claim as it was; without one, nobody is named.
    """
    moved = {row.key: row for row in rows if _came(row, stood[row.key], snapshot)}
    query = select(Hop).where(col(Hop.claim_id).in_(moved), col(Hop.start).is_not(None))
    hops = [one for one in session.exec(query) if one.claim_version == moved[one.claim_id].version]
    texts = _texts(session, {stood[hop.claim_id][0] for hop in hops})
    for hop in hops:
        old_text, old_start, _end = stood[hop.claim_id]
        name = texts.get(old_text, "")[hop.start : hop.end]
        by = (moved[hop.claim_id].start or 0) - (old_start or 0)
        found = name_near(snapshot.text, name, (hop.start or 0) + by)
        hop.start, hop.end = (None, None) if found is None else (found.start, found.end)
    session.flush()


def _came(row: Claim, stood: Stood, snapshot: Snapshot) -> bool:
    return row.snapshot_id == snapshot.key and stood[0] not in {None, snapshot.key}


def _texts(session: Session, keys: set[int | None]) -> dict[int | None, str]:
    query = select(Snapshot.id, Snapshot.text).where(col(Snapshot.id).in_(keys))
    return dict(session.exec(query).all())


def name_near(text: str, name: str, place: int) -> Span | None:
    """The words of a text that are a name, nearest to a place."""
    first, end = max(0, place - NEAR), max(0, place + NEAR + len(name))
    places, at = list[int](), text.find(name, first, end) if name else -1
    while at >= 0:
        if not (cuts_a_word(text, at) or cuts_a_word(text, at + len(name))):
            places.append(at)
        at = text.find(name, at + 1, end)
    start = min(places, key=lambda one: abs(one - place), default=None)
    return None if start is None else Span(start, start + len(name))

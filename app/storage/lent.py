"""Whose evidence counts for claims that have their verdict from another one."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from app.storage.aliases import alias_of
from app.storage.tables import Ruling

# Under a name of its own: the question asks the same table twice.
_origin = alias_of(Ruling, "claim_id", "id")


def lenders_of(
    session: Session,
    given: Mapping[int, int | None],
    *,
    with_claims: Mapping[int, int],
) -> dict[int, set[int]]:
    """Of some claims, by key, those whose evidence counts for them too.

    That is the claim whose verdict holds for them, where the answer to "Is it so?" that they are
    given is that one's, and again whatever that one has its verdict from. ``given`` are these
    answers, None for one that is not known yet; ``with_claims`` the claim that shall lend its
    verdict now.
    """
    found = {key: {with_claims[key]} if key in with_claims else set() for key in given}
    ahead = {(key, of) for key, lenders in found.items() for of in (key, *lenders)}
    while ahead:
        lent = _lent(session, {of for _key, of in ahead})
        reached = {
            (key, lender)
            for key, of in ahead
            for lender, answer in [lent.get(of, (key, None))]
            if given[key] in {None, answer} and lender != key and lender not in found[key]
        }
        for key, lender in reached:
            found[key].add(lender)
        ahead = reached
    return found


def _lent(session: Session, keys: Collection[int]) -> dict[int, tuple[int, int]]:
    """The claims that some have a verdict from, the last such one, and what it answers."""
    query = (
        select(Ruling.claim_id, _origin.claim_id, Ruling.content_label_id)
        .join(_origin, col(_origin.id) == col(Ruling.from_ruling_id))
        .where(col(Ruling.claim_id).in_(keys))
        .order_by(col(Ruling.version))
    )
    return {key: (lender, answer) for key, lender, answer in session.exec(query)}

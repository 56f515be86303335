"""How far one page of a list of claims looks: so many rows of whatever index knows the most.

A filter that hardly any claim fits would have a page look through all of a project. Instead each page
looks at a stretch of claims, newest first, and says where the next one begins. The rows are those that
the narrowest part of the filter names: of a tag, of a person's checks, of one who said it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.left import Left
from app.domain.words import ClaimState
from app.storage.claim_filters import ClaimFilter, agents_called
from app.storage.claim_texts import are_few, are_indexed
from app.storage.settling import IS_COMPLETE_ROUND, rounds_that_wait
from app.storage.tables import (
    Claim,
    ClaimRound,
    ClaimTag,
    Hop,
    Label,
    PublishedClaim,
    Review,
    Ruling,
)

# So many rows are looked at for one page.
LOOKED_AT = 2_000
# Of so many people with such a name each one's claims are looked up; of more, all claims are.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """The claims whose key is ``first`` or above, and below ``before``; None where there is no end.

    ``by_text``: which of them have the words that are looked for is asked of the index of texts.
    """

    first: int | None = None
    before: int | None = None
    by_text: bool = True


EVERYTHING = Stretch()


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    actor: Actor
    project_id: int
    wanted: ClaimFilter


# Rows of an index in the order of claims: the column of their keys, and which rows.
_Rows = tuple[Any, Sequence[Any]]


def stretch_of(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter,
    before: int | None = None,
) -> Stretch:
    """The claims that a page looks at which begins below a key."""
    is_narrow = any(getattr(wanted, name) for name in _NARROW)
    if are_indexed(session, wanted.text) and (not is_narrow or are_few(session, wanted.text)):
        # The index of texts has stretches of its own.
        return Stretch(None, before)
    asked = _Asked(session, actor, project_id, wanted)
    ends = [_end(session, rows, before) for rows in _narrowest(asked)]
    first = max((end for end in ends if end is not None), default=None)
    return Stretch(first, before, by_text=False)


def _end(session: Session, rows: _Rows, before: int | None) -> int | None:
    """The key of the last row that is looked at; None where there are not as many."""
    key, rules = rows
    query = select(key).where(*rules).order_by(key.desc())
    if before is not None:
        query = query.where(key < before)
    # One step along the index, of a length that is always the same.
    return session.exec(query.offset(LOOKED_AT - 1).limit(1)).first()


def _narrowest(asked: _Asked) -> Sequence[_Rows]:
    """The rows to look at for a filter; several kinds of them where it names several things."""
    for name, rows_of in _ROWS.items():
        if getattr(asked.wanted, name):
            found = list(rows_of(asked))
            if found:
                return found
    return [_claims(Claim.project_id == asked.project_id)]


def _claims(*rules: Any) -> _Rows:  # noqa: ANN401 - conditions
    return col(Claim.id), rules


def _in_state(asked: _Asked, *states: ClaimState) -> Iterator[_Rows]:
    for state in states:
        yield _claims(Claim.project_id == asked.project_id, Claim.state == state)


def _checked_by(asked: _Asked, person_id: int | None) -> _Rows:
    rules = (Review.reviewer_id == person_id, Review.project_id == asked.project_id)
    return col(Review.claim_id), rules


def _claimant(asked: _Asked) -> Iterator[_Rows]:
    yield col(Hop.claim_id), [Hop.agent_id == asked.wanted.claimant_id]


def _who(asked: _Asked) -> Iterator[_Rows]:
    named = agents_called(asked.project_id, asked.wanted.who).limit(NAMED + 1)
    found = asked.session.exec(named).all()
    if len(found) <= NAMED:
        yield from ((col(Hop.claim_id), [Hop.agent_id == key]) for key in found)


def _tag(asked: _Asked) -> Iterator[_Rows]:
    rules = (ClaimTag.project_id == asked.project_id, ClaimTag.tag == asked.wanted.tag)
    yield col(ClaimTag.claim_id), rules


def _verdict(asked: _Asked) -> Iterator[_Rows]:
    given = select(Ruling.id).where(col(Ruling.content_label_id) == col(Label.id)).exists()
    labels = select(Label.id).where(Label.code == asked.wanted.verdict, given)
    for key in asked.session.exec(labels):
        yield col(Ruling.claim_id), [Ruling.content_label_id == key]


def _state(asked: _Asked) -> Iterator[_Rows]:
    state = asked.wanted.state
    if state is SeenState.MINE_DONE:
        yield _checked_by(asked, asked.actor.person_id)
    elif state is SeenState.WAITING:
        for key in rounds_that_wait(asked.session, asked.project_id):
            yield col(ClaimRound.claim_id), [ClaimRound.round_id == key, IS_COMPLETE_ROUND]
    elif state is not None:
        yield from _in_state(asked, _STORED[state])


def _left(asked: _Asked) -> Iterator[_Rows]:
    if asked.wanted.left is Left.UPDATE:
        yield col(PublishedClaim.claim_id), []
    elif asked.wanted.left is Left.PUBLISHING:
        yield from _in_state(asked, ClaimState.SETTLED)
    else:
        yield from _in_state(asked, ClaimState.OPEN)


_STORED = {
    SeenState.SUGGESTED: ClaimState.CANDIDATE,
    SeenState.TO_DO: ClaimState.OPEN,
    SeenState.SETTLED: ClaimState.SETTLED,
    SeenState.DROPPED: ClaimState.REJECTED,
}
# The narrowest first.
_ROWS: Mapping[str, Callable[[_Asked], Iterator[_Rows]]] = {
    "group_id": lambda asked: iter([_claims(Claim.claim_group_id == asked.wanted.group_id)]),
    "article_id": lambda asked: iter([_claims(Claim.article_id == asked.wanted.article_id)]),
    "claimant_id": _claimant,
    "who": _who,
    "tag": _tag,
    "person_id": lambda asked: iter([_checked_by(asked, asked.wanted.person_id)]),
    "batch_id": lambda asked: iter([_claims(Claim.batch_id == asked.wanted.batch_id)]),
    "verdict": _verdict,
    "left": _left,
    "state": _state,
}
# Where many claims have some words, these name fewer.
_NARROW = tuple(name for name in _ROWS if name not in {"left", "state"})

"""A filter of claims as an address or a command line spells it, with the names of what it names.

What nobody could mean, and what the asker may not ask for, is left out of account.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.due import Due, day_span, span_of
from app.domain.ids import now
from app.domain.left import Left
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.storage import agreement
from app.storage.claim_filters import ClaimFilter, Met
from app.storage.scales import scheme
from app.storage.tables import Agent, Article, Batch, ClaimGroup, Membership, Person

ME, NOT_ME = "me", "not-me"
MAX_WORDS = 200

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """A filter that was asked for.

    Attributes:
        wanted: the filter as questions take it.
        words: what was spelled and made sense, by the names that addresses use.
        titles: what an article, a claimant or a person is called, by the same names.
    """

    wanted: ClaimFilter
    words: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    actor: Actor
    project: ProjectRecord
    word: str


def claim_query(
    session: Session, actor: Actor, project: ProjectRecord, asked: Mapping[str, str]
) -> ClaimQuery:
    """The filter that some words mean to somebody in a project."""
    values: Values = {}
    words: dict[str, str] = {}
    titles: dict[str, str] = {}
    for name, meaning in MEANINGS.items():
        word = " ".join(asked.get(name, "").replace("\0", "").split())[:MAX_WORDS]
        found = meaning(_Asked(session, actor, project, word)) if word else None
        if found is not None:
            title = found.pop("title", "")
            values |= found
            words[name] = word
            titles |= {name: title} if title else {}
    if "day" in words:
        words.pop("due", None)
    return ClaimQuery(ClaimFilter(**values), words, titles)


def _plain(name: str) -> Callable[[_Asked], Values | None]:
    return lambda asked: {name: asked.word}


def _state(asked: _Asked) -> Values | None:
    return {"state": SeenState(asked.word)} if asked.word in set(SeenState) else None


def _verdict(asked: _Asked) -> Values | None:
    labels = scheme(asked.session, asked.project.content_scheme_id).ever
    name = next((label.name for label in labels if label.code == asked.word), None)
    return None if name is None else {"verdict": asked.word, "title": name}


def _due(asked: _Asked) -> Values | None:
    if asked.word not in set(Due):
        return None
    return {"due": span_of(Due(asked.word), at=now(), zone=ZoneInfo(asked.project.timezone))}


def _day(asked: _Asked) -> Values | None:
    span = day_span(asked.word, zone=ZoneInfo(asked.project.timezone))
    return None if span is None else {"due": span}


def _left(asked: _Asked) -> Values | None:
    return {"left": Left(asked.word)} if asked.word in set(Left) else None


def _met(asked: _Asked) -> Values | None:
    """Two answers that met in one claim, by their codes; then a round, a batch, a version or none.

    ``true,false,2,,3``: in the second round, under the third version of the guidelines.
    """
    first, second, *where = [*asked.word.split(","), "", "", ""][:5]
    scale = scheme(asked.session, asked.project.content_scheme_id)
    labels = {label.code: label for label in scale.ever}
    if first not in labels or second not in labels:
        return None
    wanted = agreement.wanted(*where)
    parts = [
        part
        for part in agreement.slices(asked.session, asked.actor, asked.project.id)
        if part.is_in(wanted)
    ]
    one, other = labels[first], labels[second]
    patterns = agreement.patterns_with(asked.session, asked.project.id, parts, (one.id, other.id))
    found = Met(tuple(part.id for part in parts), tuple(patterns))
    return {"met": found, "title": f"{one.name} – {other.name}"}


def _one_of(kind: Any, key: str, title: str | None) -> Callable[[_Asked], Values | None]:  # noqa: ANN401 - a table
    """A thing of the project, by its public id."""

    def meaning(asked: _Asked) -> Values | None:
        query = select(kind).where(
            kind.public_id == asked.word, kind.project_id == asked.project.id
        )
        row = asked.session.exec(query).first()
        if row is None:
            return None
        return {key: row.id, "title": getattr(row, title) if title else ""}

    return meaning


def _batch(asked: _Asked) -> Values | None:
    """A batch of the project, by its public id or, as people know it, by its name."""
    query = select(Batch).where(
        Batch.project_id == asked.project.id,
        or_(col(Batch.public_id) == asked.word, col(Batch.name) == asked.word),
    )
    row = asked.session.exec(query.order_by(col(Batch.id))).first()
    return None if row is None else {"batch_id": row.key, "title": row.name}


def _person(asked: _Asked) -> Values | None:
    """Myself, and for leads anybody who ever was a member."""
    if asked.word in {ME, NOT_ME}:
        if asked.actor.person_id is None:
            return None
        return {"person_id": asked.actor.person_id} if asked.word == ME else {"not_mine": True}
    if not may(asked.actor, Action.REVIEW_SEE_ALL, asked.project.id):
        return None
    member = select(Membership.person_id).where(Membership.project_id == asked.project.id)
    query = select(Person.id, Person.name).where(
        Person.public_id == asked.word, or_(col(Person.is_admin), col(Person.id).in_(member))
    )
    found = asked.session.exec(query).first()
    return None if found is None else {"person_id": found[0], "title": found[1]}


MEANINGS: Mapping[str, Callable[[_Asked], Values | None]] = {
    "state": _state,
    "text": _plain("text"),
    "who": _plain("who"),
    "verdict": _verdict,
    "tag": _plain("tag"),
    "article": _one_of(Article, "article_id", "title"),
    "batch": _batch,
    "claimant": _one_of(Agent, "claimant_id", "name"),
    "group": _one_of(ClaimGroup, "group_id", None),
    "person": _person,
    # A day that is named counts more than a span of them.
    "due": _due,
    "day": _day,
    "left": _left,
    "met": _met,
}

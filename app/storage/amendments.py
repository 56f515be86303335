"""The rows of amendments.jsonl: what people changed of claims that were read, as it was and became."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.export_rows import AmendmentRow, ClaimThen, HopCells
from app.domain.permissions import Action, ask_leave
from app.domain.words import Amended
from app.storage.claims import in_batch, visible
from app.storage.projects import by_id
from app.storage.pseudonyms import Naming, naming
from app.storage.tables import Agent, Amendment, Article, Claim, ClaimWording, Hop, Snapshot

CHUNK = 500

# A version of a claim: the claim's key and a number.
Version = tuple[int, int]


@dataclass
class _Versions:
    """What some claims said in each of their versions, and who said it."""

    claims: dict[int, Claim] = field(default_factory=dict)
    wordings: dict[int, list[ClaimWording]] = field(default_factory=dict)
    chains: dict[Version, list[HopCells]] = field(default_factory=dict)

    def wording(self, version: Version) -> str:
        """How a claim was worded: what replaced it first after that, else as it is now."""
        claim_id, number = version
        later = (one for one in self.wordings.get(claim_id, ()) if one.version >= number)
        kept = next(later, None)
        return kept.text if kept else self.claims[claim_id].text

    def then(
        self, version: Version, place: tuple[int | None, int | None], quote: str | None
    ) -> ClaimThen:
        """A claim in one version, at one place."""
        chain = tuple(self.chains.get(version, ()))
        return ClaimThen(quote or None, *place, self.wording(version), chain)


def amendment_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    names: bool = False,
    batch_id: int | None = None,
) -> Iterator[AmendmentRow]:
    """One row for every amendment of a project or a batch, oldest first.

    People stand under pseudonyms that reviews.csv does not have, or under their names if asked for.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    project = by_id(session, project_id)
    name_of = naming(session, actor, project, names=names, of="amendment")
    return _rows(session, project_id, batch_id=batch_id, name_of=name_of)


def _rows(
    session: Session, project_id: int, *, batch_id: int | None, name_of: Naming
) -> Iterator[AmendmentRow]:
    query = (
        select(Amendment, Article)
        .join(Claim, col(Claim.id) == col(Amendment.claim_id))
        .join(Article, col(Article.id) == col(Claim.article_id), isouter=True)
        .where(Amendment.project_id == project_id, visible(), *in_batch(batch_id))
        .order_by(col(Amendment.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(Amendment.id) > after)).all():
        found = [row for row, _article in rows]
        versions, texts = _versions(session, found), _texts(session, found)
        for row, article in rows:
            yield AmendmentRow(
                **_article_cells(article),
                **_states(row, versions, texts[row.key]),
                claim_id=versions.claims[row.claim_id].public_id,
                what=row.what.value,
                extractor=row.extractor,
                at=row.at,
                by=name_of(row.by_id) if row.by_id else None,
            )
        after = found[-1].key
        session.expunge_all()


@dataclass(frozen=True, slots=True)
class _Text:
    """The text that an amendment is of, and its words before and after."""

    sha256: str | None = None
    is_erased: bool = False
    before: str | None = None
    after: str | None = None


def _texts(session: Session, rows: Sequence[Amendment]) -> dict[int, _Text]:
    """By the key of an amendment. Only the quotes are read: a text can be long and much amended."""
    snapshots = select(Snapshot.id, Snapshot.sha256, Snapshot.erased_at).where(
        col(Snapshot.id).in_({row.snapshot_id for row in rows})
    )
    known = {key: (sha256, erased_at) for key, sha256, erased_at in session.exec(snapshots)}
    quotes = (
        select(Amendment.id, _words("before"), _words("after"))
        .join(Snapshot, col(Snapshot.id) == col(Amendment.snapshot_id))
        .where(col(Amendment.id).in_([row.key for row in rows]))
    )
    said = {key: words for key, *words in session.exec(quotes)}
    found = {}
    for row in rows:
        if row.snapshot_id is None:
            found[row.key] = _Text()
            continue
        sha256, erased_at = known[row.snapshot_id]
        found[row.key] = _Text(sha256, erased_at is not None, *said[row.key])
    return found


def _words(when: str) -> ColumnElement[str]:
    """The words at a place of an amendment, as the database cuts them; databases count from 1."""
    start, end = getattr(Amendment, f"start_{when}"), getattr(Amendment, f"end_{when}")
    return func.substr(Snapshot.text, start + 1, end - start)


def _versions(session: Session, rows: Sequence[Amendment]) -> _Versions:
    keys = {row.claim_id for row in rows} | {row.other_claim_id for row in rows}
    found = _Versions()
    found.claims = {
        claim.key: claim for claim in session.exec(select(Claim).where(col(Claim.id).in_(keys)))
    }
    wordings = select(ClaimWording).where(col(ClaimWording.claim_id).in_(keys))
    for wording in session.exec(wordings.order_by(col(ClaimWording.version))):
        found.wordings.setdefault(wording.claim_id, []).append(wording)
    hops = (
        select(Hop, Agent)
        .join(Agent, col(Agent.id) == col(Hop.agent_id))
        .where(col(Hop.claim_id).in_(keys))
        .order_by(col(Hop.position))
    )
    for hop, agent in session.exec(hops):
        cells = HopCells(agent.name, hop.cue, hop.mode.value, named=agent.is_named)
        found.chains.setdefault((hop.claim_id, hop.claim_version), []).append(cells)
    return found


def _article_cells(article: Article | None) -> dict[str, Any]:
    names = ("url", "title", "publisher", "published")
    return {f"article_{name}": getattr(article, name) if article else None for name in names}


def _states(row: Amendment, versions: _Versions, text: _Text) -> dict[str, Any]:
    """The claim before, if there was one, and what it is after."""
    after = (row.other_claim_id or row.claim_id, row.version_after)
    before = (row.claim_id, row.version_before) if row.version_before else None
    other = versions.claims[row.other_claim_id].public_id if row.other_claim_id else None
    is_merge = row.what is Amended.MERGE and row.other_claim_id is not None
    return {
        "snapshot_sha256": text.sha256,
        "erased": text.is_erased,
        "before": before and versions.then(before, (row.start_before, row.end_before), text.before),
        "after": versions.then(after, (row.start_after, row.end_after), text.after),
        "other_claim_id": other,
        "undone": is_merge and versions.claims[row.claim_id].merged_into_id != row.other_claim_id,
    }

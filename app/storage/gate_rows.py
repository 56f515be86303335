"""Questions about verdicts that were given though a rule was not met, for the files of a project."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.export_rows import GateRow
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState
from app.storage.claims import in_batch, visible
from app.storage.projects import by_id
from app.storage.pseudonyms import Naming, naming
from app.storage.tables import Claim, GateOverride

CHUNK = 500


def gate_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    names: bool = False,
    batch_id: int | None = None,
) -> Iterator[GateRow]:
    """One row for each unmet rule of a verdict on a settled claim, oldest first.

    People stand under pseudonyms that reviews.csv does not have, since pages show who decided, or
    under their names if asked for.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    project = by_id(session, project_id)
    name_of = naming(session, actor, project, names=names, of="decider")
    return _rows(session, project_id, batch_id, name_of=name_of)


def _rows(
    session: Session, project_id: int, batch_id: int | None, *, name_of: Naming
) -> Iterator[GateRow]:
    query = (
        select(GateOverride, Claim.public_id)
        .join(Claim, col(Claim.id) == col(GateOverride.claim_id))
        .where(
            Claim.project_id == project_id,
            # A claim that is checked anew tells nothing before it is settled again.
            Claim.state == ClaimState.SETTLED,
            visible(),
            *in_batch(batch_id),
        )
        .order_by(col(GateOverride.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(GateOverride.id) > after)).all():
        for row, claim_id in rows:
            yield GateRow(
                claim_id=claim_id,
                ruling_version=row.ruling_version,
                rule=row.rule.value,
                question=row.question.value,
                found=row.found,
                wanted=row.wanted,
                reason=row.reason,
                decided_at=row.at,
                person=None if row.by_id is None else name_of(row.by_id),
            )
        after = rows[-1][0].key

"""The rules for verdicts of a project: choosing them, and giving a verdict that does not meet one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from app.domain.actors import Actor
from app.domain.consensus import Answer
from app.domain.errors import Invalid
from app.domain.evidence_words import GateLevel, GateProfile
from app.domain.gates import FEWEST, MOST, NUMBERED, Key, Line, rules_of_profile
from app.domain.permissions import Action, ask_leave
from app.storage.gates import lines_of
from app.storage.locking import locked_by_key
from app.storage.projects import by_id
from app.storage.tables import Claim, GateOverride, GateSetting, Project
from app.workflow.events import record_claim_event, record_event

FIELD = "gate_reason"
OVERRIDE = "gate.override"
MAX_REASON = 20_000


@dataclass(frozen=True, slots=True)
class Passed:
    """The rules that a verdict does not meet, and why it is given all the same."""

    unmet: tuple[Line, ...] = ()
    reason: str = ""


NOTHING = Passed()


def let_pass(
    session: Session,
    claim: Claim,
    answer: Answer,
    *,
    reason: str,
    version: int | None = None,
    lender: Claim | None = None,
    field: str = FIELD,
) -> Passed:
    """Hold a verdict against the rules of its project before it is given.

    ``version``: the verdict that is let stand again, with what was written of it then; ``lender``:
    the claim whose verdict shall hold for this one too. What is only told stops nothing.

    Raises:
        Invalid: a rule that needs a reason is not met, and none is written; ``unmet`` names which.
    """
    stops = _stops(session, claim, answer, lender=lender)
    if stops and version is not None:
        held = _overridden(session, claim, version)
        stops = [line for line in stops if line.key not in held]
    if not stops:
        return NOTHING
    reason = reason.strip()
    if len(reason) > MAX_REASON:
        raise Invalid("review.long", field=FIELD, limit=MAX_REASON)
    if not reason:
        rules = tuple(dict.fromkeys(line.rule for line in stops))
        unmet = tuple(stops)
        raise Invalid("gate.unmet", field=field, rules=rules, unmet=unmet, claim=claim.public_id)
    return Passed(tuple(stops), reason)


def passes(session: Session, claim: Claim, answer: Answer, *, version: int | None = None) -> bool:
    """Whether a verdict can be given, or let stand, with no person to write a reason."""
    try:
        let_pass(session, claim, answer, reason="", version=version)
    except Invalid:
        return False
    return True


def stopped(
    session: Session, project_id: int, given: Mapping[int, Answer]
) -> dict[int, tuple[Line, ...]]:
    """Of some claims, by key, those whose verdict needs a written reason, and by which rules."""
    found = lines_of(session, by_id(session, project_id), given)
    stops = {key: tuple(line for line in of if line.stops) for key, of in found.items()}
    return {key: of for key, of in stops.items() if of}


def _stops(
    session: Session, claim: Claim, answer: Answer, *, lender: Claim | None
) -> Sequence[Line]:
    with_claims = {} if lender is None else {claim.key: lender.key}
    project = by_id(session, claim.project_id)
    found = lines_of(session, project, {claim.key: answer}, with_claims=with_claims)
    return [line for line in found.get(claim.key, ()) if line.stops]


def _overridden(session: Session, claim: Claim, version: int) -> Collection[Key]:
    query = select(GateOverride).where(
        GateOverride.claim_id == claim.key, GateOverride.ruling_version == version
    )
    return {(row.rule, row.question) for row in session.exec(query)}


def record_overrides(
    session: Session, actor: Actor, claim: Claim, *, version: int, passed: Passed
) -> None:
    """Write down why a verdict was given though rules were not met, one row for each."""
    if not passed.unmet:
        return
    for line in passed.unmet:
        session.add(
            GateOverride(
                claim_id=claim.key,
                ruling_version=version,
                rule=line.rule,
                question=line.question,
                found=line.found,
                wanted=line.wanted,
                reason=passed.reason,
                by_id=actor.person_id,
            )
        )
    rules = [f"{line.rule}/{line.question}" for line in passed.unmet]
    record_claim_event(session, actor, OVERRIDE, claim, version=version, rules=rules)


def says_the_same(session: Session, claim_id: int, *, version: int, reason: str) -> bool:
    """Whether a version of a verdict was given with this reason, or without needing one."""
    query = select(GateOverride.reason).where(
        GateOverride.claim_id == claim_id, GateOverride.ruling_version == version
    )
    return not reason.strip() or set(session.exec(query)) <= {reason.strip()}


def choose_profile(
    session: Session, actor: Actor, project_id: int, *, profile: GateProfile
) -> None:
    """Hold verdicts to come against the rules of a body, as that body has them; or against none."""
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    row = locked_by_key(session, Project, project_id)
    if row.gate_profile is profile:
        return
    row.gate_profile = profile
    session.exec(delete(GateSetting).where(col(GateSetting.project_id) == project_id))
    _tell(session, actor, row, changed=[])


def change_rules(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    values: Mapping[Key, tuple[GateLevel, int | None]],
) -> None:
    """Hold rules otherwise than the profile has them; one that ``values`` do not name goes back.

    Raises:
        Invalid: a number is out of its range; ``field`` names of which rule.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    for (name, question), (_level, wanted) in values.items():
        if name in NUMBERED and not FEWEST <= (wanted or 0) <= MOST:
            raise Invalid("gate.number", field=f"{name}-{question}-wanted", limit=MOST)
    row = locked_by_key(session, Project, project_id)
    changed = [rule for rule in rules_of_profile(row.gate_profile, values) if rule.is_changed]
    before = session.exec(select(GateSetting).where(GateSetting.project_id == project_id)).all()
    held = {(old.rule, old.question): (old.level, old.wanted) for old in before}
    if held == {rule.key: (rule.level, rule.wanted) for rule in changed}:
        return
    session.exec(delete(GateSetting).where(col(GateSetting.project_id) == project_id))
    for rule in changed:
        session.add(
            GateSetting(
                project_id=project_id,
                rule=rule.rule,
                question=rule.question,
                level=rule.level,
                wanted=rule.wanted,
            )
        )
    _tell(session, actor, row, changed=[f"{rule.rule}/{rule.question}" for rule in changed])


def _tell(session: Session, actor: Actor, project: Project, *, changed: list[str]) -> None:
    record_event(
        session,
        actor,
        "gate.set",
        noun="project",
        thing=project.public_id,
        project_id=project.key,
        profile=project.gate_profile.value,
        changed=changed,
    )
    session.flush()

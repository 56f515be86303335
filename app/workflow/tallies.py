"""Keeping the counts of agreement right while answers come in, change and are settled.

A verb that changes what is compared says for which claims; each is counted anew once, at the end
of the transaction, after everything that the verb locks. What a claim added before is kept next to
it and taken off exactly.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session

from app.domain.consensus import distance
from app.domain.tallies import (
    Counts,
    as_stored,
    content_pattern,
    counted,
    from_stored,
    plus,
    words_pattern,
)
from app.domain.words import Basis, TallyQuestion, TriageDecision
from app.storage import tallies
from app.storage.compared import Standing, standings
from app.storage.locking import write_now
from app.storage.scales import Vocabulary, vocabulary_of
from app.storage.session import Database, at_the_end
from app.storage.tallies import Part
from app.workflow.jobs import add_job
from app.workflow.pieces import Pieces

CHANGED = "claims to count anew"
TRIAGED = "suggestions that two people decided"
# So many claims are looked up at once; how many are counted in one transaction is up to time.
BATCH = 500
COUNT = "agreement.count"


def count_anew(session: Session, claim_id: int) -> None:
    """Have a claim's agreement counted anew before the transaction is committed."""
    session.info.setdefault(CHANGED, set()).add(claim_id)
    at_the_end(session, _count_changed)


def count_triage(
    session: Session, project_id: int, first: TriageDecision, second: TriageDecision
) -> None:
    """Count a suggestion on which a second person has decided too, before the commit."""
    session.info.setdefault(TRIAGED, []).append((project_id, words_pattern([first, second])))
    at_the_end(session, _count_changed)


def _count_changed(session: Session) -> None:
    session.flush()
    claims = sorted(session.info.pop(CHANGED, ()))
    triaged = session.info.pop(TRIAGED, ())
    changes: dict[int, Counts] = {}
    if claims:
        tallies.hold_projects(session, claims)
        changes = _changes(session, claims)
    if triaged:
        changes |= _triage_changes(session, triaged)
    tallies.add_counts(session, changes)
    session.flush()


def _triage_changes(session: Session, triaged: Sequence[tuple[int, str]]) -> dict[int, Counts]:
    slices = tallies.slice_ids(session, [Part(project) for project, _pattern in triaged])
    found: dict[int, Counts] = {}
    for part, key in slices.items():
        patterns = [pattern for project, pattern in triaged if project == part.project_id]
        found[key] = _triage_counts({pattern: patterns.count(pattern) for pattern in patterns})
    return found


def _triage_counts(patterns: dict[str, int]) -> Counts:
    question, basis = TallyQuestion.TRIAGE.value, Basis.BLIND.value
    return {"answers": {(question, basis, pattern): n for pattern, n in patterns.items()}}


def _changes(session: Session, claim_ids: Sequence[int]) -> dict[int, Counts]:
    """Count some claims anew: what has to be added to which slice. Distances are set as well."""
    found = standings(session, claim_ids)
    before = tallies.claim_tallies(session, [one.row.key for one in found])
    now_counted = [one for one in found if one.is_counted]
    slices = tallies.slice_ids(session, [one.part for one in now_counted])
    after = {one.row.key: _tally(one, slices[one.part]) for one in now_counted}
    changes: dict[int, Counts] = defaultdict(dict)
    for tally, stands in before.values():
        if stands:
            was = from_stored(tally.counted)
            changes[tally.slice_id] = plus(changes[tally.slice_id], was, times=-1)
    for row in after.values():
        changes[row["slice_id"]] = plus(changes[row["slice_id"]], from_stored(row["counted"]))
    tallies.write_tallies(session, [row for _key, row in sorted(after.items())])
    tallies.remove_tallies(session, [key for key in before if key not in after])
    _set_distances(session, found)
    return changes


def _tally(one: Standing, slice_id: int) -> dict[str, Any]:
    counts = counted(one.checks, one.ruled if one.is_settled else None)
    return {
        "claim_round_id": one.row.key,
        "slice_id": slice_id,
        "content": content_pattern(one.checks),
        "counted": as_stored(counts),
    }


def _set_distances(session: Session, found: Sequence[Standing]) -> None:
    words: dict[int, Vocabulary] = {}
    for one in found:
        apart = None
        if one.is_complete and one.checks:
            if one.project_id not in words:
                words[one.project_id] = vocabulary_of(session, one.project_id)
            apart = _distance(one, words[one.project_id])
        if one.row.distance != apart:
            write_now(session, one.row, {"distance": apart})


def _distance(one: Standing, words: Vocabulary) -> int:
    answers = words.lines.answers(check.answers[Basis.FINAL] for check in one.checks)
    return distance(answers, {key: label.rank for key, label in words.labels.items()})


def recount(database: Database, project_id: int) -> Iterator[int]:
    """Count a project's agreement from the beginning, while others go on working.

    Answers after each transaction up to which claim it came. Done twice, it is done once.
    """
    with database.write() as session:
        begin(session, project_id)
    yield from go_on(database, project_id)


def begin(session: Session, project_id: int) -> None:
    """Let the counts of a project count for nothing but for triage, which is counted at once."""
    tallies.begin_anew(session, project_id)
    patterns: dict[str, int] = defaultdict(int)
    for pair, number in tallies.triage_patterns(session, project_id).items():
        patterns[words_pattern(pair)] += number
    if patterns:
        part = Part(project_id)
        key = tallies.slice_ids(session, [part])[part]
        tallies.add_counts(session, {key: _triage_counts(patterns)})


def go_on(
    database: Database, project_id: int, *, after: int = 0, only_waiting: bool = False
) -> Iterator[int]:
    """Count the claims that come after one, in pieces; answers after each up to which it came.

    Which they are is asked before a piece begins, since nobody has to wait for that: a claim that
    gets its last check meanwhile is counted by whoever gives it.
    """
    pieces = Pieces(database, most=BATCH)
    while claims := _claims(database, project_id, after=after, only_waiting=only_waiting):
        while claims:
            some, claims = claims[: pieces.size], claims[pieces.size :]
            with pieces.write() as session:
                for claim in some:
                    count_anew(session, claim)
            after = some[-1]
            yield after
    if not only_waiting:
        with database.write() as session:
            tallies.forget_old(session, project_id)


def _claims(
    database: Database, project_id: int, *, after: int, only_waiting: bool
) -> Sequence[int]:
    with database.reading() as session:
        return tallies.some_claims(
            session, project_id, after=after, limit=BATCH, only_waiting=only_waiting
        )


def ask_to_count_all(session: Session, project: str) -> None:
    """Have every claim of a project counted anew by a job: too many of them changed at once."""
    add_job(session, COUNT, {"project": project, "after": 0})


def ask_to_go_on(
    session: Session, project: str, *, after: int = 0, only_waiting: bool = False
) -> None:
    """Have claims of a project counted anew by a job, from one on.

    ``only_waiting``: after a change of the scale, for the distances of what waits to be settled.
    """
    payload = {"project": project, "after": after, "only_waiting": only_waiting}
    # A scale may change again while the job for its last change is at work: that is another one.
    same_as = None if only_waiting else f"{COUNT}:{project}:{after}"
    add_job(session, COUNT, payload, same_as=same_as)

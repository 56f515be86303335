"""Agreement counted by hand: every check on its own, from the rows as they are."""

from collections import Counter
from itertools import combinations

from app.domain.words import (
    ClaimState,
    ReviewState,
)
from app.storage.tables import (
    Claim,
    ClaimRound,
    Evidence,
    GoldAnswer,
    Review,
    ReviewVersion,
    Ruling,
)
from app.storage.tallies import totals


def by_hand(scene) -> Counter:
    """Every count, from the rows of checks, rulings and sources, one by one."""
    rows = {kind: scene.rows(kind) for kind in (Claim, ClaimRound, Review, ReviewVersion, Ruling)}
    claims_by_key = {row.key: row for row in rows[Claim]}
    gold = {row.claim_id for row in scene.rows(GoldAnswer) if row.retired_at is None}
    ruled = {row.claim_id: row for row in rows[Ruling]}
    sources = sources_by_version(scene)
    found: Counter = Counter()
    for entry in rows[ClaimRound]:
        claim, ruling = claims_by_key[entry.claim_id], ruled.get(entry.claim_id)
        settled = claim.state is ClaimState.SETTLED and ruling is not None
        complete = entry.settled_at is None and entry.reviews_done >= entry.reviews_wanted
        if claim.state not in {ClaimState.OPEN, ClaimState.SETTLED} or claim.key in gold:
            continue
        if not (settled or complete):
            continue
        checks = [
            row
            for row in rows[Review]
            if row.claim_round_id == entry.key and row.state is ReviewState.SUBMITTED
        ]
        both = [(check.reviewer_id, *compared(rows[ReviewVersion], check)) for check in checks]
        state = "settled" if settled else "complete"
        name = f"round {entry.round_id}, batch {claim.batch_id or 0}, version 0, {state}"
        for place, basis in ((1, "blind"), (2, "final")):
            given = sorted((one[0], one[place]) for one in both)
            found.update((name, *key) for key in of_one(sources, basis, given))
            if settled:
                found.update((name, *key) for key in against(basis, given, ruling))
    return found


def compared(versions, check):
    """The version that was given blind last, else the first; and the last one."""
    mine = sorted((v for v in versions if v.review_id == check.key), key=lambda v: v.number)
    blind = [version for version in mine if version.is_blind]
    return (blind or mine[:1])[-1], mine[-1]


def alike(given):
    """What was given to one unit, each with how often it was."""
    times = sorted(Counter(given).items())
    return ",".join(str(one) if n == 1 else f"{one}×{n}" for one, n in times)


def of_one(sources, basis, given):
    yield "answers", ("content", basis, alike(v.content_label_id for _who, v in given))
    said = [v.attribution_label_id for _who, v in given if v.attribution_label_id]
    if said:
        yield "answers", ("attribution", basis, alike(said))
    for (one, first), (other, second) in combinations(given, 2):
        labels = (first.content_label_id, second.content_label_id)
        yield "pairs", tuple(map(str, ("content", basis, one, other, *labels)))
        labels = (first.attribution_label_id, second.attribution_label_id)
        if all(labels):
            yield "pairs", tuple(map(str, ("attribution", basis, one, other, *labels)))
    used = [sources.get(version.key, {}) for _who, version in given]
    for one, other in combinations(used, 2):
        yield "answers", ("sources", basis, f"{len({*one} & {*other})}/{len({*one} | {*other})}")
    for source in {source for one in used for source in one}:
        stances = [one[source] for one in used if source in one]
        if len(stances) > 1:
            yield "answers", ("stance", basis, alike(stances))


def sources_by_version(scene):
    found: dict[int, dict[int, str]] = {}
    for row in sorted(scene.rows(Evidence), key=lambda row: (row.review_version_id, row.position)):
        found.setdefault(row.review_version_id, {}).setdefault(row.source_id, row.stance.value)
    return found


def against(basis, given, ruling):
    for who, version in given:
        labels = (version.content_label_id, ruling.content_label_id)
        yield "desk", tuple(map(str, ("content", basis, who, *labels)))
        labels = (version.attribution_label_id, ruling.attribution_label_id)
        if all(labels):
            yield "desk", tuple(map(str, ("attribution", basis, who, *labels)))


def stored(scene) -> Counter:
    found = scene.ask(totals, scene.id)
    return Counter({(name, kind, key): number for (name, kind, key), number in found.items()})

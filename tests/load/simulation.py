"""A desk for many reviewers at once, and everything that has to be true of it afterwards."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from statistics import median, quantiles

from sqlmodel import select

from app.auth.passwords import hash_password
from app.domain.actors import CONSOLE, Actor
from app.domain.agreement import alpha_nominal, share_of_agreeing_pairs
from app.domain.tallies import read_off
from app.domain.words import Basis, ReviewState, TallyQuestion
from app.importers import claims_csv
from app.storage.session import Database
from app.storage.tables import (
    AnswerTally,
    Claim,
    ClaimRound,
    Draft,
    Person,
    Project,
    Review,
    ReviewVersion,
    TallySlice,
)
from app.workflow.imports import import_claims
from tests.load.reviewers import LABELS, Board, Plan, Wire, email_of, name_of
from tests.scenes import LEADS, Scene

PASSWORD = "a long password of tests"
LEAD = "lead@example.org"
CLOSE = 1e-9
SIGMAS = 4
FIGURES = (
    *("submits/s", "pair p50", "pair p95", "shares", "skipped", "put off", "drafts"),
    *("sent again", "sent twice", "left lying", "over", "twice", "orphans", "5xx"),
)


class Desk:
    """A project of claims whose right answers the tests know, and people who can sign in."""

    def __init__(self, database: Database, plan: Plan) -> None:
        self.database, self.plan = database, plan
        self.scene = Scene(database, reviews_wanted=plan.wanted)
        lines = (f"Town {number} has trees.,{number}\n" for number in range(plan.claims))
        data = ("claim,external_id\n" + "".join(lines)).encode()
        import_claims(database, CONSOLE, self.scene.id, rows=claims_csv.rows(data))
        for number in range(plan.reviewers):
            self.scene.reviewers(email_of(number).partition("@")[0])
        self.lead: Actor = self.scene.person("lead", *LEADS)
        self._let_in()

    def _let_in(self) -> None:
        known = hash_password(PASSWORD)
        with self.database.write() as session:
            session.get_one(Project, self.scene.id).lease_minutes = 1
            for row in session.exec(select(Person)):
                row.password_hash = known
                if row.email != LEAD:
                    row.name = name_of(int(row.email[1:3]))


@dataclass(frozen=True)
class Found:
    """What a run has shown: figures of one row of the table."""

    figures: dict[str, str]

    def line(self, name: str) -> str:
        return f"| {name} | " + " | ".join(self.figures[one] for one in FIGURES) + " |"


def heading() -> str:
    """The first two lines of the table."""
    return f"| configuration | {' | '.join(FIGURES)} |\n|---|{'---|' * len(FIGURES)}"


def examine(desk: Desk, board: Board, seconds: float, base: str) -> Found:
    """Hold everything that was acknowledged against what the desk has kept and gives out."""
    plan = desk.plan
    assert not board.trouble, board.trouble
    assert not board.is_late, (
        f"after {plan.seconds} s only {len(board.given)} of {board.wanted} checks were given"
    )
    problems = {code: n for code, n in board.statuses.items() if code >= 500}
    assert not problems, f"the desk broke or was busy: {problems}"
    rows, verdicts = exported(desk, base)
    kept = check_rows(desk)
    check_exports(board, rows, verdicts, plan)
    check_agreement(desk, rows)
    check_skill(plan, board)
    shares = Counter(given.reviewer for given in board.given.values())
    halves = quantiles(board.times, n=20)
    told = {name: str(board.told[name]) for name in ("skipped", "put off", "drafts", "sent again")}
    figures = {
        "submits/s": f"{len(board.given) / seconds:.1f}",
        "pair p50": f"{median(board.times) * 1000:.0f} ms",
        "pair p95": f"{halves[-1] * 1000:.0f} ms",
        "shares": f"{min(shares.values())}–{max(shares.values())}",
        "sent twice": str(board.told["sent twice at once"]),
        "left lying": f"{board.told['left lying']} ({board.told['taken over']} taken over)",
        "5xx": str(sum(problems.values())),
    }
    return Found({**told, **figures, **kept})


def exported(desk: Desk, base: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of reviews.csv, with names, and of verdicts.csv, as a lead takes them out."""
    wire = Wire(base, Board(wanted=0, until=0))
    page = wire.get("/sign-in").body
    token = re.search(r'name="csrf_token"\s+value="([^"]+)"', page)[1]
    wire.post("/sign-in", {"csrf_token": token, "email": LEAD, "password": PASSWORD})
    files = [
        wire.get(f"/projects/desk/exports/{name}")
        for name in ("reviews.csv?names=1", "verdicts.csv")
    ]
    wire.close()
    assert [file.status for file in files] == [200, 200]
    return tuple(list(csv.DictReader(io.StringIO(file.body, newline=""))) for file in files)


def check_rows(desk: Desk) -> dict[str, str]:
    """Every claim has the checks that it wants, of different people, and nothing else is held."""
    scene, wanted = desk.scene, desk.plan.wanted
    reviews, claims = scene.rows(Review), scene.rows(Claim)
    entries = {entry.claim_id: entry for entry in scene.rows(ClaimRound)}
    given = Counter(r.claim_id for r in reviews if r.state is ReviewState.SUBMITTED)
    held = Counter(r.claim_id for r in reviews if r.slot is not None)
    over = sum(1 for n in given.values() if n > wanted)
    pairs = Counter((r.claim_id, r.reviewer_id) for r in reviews)
    twice = sum(1 for n in pairs.values() if n > 1)
    orphans = sum(1 for r in reviews if r.state is ReviewState.LENT and r.slot is not None)
    assert (over, twice, orphans) == (0, 0, 0)
    assert [given[c.key] for c in claims] == [wanted] * desk.plan.claims, "some are left over"
    assert {entries[c.key].reviews_done for c in claims} == {wanted}
    assert [c.key for c in claims if c.slots_free != wanted - held[c.key]] == []
    slots = Counter((r.claim_round_id, r.slot) for r in reviews if r.slot is not None)
    assert set(slots.values()) == {1}
    assert {r.submitted_version for r in reviews if r.state is ReviewState.SUBMITTED} == {1}
    assert len(scene.rows(ReviewVersion)) == wanted * desk.plan.claims
    submitted = {r.key for r in reviews if r.state is ReviewState.SUBMITTED}
    assert [d.review_id for d in scene.rows(Draft) if d.review_id in submitted] == []
    return {"over": str(over), "twice": str(twice), "orphans": str(orphans)}


def check_exports(
    board: Board, rows: list[dict[str, str]], verdicts: list[dict[str, str]], plan: Plan
) -> None:
    """What leaves is what was acknowledged: not a check more, not one less, not one otherwise."""
    found = {
        row["review_id"]: (
            row["reviewer"],
            int(row["claim"].split()[1]),
            row["content_verdict"],
            row["rationale"],
        )
        for row in rows
    }
    acknowledged = {
        review: (given.reviewer, given.claim, LABELS[given.verdict], given.rationale)
        for review, given in board.given.items()
    }
    assert len(rows) == len(found) == len(acknowledged)
    assert found == acknowledged
    assert len(verdicts) == plan.claims
    answers = answers_of(rows)
    for row in verdicts:
        given = answers[row["claim_id"]]
        agrees = len(set(given)) == 1
        assert row["status"] == ("settled" if agrees else "open"), row
        assert row["content_verdict"] == (given[0] if agrees else ""), row


def answers_of(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    """The answers to each claim."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["claim_id"]].append(row["content_verdict"])
    return found


def share_by_hand(answers: Sequence[Sequence[str]]) -> float:
    """The share of pairs within claims that agree."""
    pairs = [pair for given in answers for pair in combinations(given, 2)]
    return sum(one == other for one, other in pairs) / len(pairs)


def alpha_by_hand(answers: Sequence[Sequence[str]]) -> float:
    """Krippendorff's nominal alpha from his own definition: 1 - (observed / expected) difference.

    Each ordered pair within a claim of m answers weighs 1 / (m - 1).
    """
    used = [given for given in answers if len(given) > 1]
    met: dict[tuple[str, str], float] = defaultdict(float)
    for given in used:
        for pair in permutations(given, 2):
            met[pair] += 1 / (len(given) - 1)
    total = sum(met.values())
    each = Counter(label for given in used for label in given)
    observed = sum(weight for (one, other), weight in met.items() if one != other) / total
    expected = sum(each[one] * each[other] for one in each for other in each if one != other) / (
        total * (total - 1)
    )
    return 1 - observed / expected


def check_agreement(desk: Desk, rows: list[dict[str, str]]) -> None:
    """The figures of the desk are those that anybody can work out from the exported file."""
    answers = list(answers_of(rows).values())
    for basis in Basis:
        units = counted_units(desk, basis)
        assert sum(units.values()) == desk.plan.claims
        assert abs(share_of_agreeing_pairs(units).value - share_by_hand(answers)) < CLOSE
        assert abs(alpha_nominal(units).value - alpha_by_hand(answers)) < CLOSE


def counted_units(desk: Desk, basis: Basis) -> Counter[tuple[str, ...]]:
    """What the desk counted while answers came in: how many claims were answered how."""
    old = {part.key for part in desk.scene.rows(TallySlice) if part.is_old}
    units: Counter[tuple[str, ...]] = Counter()
    for row in desk.scene.rows(AnswerTally):
        if row.question is TallyQuestion.CONTENT and row.basis is basis and row.slice_id not in old:
            units[tuple(read_off(row.pattern))] += row.number
    return +units


def check_skill(plan: Plan, board: Board) -> None:
    """Each reviewer was right about as often as they can be: nobody's answers went astray."""
    truth = plan.truth
    right: dict[str, list[bool]] = defaultdict(list)
    for given in board.given.values():
        right[given.reviewer].append(given.verdict == truth[given.claim])
    for number in range(plan.reviewers):
        found, skill = right[name_of(number)], plan.skill(number)
        spread = (skill * (1 - skill) / max(1, len(found))) ** 0.5
        measured = sum(found) / max(1, len(found))
        assert abs(measured - skill) <= SIGMAS * spread, (name_of(number), measured, skill)

"""The checks of a generated project: rounds, reviews, versions, sources, verdicts and history."""

from datetime import UTC, datetime, timedelta

from app.domain.consensus import Answer, distance
from app.domain.words import ClaimState
from tests.load import prose
from tests.load.desks import Ground, after, stamp
from tests.load.rows import Filling, Names
from tests.load.shapes import DRAWS, PEOPLE, USES, Given, Shape, given, mixed, often_first, team
from tests.load.tallied import Alike, Tallies

# One source in so many claims is used by many of them.
WELL_KNOWN = 20
STANCES = ("supports", "supports", "refutes", "refutes", "refutes", "context", "context")
GAP = 7
LENT = 20


class Checking:
    """The rows around claims that were checked, or wait to be."""

    def __init__(self, rows: Filling, names: Names, ground: Ground, number: int) -> None:
        self.names, self.ground = names, ground
        self.tallies = Tallies(rows, ground.project, ground.round)
        self._open(rows)
        self.today = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self._distances: dict[Given, int] = {}
        self._own: dict[int, int] = {}
        self._lent: list[int] = []
        self.well_known = [self._source(at, "known") for at in range(max(2, number // WELL_KNOWN))]

    def _open(self, rows: Filling) -> None:
        self.rounds = rows.table(
            *("claim_round", "claim_id", "round_id", "reviews_wanted", "reviews_done"),
            *("settled_at", "distance"),
        )
        self.extras = rows.table("extra_check", "claim_round_id", "reason", "created_at")
        self.reviews = rows.table(
            *("review", "public_id", "created_at", "project_id", "claim_id", "claim_round_id"),
            *("reviewer_id", "slot", "state", "lease_until", "submitted_at", "submitted_version"),
        )
        self.versions = rows.table(
            *("review_version", "review_id", "number", "form_key", "content_sha256"),
            *("content_label_id", "attribution_label_id", "confidence", "rationale", "is_blind"),
            *("guideline_version", "started_at", "decided_at", "active_seconds"),
        )
        self.sources = rows.table(
            *("source", "public_id", "created_at", "project_id", "kind", "record", "url"),
            *("canonical_url", "title", "publisher", "version", "standing", "created_by_id"),
        )
        self.evidence = rows.table(
            *("evidence", "review_version_id", "position", "source_id", "stance", "answers"),
            *("kind", "record", "title", "publisher", "quote", "locator", "accessed_on"),
        )
        self.rulings = rows.table(
            *("ruling", "claim_id", "version", "content_label_id", "attribution_label_id"),
            *("conclusion", "short_text", "decided_by", "decided_by_id", "decided_at"),
        )
        self.events = rows.table(
            *("event", "at", "actor_kind", "actor_id", "project_id", "action", "noun", "thing"),
            *("claim", "details"),
        )

    def add(self, number: int, claim: tuple[int, str, int], shape: Shape, *, is_said: bool) -> int:
        """Write what became of a claim (key, name, batch); how many of its places are taken."""
        key, name, batch = claim
        answers = given(shape, mixed(number, 9) % DRAWS, is_said=is_said)
        ruled = self._ruled(shape, answers)
        ended = after(number + shape.done * GAP + 3_600)
        entry = self.rounds.add(
            *(key, self.ground.round, shape.wanted, shape.done, ended if ruled else None),
            self._distance(answers) if shape.is_complete else None,
        )
        for reason in ("difference", "sample")[: shape.extras]:
            self.extras.add(entry, reason, ended)
            self._event(
                ended, None, "claim.extra-check", "claim", name, name, f'"reason": "{reason}"'
            )
        people = [self.ground.people[at] for at in team(number, shape.done)]
        uses = tuple(
            self._check(
                number, at, (key, name, entry), (person, answers.content[at], answers.said[at])
            )
            for at, person in enumerate(people)
        )
        if ruled:
            self._rule(number, (key, name), shape, ruled, people[-1], ended)
        if shape.is_complete:
            content, said = self._labels(answers)
            self.tallies.add(entry, batch, Alike(tuple(people), content, said, uses, ruled))
        return shape.done + self._lend(shape, key, name, entry)

    def _labels(self, answers: Given) -> tuple[tuple[int, ...], tuple[int | None, ...]]:
        content = tuple(self.ground.content[at] for at in answers.content)
        said = tuple(None if at is None else self.ground.said[at] for at in answers.said)
        return content, said

    def _ruled(self, shape: Shape, answers: Given) -> tuple[int, int | None] | None:
        """The desk's verdict: what the first check said."""
        if shape.state is not ClaimState.SETTLED:
            return None
        content, said = self._labels(answers)
        return content[0], said[0]

    def _distance(self, answers: Given) -> int:
        found = self._distances.get(answers)
        if found is None:
            pairs = zip(*self._labels(answers), strict=True)
            found = distance([Answer(*pair) for pair in pairs], self.ground.ranks)
            self._distances[answers] = found
        return found

    def _check(
        self,
        number: int,
        at: int,
        claim: tuple[int, str, int],
        answer: tuple[int, int, int | None],
    ) -> tuple[tuple[int, str], ...]:
        """One check with its sources: what each of these does, by a number for the source."""
        (key, name, entry), (person, content, said) = claim, answer
        taken, sent = after(number + at * GAP), after(number + at * GAP + 240 + number % 600)
        public_id, project = self.names.new(), self.ground.project
        review = self.reviews.add(
            *(public_id, taken, project, key, entry, person, at + 1, "submitted", None, sent, 1)
        )
        draw = number * 8 + at
        version = self.versions.add(
            *(review, 1, f"{draw:032x}", f"{draw:064x}", self.ground.content[content]),
            *(None if said is None else self.ground.said[said], ("medium", "high")[draw % 2]),
            *(prose.reasoning(draw), 1, 1, taken, sent, 200 + number % 500),
        )
        self._event(taken, person, "review.take", "review", public_id, name, f'"slot": {at + 1}')
        self._event(sent, person, "review.submit", "review", public_id, name, '"version": 1')
        stance = STANCES[content]
        return tuple(
            self._use(number, version, position, is_own=(at + position) % 2 == 0, stance=stance)
            for position in range(USES[at])
        )

    def _use(
        self, number: int, version: int, position: int, *, is_own: bool, stance: str
    ) -> tuple[int, str]:
        if is_own and number not in self._own:
            self._own = {number: self._source(number, "found")}
        source = (
            self._own[number]
            if is_own
            else self.well_known[often_first(number, len(self.well_known))]
        )
        does = stance if is_own else "context"
        paper = prose.PAPERS[number % 6]
        self.evidence.add(
            *(version, position, source, does, "so", "web", "on-record"),
            *(prose.title(number) if is_own else "Yearbook of the statistical office", paper),
            *(prose.statement(number)[:60], f"p. {number % 300}", "2026-03-01"),
        )
        return int(is_own), does

    def _source(self, number: int, folder: str) -> int:
        url = f"https://www.example.org/{folder}/{number % 97}/{number}.html"
        return self.sources.add(
            *(self.names.new(), after(number), self.ground.project, "web", "on-record", url, url),
            *(
                prose.title(number),
                prose.PAPERS[number % 6],
                1,
                "sound",
                self.ground.people[number % PEOPLE],
            ),
        )

    def _rule(
        self,
        number: int,
        claim: tuple[int, str],
        shape: Shape,
        ruled: tuple[int, int | None],
        last: int,
        ended: str,
    ) -> None:
        (key, name), by_hand = claim, shape.is_ruled_by_a_person
        how, by = ("adjudication", self.ground.lead) if by_hand else ("agreement", None)
        conclusion = prose.reasoning(number) if by_hand else ""
        short = "Not what the yearbook says." if by_hand else ""
        self.rulings.add(key, 1, *ruled, conclusion, short, how, by, ended)
        details = f'"version": 1, "decided_by": "{how}"'
        self._event(ended, by or last, "claim.settle", "claim", name, name, details)

    def _lend(self, shape: Shape, key: int, name: str, entry: int) -> int:
        """Some new claims are in the hands of newcomers; half of these let the time run out."""
        if shape.done or shape.state is not ClaimState.OPEN or len(self._lent) >= LENT:
            return 0
        person = self.ground.people[PEOPLE + len(self._lent)]
        until = self.today + timedelta(hours=20 if len(self._lent) % 2 else -3)
        taken, public_id = stamp(until - timedelta(days=1)), self.names.new()
        self._lent.append(key)
        self.reviews.add(
            *(
                public_id,
                taken,
                self.ground.project,
                key,
                entry,
                person,
                1,
                "lent",
                stamp(until),
                None,
                0,
            )
        )
        self._event(taken, person, "review.take", "review", public_id, name, '"slot": 1')
        return 1

    def _event(
        self,
        at: str,
        person: int | None,
        action: str,
        noun: str,
        thing: str,
        claim: str,
        details: str,
    ) -> None:
        kind = "system" if person is None else "person"
        self.events.add(
            *(at, kind, person, self.ground.project, action, noun, thing, claim, f"{{{details}}}")
        )

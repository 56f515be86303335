"""A project of any size, written straight into the tables: what the benchmarks measure on."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import insert
from sqlmodel import col, select

from app.domain.actors import CONSOLE
from app.domain.ids import new_public_id, now
from app.domain.words import ActorKind, ClaimState, DecidedBy, Decides, Mode, ReviewState, Role
from app.storage.projects import current_round
from app.storage.scales import scheme
from app.storage.session import Database
from app.storage.tables import (
    Agent,
    Article,
    Claim,
    ClaimRound,
    ClaimTag,
    Event,
    Hop,
    Membership,
    Person,
    Review,
    ReviewVersion,
    Ruling,
)
from app.workflow.projects import NewProject, add_project

BATCH = 5_000
PER_ARTICLE = 20
NAMES = 200
TAGS = ("EU", "energy", "health", "taxes", "trains", "schools", "war", "weather", "wages", "work")
# Every tenth claim in turn: how it stands.
STATES = (
    *(["suggested"] * 2),
    *(["open"] * 3),
    "checked by me",
    *(["waiting"] * 1),
    *(["settled"] * 2),
    "dropped",
)
STORED = {
    "suggested": ClaimState.CANDIDATE,
    "settled": ClaimState.SETTLED,
    "dropped": ClaimState.REJECTED,
}


class LoadDesk:
    """A desk with one project of a number of claims, an editor who checks, and a colleague."""

    def __init__(self, database: Database, number: int) -> None:
        self.database, self.number = database, number
        values = NewProject(
            slug="load", title="Load", decides=Decides.INDEPENDENT, reviews_wanted=2
        )
        with database.write() as session:
            self.project = add_project(session, CONSOLE, values=values)
            self.round = current_round(session, self.project.id).key
            labels = scheme(session, self.project.content_scheme_id).labels
            self.label = labels[0].id
        self.me, self.colleague = self._people()
        self.agents = self._keys(Agent, self._agents())
        self.articles = self._keys(Article, self._articles())
        self.claims = self._keys(Claim, (self._claim(n) for n in range(number)))
        self._around_claims()

    def _people(self) -> tuple[Person, Person]:
        found = []
        with self.database.write() as session:
            for name, roles in (
                ("Me", (Role.EDITOR, Role.REVIEWER)),
                ("Colleague", (Role.REVIEWER,)),
            ):
                row = Person(email=f"{name.lower()}@example.org", name=name)
                session.add(row)
                session.flush()
                for role in roles:
                    session.add(
                        Membership(project_id=self.project.id, person_id=row.key, role=role)
                    )
                found.append(row)
        return found[0], found[1]

    def _keys(self, kind, rows: Iterator[dict]) -> list[int]:
        self._insert(kind, rows)
        with self.database.reading() as session:
            return list(session.exec(select(kind.id).order_by(col(kind.id))))

    def _insert(self, kind, rows: Iterator[dict]) -> None:
        batch: list[dict] = []
        with self.database.write() as session:
            for row in rows:
                batch.append(row)
                if len(batch) == BATCH:
                    session.execute(insert(kind), batch)
                    batch = []
            if batch:
                session.execute(insert(kind), batch)

    def _named(self, **values) -> dict:
        return {
            "public_id": new_public_id(),
            "created_at": now(),
            "project_id": self.project.id,
            **values,
        }

    def _agents(self) -> Iterator[dict]:
        for n in range(NAMES):
            yield self._named(name=f"Speaker {n}", aliases=[])

    def _articles(self) -> Iterator[dict]:
        for n in range(max(1, self.number // PER_ARTICLE)):
            yield self._named(title=f"Article {n}", publisher="Paper", published="2025-09-04")

    def kind_of(self, n: int) -> str:
        return STATES[n % len(STATES)]

    def _claim(self, n: int) -> dict:
        kind = self.kind_of(n)
        due = {0: -3, 1: 3, 2: 30}.get(n % 6)
        return self._named(
            article_id=self.articles[n // PER_ARTICLE % len(self.articles)],
            text=f"Town {n} has {n * 7} trees and {n % 13} lakes.",
            state=STORED.get(kind, ClaimState.OPEN),
            slots_free={"open": 2, "checked by me": 1}.get(kind, 0),
            due_at=None if due is None else now() + timedelta(days=due, seconds=n),
            kinds=[],
            reasons=[],
            checkworthiness=(n % 100) / 100,
            picked_at=now(),
        )

    def _around_claims(self) -> None:
        """Rounds, chains, tags, checks, verdicts and history of the claims."""
        numbered = list(enumerate(self.claims))
        reviewed = [
            (n, key, person) for n, key in numbered for person in self._checkers(self.kind_of(n))
        ]
        self._insert(Hop, (self._hop(n, key) for n, key in numbered))
        self._insert(ClaimTag, (self._tag(n, key) for n, key in numbered if n % 2))
        entries = self._keys(
            ClaimRound,
            (
                self._entry(n, key)
                for n, key in numbered
                if self.kind_of(n) not in {"suggested", "dropped"}
            ),
        )
        rounds = dict(zip(self._claims_in_rounds(), entries, strict=True))
        self._insert(Review, (self._review(n, key, rounds[key], who) for n, key, who in reviewed))
        with self.database.reading() as session:
            reviews = session.exec(select(Review.id).order_by(col(Review.id))).all()
        self._insert(ReviewVersion, (self._version(key) for key in reviews))
        settled = [key for n, key in numbered if self.kind_of(n) == "settled"]
        self._insert(Ruling, (self._ruling(key) for key in settled))
        self._insert(Event, self._events())

    def _claims_in_rounds(self) -> list[int]:
        with self.database.reading() as session:
            return list(session.exec(select(ClaimRound.claim_id).order_by(col(ClaimRound.id))))

    def _checkers(self, kind: str) -> tuple[int, ...]:
        mine, theirs = self.me.key, self.colleague.key
        return {"checked by me": (mine,), "waiting": (theirs,), "settled": (mine, theirs)}.get(
            kind, ()
        )

    def _hop(self, n: int, key: int) -> dict:
        agent = self.agents[n % NAMES]
        return {
            "claim_id": key,
            "claim_version": 1,
            "position": 0,
            "agent_id": agent,
            "cue": "",
            "mode": Mode.PARAPHRASE,
            "is_seen": False,
        }

    def _tag(self, n: int, key: int) -> dict:
        return {"project_id": self.project.id, "claim_id": key, "tag": TAGS[n // 2 % len(TAGS)]}

    def _entry(self, n: int, key: int) -> dict:
        kind = self.kind_of(n)
        done = {"checked by me": 1, "waiting": 2, "settled": 2}.get(kind, 0)
        return {
            "claim_id": key,
            "round_id": self.round,
            "reviews_wanted": 2,
            "reviews_done": done,
            "settled_at": now() if kind == "settled" else None,
            "distance": n // 10 % 7 if done == 2 else None,
        }

    def _review(self, n: int, key: int, entry: int, person: int) -> dict:
        return self._named(
            claim_id=key,
            claim_round_id=entry,
            reviewer_id=person,
            slot=1 + (person == self.colleague.key),
            state=ReviewState.SUBMITTED,
            submitted_at=now() + timedelta(seconds=n),
            submitted_version=1,
        )

    def _version(self, review: int) -> dict:
        return {
            "review_id": review,
            "number": 1,
            "form_key": uuid.uuid4().hex,
            "content_sha256": "0" * 64,
            "content_label_id": self.label,
            "rationale": "Counted.",
            "not_known": "",
            "notes": "",
            "is_blind": True,
            "started_at": now(),
            "decided_at": now(),
        }

    def _ruling(self, key: int) -> dict:
        return {
            "claim_id": key,
            "version": 1,
            "content_label_id": self.label,
            "conclusion": "",
            "short_text": "",
            "reason": "",
            "decided_by": DecidedBy.AGREEMENT,
            "decided_at": now(),
            "public_note": "",
        }

    def _events(self) -> Iterator[dict]:
        with self.database.reading() as session:
            names = session.exec(select(Claim.public_id).order_by(col(Claim.id))).all()
        for name in names:
            for action in ("claim.add", "claim.pick", "claim.plan"):
                yield {
                    "at": now(),
                    "actor_kind": ActorKind.CONSOLE,
                    "project_id": self.project.id,
                    "action": action,
                    "noun": "claim",
                    "thing": name,
                    "claim": name,
                    "details": {},
                }

"""The counts of agreement are what somebody who counts every check would get, after any moves."""

import random

import pytest
from sqlmodel import select

from app.domain.errors import Refused
from app.domain.ids import now
from app.domain.words import (
    ClaimState,
    CorrectionKind,
    GoldUse,
    RoundKind,
)
from app.storage.tables import (
    Batch,
    Claim,
    ClaimRound,
    GoldAnswer,
    Label,
    Review,
    Round,
    Ruling,
    TallySlice,
)
from app.workflow import claims, corrections, reviews, rulings, tallies
from app.workflow.claims import PickValues
from app.workflow.corrections import CorrectionValues
from app.workflow.rulings import RulingValues
from app.workflow.sources import SourceValues
from tests.counting import by_hand, stored
from tests.scenes import LEADS, Scene, answer

VERDICTS = ("true", "half-true", "false", "unproven")
SAID = ("confirmed", "no-record")
STANCES = ("supports", "refutes", "context")
ADDRESSES = [f"https://example.org/{n}" for n in range(3)]


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=2, settles_itself=False)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


class Moves:
    """Random moves of three checkers and a lead over a few claims."""

    def __init__(self, scene, lead, seed):
        self.scene, self.lead, self.dice = scene, lead, random.Random(seed)
        self.people = scene.reviewers("Ann", "Bob", "Cem")
        self.claims = [scene.claim(said_by="The mayor" if n % 2 else None) for n in range(5)]
        with scene.database.write() as session:
            self.batches = [Batch(project_id=scene.id, name=name) for name in ("Pilot", "Main")]
            session.add_all(self.batches)
            second = Round(
                project_id=scene.id,
                number=2,
                kind=RoundKind.REOPENED,
                is_blind=True,
                reviews_wanted=2,
            )
            session.add(second)
            session.flush()
            self.second = second.key
        self.moves = [self.check] * 6 + [
            *(self.change, self.change, self.send_back, self.settle, self.settle),
            *(self.correct, self.drop_or_pick, self.batch, self.take_on, self.gold),
        ]

    def attempt(self, verb, *args, **values):
        try:
            return self.scene.do(verb, *args, **values)
        except Refused:
            return None

    def values(self, **more):
        dice = self.dice
        used = dice.sample(ADDRESSES, dice.randint(0, 2))
        return answer(
            dice.choice(VERDICTS),
            attribution_verdict=dice.choice(SAID),
            sources=tuple(SourceValues(url=url, stance=dice.choice(STANCES)) for url in used),
            **more,
        )

    def check(self):
        who = self.dice.choice(self.people)
        review = self.scene.take(who)
        if review is not None:
            self.attempt(reviews.submit, who, review, values=self.values())

    def given(self):
        rows = self.scene.rows(Review, Review.submitted_version > 0)
        return self.dice.choice(rows) if rows else None

    def change(self):
        row = self.given()
        if row is not None:
            who = next(one for one in self.people if one.person == row.reviewer_id)
            values = self.values(base_version=row.submitted_version)
            self.attempt(reviews.submit, who, row.public_id, values=values)

    def send_back(self):
        row = self.given()
        if row is not None:
            self.attempt(reviews.send_back, self.lead, row.public_id, question="Since when?")

    def settle(self):
        values = RulingValues(
            verdict=self.dice.choice(VERDICTS), attribution_verdict="confirmed", reason="So."
        )
        # A claim that was settled before is settled anew by what opens it again.
        ruled = {row.claim_id for row in self.scene.rows(Ruling)}
        full = [
            row.claim_id
            for row in self.scene.rows(ClaimRound, ClaimRound.settled_at.is_(None))
            if row.reviews_done >= row.reviews_wanted and row.claim_id not in ruled
        ]
        if full:
            name = self.scene.rows(Claim, Claim.id == self.dice.choice(full))[0].public_id
            self.attempt(rulings.settle, self.lead, name, values=values)

    def correct(self):
        values = CorrectionValues(
            verdict=self.dice.choice(VERDICTS),
            attribution_verdict="confirmed",
            kind=CorrectionKind.SUBSTANTIAL,
            public_note="We looked again.",
            base_version=1,
        )
        name = self.dice.choice(self.claims)
        self.attempt(corrections.correct_ruling, self.lead, name, values=values)

    def drop_or_pick(self):
        name = self.dice.choice(self.claims)
        if self.scene.claim_row(name).state is ClaimState.OPEN:
            self.attempt(claims.drop, self.lead, name)
        else:
            self.attempt(claims.pick, self.lead, name, values=PickValues())

    def touch(self, do):
        """What another verb does to a claim, and says so."""
        key = self.scene.claim_row(self.dice.choice(self.claims)).key
        with self.scene.database.write() as session:
            do(session, session.get_one(Claim, key))
            tallies.count_anew(session, key)

    def batch(self):
        def put(_session, claim):
            claim.batch_id = self.dice.choice([None, *(batch.key for batch in self.batches)])

        self.touch(put)

    def take_on(self):
        """Into another round, whether or not it was settled."""

        def go(session, claim):
            entries = session.exec(select(ClaimRound).where(ClaimRound.claim_id == claim.key)).all()
            waits = any(row.reviews_done < row.reviews_wanted for row in entries)
            if len(entries) > 1 or claim.state is ClaimState.REJECTED or waits:
                return
            entries[0].settled_at = entries[0].settled_at or now()
            session.flush()
            session.add(ClaimRound(claim_id=claim.key, round_id=self.second, reviews_wanted=2))
            claim.state, claim.slots_free = ClaimState.OPEN, 2

        self.touch(go)

    def gold(self):
        def know(session, claim):
            row = session.exec(select(GoldAnswer).where(GoldAnswer.claim_id == claim.key)).first()
            if row is None:
                label = session.exec(select(Label.id)).first()
                row = GoldAnswer(
                    project_id=claim.project_id,
                    claim_id=claim.key,
                    use=GoldUse.GOLD,
                    content_label_id=label,
                )
                session.add(row)
            else:
                row.retired_at = None if row.retired_at else now()

        self.touch(know)


@pytest.mark.parametrize("seed", range(2))
def test_counts_are_right_after_any_moves(scene, lead, seed):
    moves = Moves(scene, lead, seed)
    kinds = set()
    for _ in range(7):
        for _ in range(9):
            moves.dice.choice(moves.moves)()
        found = stored(scene)
        assert found == by_hand(scene)
        kinds |= {(kind, key[0]) for _name, kind, key in found}
    assert kinds >= {("answers", "content"), ("pairs", "content"), ("desk", "content")}

    before = stored(scene)
    list(tallies.recount(scene.database, scene.id))
    assert stored(scene) == before
    assert scene.rows(TallySlice, TallySlice.is_old) == []

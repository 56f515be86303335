"""A desk whose claims are checked by two, and go into another round: for tests of rounds."""

from app.domain.words import Decides, RoundKind
from app.storage.tables import Review, ReviewVersion
from app.workflow.rounds import Choice, RoundValues, open_round, preview
from tests.scenes import LEADS, SOURCE, Scene

CONTROL, REOPENED = RoundKind.EVIDENCE_ONLY, RoundKind.REOPENED


class Desk:
    """Two blind checkers and a lead who checks nothing; Cy and Dee come in when they are needed."""

    def __init__(self, database, **values):
        self.scene = Scene(database, decides=Decides.INDEPENDENT, **values)
        self.ann, self.ben = self.scene.reviewers("Ann", "Ben")
        self.lead = self.scene.person("Lea", *LEADS)

    def checked(self, *verdicts: str, sources=(SOURCE,)) -> str:
        """A claim that both have checked, as "false" and with a source unless said otherwise."""
        claim_id = self.scene.claim()
        for who, verdict in zip((self.ann, self.ben), verdicts or ("false", "false"), strict=True):
            self.scene.check(who, verdict, sources=sources, rationale=f"{who.name} says so.")
        return claim_id

    def open(self, kind, *, claim=None, actor=None, **values):
        # People come for the claims when they are needed.
        choice = values.pop("choice", Choice(claim=claim, people_come=True))
        round_ = RoundValues(**{"kind": kind, "reason": "To be sure.", "choice": choice, **values})
        return self.scene.do(open_round, actor or self.lead, self.scene.id, values=round_)

    def found(self, kind, *, wanted_each=1, **choice):
        asked = {"kind": kind, "choice": Choice(**choice), "reviews_wanted": wanted_each}
        return self.scene.ask(preview, self.lead, self.scene.id, **asked)

    def versions(self, review_id):
        key = self.scene.review_row(review_id).key
        return self.scene.rows(ReviewVersion, ReviewVersion.review_id == key)

    def review_of(self, who, claim_id) -> str:
        key = self.scene.claim_row(claim_id).key
        [row] = self.scene.rows(Review, Review.claim_id == key, Review.reviewer_id == who.person)
        return row.public_id

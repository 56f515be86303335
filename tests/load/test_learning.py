"""How long learning from a desk's picks takes, and scoring its suggestions anew. ``make load``.

Nothing is asserted of times; that as many questions count few lessons and many is.
"""

import os
import time

import pytest
from sqlalchemy import insert
from sqlmodel import col, select

from app.domain.words import ClaimState, Role, TriageDecision
from app.extraction.checkworthy import score, shipped
from app.storage.lessons import lesson_counts
from app.storage.tables import Claim, Triage
from app.workflow.articles import NewArticle
from app.workflow.learning import MOST, fitted, learn, lessons
from app.workflow.reading import read
from app.workflow.weights import put_in_use, rescored
from tests.lessons import article_text
from tests.scenes import Scene
from tests.work import counted

pytestmark = pytest.mark.load

CLAIMS = int(os.environ.get("ASSAY_LOAD_CLAIMS", "10000"))
# Of each ten claims: five suggestions, two picked, three dropped.
STATES = [ClaimState.CANDIDATE] * 5 + [ClaimState.OPEN] * 2 + [ClaimState.REJECTED] * 3
BATCH = 5_000


class LargeDesk(Scene):
    """A project in which half of the suggestions were decided about."""

    def fill(self, editor, number: int) -> None:
        found = [
            one for at in range(50) for one in read(NewArticle(text=article_text(at))).suggestions
        ]
        kept = shipped()
        for first in range(0, number, BATCH):
            rows = [
                self.row(found[at % len(found)], at, kept)
                for at in range(first, min(number, first + BATCH))
            ]
            with self.database.write() as session:
                session.execute(insert(Claim), rows)
        with self.database.write() as session:
            query = select(Claim.id, Claim.state).where(Claim.state != ClaimState.CANDIDATE)
            decisions = [
                {
                    "project_id": self.id,
                    "claim_id": key,
                    "person_id": editor.person,
                    "decision": _DECISION[state],
                }
                for key, state in session.exec(query.order_by(col(Claim.id)))
            ]
            session.execute(insert(Triage), decisions)
            session.connection().exec_driver_sql("ANALYZE")

    def row(self, suggestion, at: int, kept) -> dict:
        words = f"{suggestion.quote} of district {at % 977}"
        scored = score(suggestion.signals, words, kept)
        return {
            "project_id": self.id,
            "text": words,
            "signals": dict(suggestion.signals),
            "checkworthiness": scored.value,
            "reasons": list(scored.reasons),
            "scored_with": kept.label,
            "state": STATES[at % len(STATES)],
        }


_DECISION = {ClaimState.OPEN: TriageDecision.PICK, ClaimState.REJECTED: TriageDecision.DROP}


@pytest.mark.timeout(600)
def test_learning_from_many_decisions(database, capsys):
    desk = LargeDesk(database)
    editor = desk.person("Eda", Role.EDITOR)
    desk.fill(editor, CLAIMS)
    took = {}

    def timed(name, act):
        began = time.process_time()
        done = act()
        took[name] = time.process_time() - began
        return done

    with counted(database) as sent:
        timed("counting", lambda: desk.ask(lesson_counts, desk.id))
    asked = len([one for one in sent if one.startswith("SELECT")])
    taught = timed("reading what was decided", lambda: desk.ask(lessons, editor, desk.id))
    values = timed("fitting and measuring", lambda: fitted(taught))
    found = desk.do(learn, editor, desk.id, values=values)
    scores = timed("scoring anew", lambda: desk.ask(rescored, editor, desk.id, found.public_id))
    timed(
        "scoring anew and writing the scores",
        lambda: put_in_use(database, editor, desk.id, weights_id=found.public_id),
    )

    with capsys.disabled():
        for name, seconds in took.items():
            print(f"\n  {CLAIMS:,} claims, {name}: {seconds:.1f} s", end="")  # noqa: T201 - for reading
    assert len(taught) == min(CLAIMS // 2, MOST)
    assert len(scores.scores) == CLAIMS // 2
    assert asked == 4

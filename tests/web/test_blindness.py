"""A blind checker finds nothing of another's answers, on any page, in any file, in any count."""

import re
import time
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.domain.actors import CONSOLE
from app.domain.blindness import SeenState
from app.domain.due import Due
from app.domain.evidence_words import CopyState, SourceMedium, SourceStanding, SourceType
from app.domain.ids import now
from app.domain.left import Left
from app.domain.words import Decides, Role, Stance
from app.exporters import registry
from app.storage.claim_filters import ALL
from app.storage.tables import (
    Agent,
    Article,
    Batch,
    Claim,
    Comment,
    Flag,
    Intake,
    Person,
    Project,
    Reply,
    Review,
    SavedCopy,
    Source,
)
from app.workflow import reviews, rulings
from app.workflow.batches import BatchValues, add_batch, put_claims
from app.workflow.intakes import ask_intake
from app.workflow.looking import finish_copy
from app.workflow.questions import AnswerValues, QuestionValues
from app.workflow.replies import ReplyValues, request
from app.workflow.sources import SourceValues
from tests.copies import look
from tests.lending import Reader
from tests.scenes import LEADS, Scene
from tests.workflow.test_articles import article_with

WORDS = ("xylophone", "quagmire", "zeppelin", "walrus", "kumquat", "ocarina")
TEXT = "Bread is dear. Milk costs 2 euros. Eggs are cheap. Salt is 1 euro."
QUOTES = ("Bread is dear.", "Milk costs 2 euros.", "Eggs are cheap.", "Salt is 1 euro.")
VERDICT = "half-true"
READ = AnswerValues(text="On the quagmire, says a walrus.", medium=SourceMedium.PDF, source=0)
ASKED = QuestionValues(text="Where does the zeppelin land?", answers=(READ,))
# Whoever could still answer: a checker, and leads of two kinds. All three hold the claim or could.
VIEWERS = {
    "a checker": ((Role.REVIEWER,), False),
    "an editor who checks": ((*LEADS, Role.REVIEWER), False),
    "an admin": ((), True),
}
# Of walks that are alike for all of them ``make test`` takes the one of who may do most and is blind.
ONE_OF_VIEWERS = [
    pytest.param(name, marks=() if name == "an editor who checks" else pytest.mark.thorough)
    for name in VIEWERS
]
# What a GET can be asked beside its address.
QUERIES = {
    "/projects/<slug>/claims": [
        *(f"state={state}" for state in SeenState),
        "verdict=half-true",
        "text=xylophone",
        "who=Ben",
        *(f"due={due}" for due in Due),
        *("sort=due", "tag=milk", "day=2025-09-04", "article=<article_id>"),
        *("person=me", "person=not-me", "person=<person_id>"),
        *(f"left={left}" for left in Left),
        "batch=<batch_id>",
    ],
    "/projects/<slug>/claims/act": [
        *("all=1&state=waiting", "all=1&person=not-me"),
        "claim=<claim_id>",
    ],
    **{
        f"/projects/<slug>/exports/{name}.csv": [
            *("names=1", "mine=1", "state=waiting&person=not-me"),
            "person=<person_id>",
        ]
        for name in ("verdicts", "reviews", "sources", "questions")
    },
    "/projects/<slug>/exports/comments.csv": ["names=1"],
    "/projects/<slug>/exports/amendments.jsonl": ["names=1"],
    "/projects/<slug>/exports/gates.csv": ["names=1"],
    "/projects/<slug>/comments": ["show=open", "show=resolved", "show=mine", "show=asked"],
    "/projects/<slug>/replies": ["show=all", "show=answered"],
    "/claims/<claim_id>/settle": ["adopt=1"],
    "/projects/<slug>/settle/unanimous": ["seed=1"],
    "/projects/<slug>/sources": [
        *("text=quagmire", "text=kumquat", "text=e", "origin=ocarina", "unsaved=1"),
        *(f"standing={standing}" for standing in SourceStanding),
        *(f"type={kind}" for kind in SourceType),
    ],
    "/articles/<article_id>": ["claim=<claim_id>"],
    "/claims/<claim_id>/merge": ["next=article"],
}


def answered(scene, ben, review_id, *, verdict=VERDICT, **values):
    """Ben answers in words that stand nowhere else."""
    source = SourceValues(
        url="https://zeppelin.example/kumquat",
        title="On the quagmire",
        quote="A walrus said so.",
        locator="ocarina",
        stance=Stance.REFUTES,
    )
    scene.submit(
        ben,
        review_id,
        verdict,
        attribution_verdict="misquoted",
        rationale="The xylophone says otherwise.",
        not_known="Nothing but the walrus.",
        sources=(source,),
        questions=(ASKED,),
        confidence="low",
        **values,
    )
    for row in scene.rows(SavedCopy, SavedCopy.state == CopyState.ASKED):
        scene.do(finish_copy, row.public_id, look=look("A walrus said so, says the quagmire."))


class Desk:
    """A blind project in which Ben holds the first claim, and everybody who could answer too."""

    def __init__(self, database, app, *, reviews_wanted=2):
        self.database, self.app = database, app
        several = {"decides": Decides.INDEPENDENT, "reviews_wanted": reviews_wanted}
        self.scene = Scene(database, asks_questions=True, **several)
        self.scene.change(Project, self.scene.project.public_id, saves_copies=True)
        article_with(self.scene, quotes=QUOTES, text=TEXT)
        values = BatchValues(name="Pilot 1")
        batch = self.scene.do(add_batch, CONSOLE, self.scene.id, values=values)
        all_of_them = {"batch_id": batch.public_id}
        self.scene.do(put_claims, CONSOLE, self.scene.id, ALL, **all_of_them)
        [self.ben] = self.scene.reviewers("Ben")
        self.bens = self.scene.take(self.ben)
        asked = ReplyValues(whom="The ministry", asked="Since when?")
        self.scene.do(request, self.ben, self.scene.claim_of(self.bens), values=asked)
        self.scene.do(ask_intake, CONSOLE, self.scene.id, urls="https://a.example/1")
        self.viewers = {
            name: self.scene.person(name.title().replace(" ", ""), *roles, admin=admin)
            for name, (roles, admin) in VIEWERS.items()
        }

    def client(self, actor):
        with Session(self.database.engine) as session:
            return Reader(self.app).sign_in(session.get_one(Person, actor.person))

    def addresses(self) -> list[str]:
        """Every address that can be asked, with every id that there is."""
        names = {
            "slug": ["desk"],
            "article_id": [row.public_id for row in self.scene.rows(Article)],
            # The one that Ben has, and another.
            "claim_id": [row.public_id for row in self.scene.rows(Claim)][:2],
            "batch_id": [row.public_id for row in self.scene.rows(Batch)],
            "agent_id": [row.public_id for row in self.scene.rows(Agent)],
            "review_id": [row.public_id for row in self.scene.rows(Review)],
            "reply_id": [row.public_id for row in self.scene.rows(Reply)],
            "person_id": [row.public_id for row in self.scene.rows(Person)],
            "source_id": [row.public_id for row in self.scene.rows(Source)],
            "copy_id": [row.public_id for row in self.scene.rows(SavedCopy)],
            "flag_id": [row.public_id for row in self.scene.rows(Flag)],
            "comment_id": [row.public_id for row in self.scene.rows(Comment)],
            "intake_id": [row.public_id for row in self.scene.rows(Intake)],
            "name": list(registry.EXPORTERS),
            "token": ["none"],
        }
        found = []
        for rule in self.app.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint != "static":
                found += filled(rule.rule, names)
        for rule, queries in QUERIES.items():
            for query in queries:
                found += filled(f"{rule}?{query}", names)
        return found

    def seen_by(self, actor) -> dict[str, tuple[int, str]]:
        """What everything looks like to somebody, without what is random or of the moment."""
        client = self.client(actor)
        pages = {}
        for address in self.addresses():
            answer = client.get(address)
            pages[address] = (answer.status_code, plain(answer.get_data().decode(errors="replace")))
        return pages


def filled(line: str, names: dict[str, list[str]]) -> list[str]:
    found = re.search(r"<(?:\w+:)?(\w+)>", line)
    if found is None:
        return [line]
    return [
        whole for name in names[found[1]] for whole in filled(line.replace(found[0], name), names)
    ]


def plain(body: str) -> str:
    body = re.sub(r'name="(csrf_token|key|started_at)" value="[^"]*"', "", body)
    # What a sample is drawn by, anew with each visit.
    body = re.sub(r"seed=[0-9a-f]{12}", "SEED", body)
    return re.sub(r"just now|\d+ (second|minute)s? ago", "AGO", body)


def changed(before, after) -> list[str]:
    return [address for address in before if after[address] != before[address]]


@pytest.fixture(autouse=True)
def one_day():
    """Pages name days: those that are compared are seen on the same one."""
    at = now()
    left = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0) - at
    if left < timedelta(minutes=1):
        time.sleep(left.total_seconds())


@pytest.fixture
def desk(database, app):
    return Desk(database, app)


# Everybody, holding the claim or not. To hold it is what a checker does, and who holds nothing reads the
# desk twice more: of these six ``make test`` walks two.
@pytest.mark.parametrize(
    ("viewer", "holds"),
    [
        pytest.param("a checker", True, id="a checker, holding the claim"),
        pytest.param("an editor who checks", False, id="an editor who checks, not holding it"),
        *(
            pytest.param(viewer, holds, marks=pytest.mark.thorough, id=f"{viewer}, {holds}")
            for viewer, holds in (
                ("a checker", False),
                ("an editor who checks", True),
                ("an admin", True),
                ("an admin", False),
            )
        ),
    ],
)
def test_nothing_changes_for_the_blind_when_another_answers(desk, viewer, holds):
    actor = desk.viewers[viewer]
    if holds:
        mine = desk.scene.take(actor)
        assert desk.scene.claim_of(mine) == desk.scene.claim_of(desk.bens)
        desk.scene.do(reviews.save_draft, actor, mine, body={"rationale": "Mine."}, draft_version=0)
    lead = desk.scene.person("Lea", *LEADS)
    before = desk.seen_by(actor)
    answered(desk.scene, desk.ben, desk.bens)
    after = desk.seen_by(actor)
    told = [a for a, (_status, body) in after.items() for w in WORDS if w in body and w not in a]
    assert told == []
    assert changed(before, after) == []
    if not holds:
        # An answer that is corrected or returned is not noticed either.
        answered(desk.scene, desk.ben, desk.bens, verdict="true", base_version=1)
        assert changed(before, desk.seen_by(actor)) == []
        desk.scene.do(reviews.send_back, lead, desk.bens, question="Is the walrus a xylophone?")
        assert changed(before, desk.seen_by(actor)) == []


def test_who_has_answered_learns_nothing_more_before_it_is_settled(database, app):
    desk = Desk(database, app, reviews_wanted=3)
    actor = desk.viewers["a checker"]
    desk.scene.submit(actor, desk.scene.take(actor), "true")
    before = desk.seen_by(actor)
    answered(desk.scene, desk.ben, desk.bens)
    after = desk.seen_by(actor)
    assert changed(before, after) == []


def test_when_all_have_answered_a_checker_still_finds_no_word_of_the_others(desk):
    actor = desk.viewers["a checker"]
    desk.scene.submit(actor, desk.scene.take(actor), "true")
    answered(desk.scene, desk.ben, desk.bens)
    seen = desk.seen_by(actor)
    told = [a for a, (_status, body) in seen.items() for w in WORDS if w in body and w not in a]
    assert told == []


def test_once_it_is_settled_the_words_are_there_to_be_found(desk):
    """Else the tests above would pass on a desk that never shows anything."""
    actor = desk.viewers["a checker"]
    claim_id = desk.scene.claim_of(desk.bens)
    desk.scene.submit(actor, desk.scene.take(actor), "true")
    answered(desk.scene, desk.ben, desk.bens)
    lead = desk.scene.person("Lea", *LEADS)
    desk.scene.settle(lead, claim_id, VERDICT)
    seen = desk.client(actor).get(f"/claims/{claim_id}").text
    for word in ("xylophone", "zeppelin"):
        assert word in seen


def test_a_lead_who_looks_finds_the_words(desk):
    actor = desk.viewers["an editor who checks"]
    answered(desk.scene, desk.ben, desk.bens)
    claim_id = desk.scene.claim_of(desk.bens)
    desk.scene.do(rulings.unblind, actor, claim_id)
    assert "xylophone" in desk.client(actor).get(f"/claims/{claim_id}").text


def test_a_source_that_another_linked_first_looks_new_to_the_blind(desk):
    """Who links the same page is told nothing by how it was stored."""
    actor = desk.viewers["a checker"]
    answered(desk.scene, desk.ben, desk.bens)
    mine = desk.scene.take(actor)
    same = SourceValues(url="https://zeppelin.example/kumquat", title="My own title")
    desk.scene.submit(actor, mine, "true", sources=(same,))
    assert len(desk.scene.rows(Source)) == 1
    body = desk.client(actor).get(f"/reviews/{mine}").text
    assert "My own title" in body
    assert "quagmire" not in body

"""What people wrote reads in its own direction and language, whatever the page around it is in.

A desk on which everybody writes Hebrew, in English pages: each of their words must stand inside of
something that finds its own direction, or a full stop lands at the wrong end and figures swap.
"""

import re

import pytest
from sqlmodel import Session

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.tables import Article, Claim, Person, Project, Review
from app.workflow import articles, claims
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.claims import NewClaim, PickValues
from app.workflow.guidelines import write_guidelines
from app.workflow.people import rename
from app.workflow.quantities import FigureValues
from app.workflow.sources import SourceValues
from tests.scenes import LEADS, Scene

HEBREW = re.compile(r"[\u0590-\u05ff]")
APART = re.compile("\u2068[^\u2069]*\u2069")
ISOLATES = {"bdi", "textarea", "option", "title"}
TEXT = "הלחם יקר. החלב עולה 2 שקלים. הביצים זולות."
QUOTES = ("הלחם יקר.", "החלב עולה 2 שקלים.", "הביצים זולות.")
CHAIN = (HopValues(agent="העיתון", cue="דיווח"), HopValues(agent="השר", cue="אמר"))
SOURCE = SourceValues(
    url="https://example.org/data",
    title="טבלה",
    quote="כך נכתב.",
    locator="עמוד 3",
    publisher="הלשכה",
)
SAID = {
    "rationale": "בדקנו.",
    "not_known": "לא ידוע.",
    "notes": "לעצמי.",
    "attribution_verdict": "confirmed",
    "sources": (SOURCE,),
}


def suggestion(quote):
    start = TEXT.index(quote)
    return Suggestion(
        text=quote,
        quote=quote,
        start=start,
        end=start + len(quote),
        hops=CHAIN,
        context=TEXT,
        quantities=(FigureValues(value=2, unit="shekel", raw="2 שקלים", period="השנה"),),
    )


class Desk:
    """An article, and a claim in each state, all of it in Hebrew."""

    def __init__(self, database, app):
        self.database, self.app = database, app
        self.scene = scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
        with database.write() as session:
            session.get_one(Project, scene.id).title = "שולחן"
        article = NewArticle(
            text=TEXT, title="מחירים", publisher="העיר", author="רות", language="he"
        )
        found = [suggestion(quote) for quote in QUOTES]
        scene.do(articles.add_article, CONSOLE, scene.id, values=article, suggestions=found)
        scene.do(write_guidelines, CONSOLE, scene.id, text="כך בודקים.")
        scene.do(claims.add_claim, CONSOLE, scene.id, values=NewClaim(text="בלי כתבה.", hops=CHAIN))
        self.checkers = scene.reviewers("Cem", "Dora")
        self.lead = scene.person("Lea", *LEADS, Role.REVIEWER, admin=True)
        self.settled, self.waiting = [row.public_id for row in scene.rows(Claim)[:2]]
        for name in (self.settled, self.waiting):
            scene.do(claims.pick, CONSOLE, name, values=PickValues(reason="כי כן."))
            first = scene.check(self.checkers[0], "false", **SAID)
            scene.check(self.checkers[1], "true", **{**SAID, "rationale": "אחרת."})
            self.first = first
        scene.settle(
            self.lead,
            self.settled,
            attribution_verdict="confirmed",
            conclusion="המסקנה.",
            short_text="בקצרה.",
            reason="הסיבה.",
        )
        self.held = scene.take(self.checkers[0]) or scene.take(self.lead)
        for actor in (*self.checkers, self.lead):
            name = scene.rows(Person, Person.id == actor.person)[0].public_id
            scene.do(rename, actor, name, name="רות")

    def page(self, actor, path):
        with Session(self.database.engine) as session:
            client = self.app.test_client().sign_in(session.get_one(Person, actor.person))
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        return answer.page

    def pages(self):
        suggested = self.scene.rows(Claim)[2].public_id
        [article] = [row.public_id for row in self.scene.rows(Article)]
        person = self.scene.rows(Person)[0].public_id
        mine = {
            "/",
            "/people",
            f"/people/{person}",
            *(f"/projects/desk/{name}" for name in PROJECT_PAGES),
            f"/articles/{article}",
            *(f"/claims/{name}" for name in (self.settled, self.waiting, suggested)),
            f"/claims/{suggested}/edit",
            f"/claims/{self.waiting}/settle",
        }
        yield from ((self.lead, path) for path in sorted(mine))
        held = self.scene.review_row(self.held)
        holder = next(a for a in (*self.checkers, self.lead) if a.person == held.reviewer_id)
        yield holder, f"/reviews/{self.held}"
        yield holder, "/sources/new"
        yield self.checkers[0], f"/reviews/{self.first}"
        yield self.checkers[0], "/projects/desk/reviews"


PROJECT_PAGES = ("", "pick", "settle", "claims", "articles", "settings", "agreement", "exports/")


def stray(page):
    """Words that would read in the direction of the page: their element, and how they begin."""
    found = []

    def walk(element, isolated):
        if not isinstance(element.tag, str):
            return
        here = isolated or element.tag in ISOLATES or bool(element.get("dir"))
        said = [element.text or "", *(child.tail or "" for child in element)]
        found.extend(
            (element.tag, element.get("class"), words.strip()[:40])
            for words in said
            if HEBREW.search(APART.sub("", words)) and not here
        )
        # What somebody typed into a field reads as they wrote it too.
        if element.tag == "input" and HEBREW.search(element.get("value", "")) and not here:
            found.append(("input", element.get("name"), element.get("value")[:40]))
        for child in element:
            walk(child, here)

    walk(page.all("body")[0], isolated=False)
    return found


def languages_of(page, words):
    """The language in which each place on a page says these words."""
    found = []

    def walk(element, lang):
        if not isinstance(element.tag, str):
            return
        lang = element.get("lang", lang)
        found.extend([lang] * sum(words in (t or "") for t in (element.text,)))
        found.extend([lang] * sum(words in (c.tail or "") for c in element))
        for child in element:
            walk(child, lang)

    walk(page.all("body")[0], "en")
    return found


@pytest.fixture
def desk(database, app):
    return Desk(database, app)


def test_what_people_wrote_finds_its_own_direction_on_every_page(desk):
    wrong = {
        path: strays for actor, path in desk.pages() if (strays := stray(desk.page(actor, path)))
    }
    assert wrong == {}, "\n".join(f"{p}: {s}" for p, s in wrong.items())


def test_words_of_an_article_are_in_its_language(desk):
    for path in ("pick", "claims"):
        said = languages_of(desk.page(desk.lead, f"/projects/desk/{path}"), QUOTES[2])
        assert set(said) == {"he"}, path
    for name in (desk.settled, desk.waiting):
        page = desk.page(desk.lead, f"/claims/{name}")
        quote = QUOTES[0] if name == desk.settled else QUOTES[1]
        assert set(languages_of(page, quote)) == {"he"}
    page = desk.page(desk.lead, f"/claims/{desk.waiting}/settle")
    assert set(languages_of(page, QUOTES[1])) == {"he"}


def test_a_language_that_nobody_knows_is_no_language(desk):
    with desk.database.write() as session:
        for kind in (Article, Claim):
            for row in desk.scene.rows(kind):
                session.get_one(kind, row.id).language = "und"
    for actor, path in desk.pages():
        page = desk.page(actor, path)
        assert {e.get("lang") for e in page.root.iter()} <= {None, "", "en"}, path


def test_the_desk_of_this_test_has_something_of_everything(desk):
    """Else the tests above would pass on empty pages."""
    assert {row.state for row in desk.scene.rows(Claim)} >= {"candidate", "open", "settled"}
    assert desk.scene.rows(Review, Review.state == "lent")

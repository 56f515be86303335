"""axe finds nothing on any page: in light, in dark, on a phone."""

import re
import shutil
from dataclasses import replace

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from sqlmodel import select

from app.cli.seed import seed
from app.config import ChatService
from app.domain.actors import CONSOLE
from app.domain.evidence_words import CopyWhy, GateProfile, LineState, SourceStanding
from app.domain.ids import new_public_id, now
from app.domain.lessons import Gain, Measure
from app.domain.words import ClaimState, RoundKind, TriageDecision
from app.exporters import registry
from app.extraction.checkworthy import shipped
from app.storage import claim_stretches, source_lists
from app.storage.people import actor_of
from app.storage.session import Database
from app.storage.settling import next_to_settle
from app.storage.tables import (
    Agent,
    Article,
    Batch,
    Claim,
    Evidence,
    Flag,
    IntakeLine,
    Person,
    Project,
    Reply,
    Review,
    ReviewVersion,
    SavedCopy,
    Source,
    Triage,
)
from app.web.articles import page as article_page
from app.web.rounds import views as round_views
from app.workflow.batches import BatchValues, add_batch
from app.workflow.copies import ask_copy
from app.workflow.extractions import Used, ask, fail
from app.workflow.gates import choose_profile
from app.workflow.intakes import ask_intake, fail_line
from app.workflow.learning import Learnt, learn
from app.workflow.lending import assign
from app.workflow.looking import finish_copy
from app.workflow.questions import write_questions
from app.workflow.rounds import Choice, RoundValues, open_round
from app.workflow.source_changes import find_source, set_origin
from app.workflow.weights import use_weights
from tests.asking import FOUND, NONE, YES, question
from tests.copies import look
from tests.scenes import SOURCE

pytestmark = pytest.mark.browser

# Every rule once; then what another look can change: colours in the dark, places on a phone.
# The same document is looked at again, so whatever else a rule asks has the same answer.
COLOURS = ["color-contrast"]
PLACES = ["color-contrast", "scrollable-region-focusable"]
WIDE = ("light", 1280, {})
SMALL = ("dark", 390, {"runOnly": PLACES})
# Where the width changes which words are shown, or their colours, both are looked at in both.
BOTH = (("light", 390, {"runOnly": COLOURS}), ("dark", 1280, {"runOnly": COLOURS}))
# What the contrast of words depends on, but for the colours of the dark.
COLOURED = """() => [...document.querySelectorAll("body, body *")].map(e => {
    const {color, backgroundColor, opacity, fontSize, fontWeight} = getComputedStyle(e);
    const behind = [backgroundColor, opacity];
    if (![...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim())) return behind;
    return [...behind, e.checkVisibility(), color, parseFloat(fontSize) >= 24, fontWeight];
}).join()"""
# Only what is wrong comes back: the rest of axe's report takes longer to send than to find.
RUN = """async options => {
    const found = await axe.run(document, {resultTypes: ["violations"], ...options});
    return found.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.target)]);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
PARTS = {
    "a desk with sign-off": r"/projects/desk/",
    "a blind data set": r"/projects/energy",
    "claims": r"/claims/",
    "all other pages": r"/(?!projects/(desk|energy)|claims/)",
}
NO_PAGES = {
    *("static", "exports.take", "exports.release", "exports.copies_warc", "exports.copies_wacz"),
    *("report.take", "copies.warc", "publications.copy_html", "publications.copy_markdown"),
    *("publications.claimreview_json", "comments.show"),
}
# What these show depends on the state of the claim; other pages of a claim are seen twice.
EVERY_STATE = {"claims.show", "settle.show"}
# What these show depends on how a project decides.
EVERY_KIND = {
    *("agreement.show", "claims.index", "exports.index", "projects.settings", "projects.show"),
    *("report.show", "settle.index"),
}
# Where people are all day.
DAILY = {"articles.show", "claims.index", "pick.show", "reviews.show", "settle.show"}


class Seeded:
    """The demonstration desk: something of everything."""

    def __init__(self, database) -> None:
        with database.write() as session:
            first = session.exec(select(Project).order_by(Project.id)).first()
            add_batch(session, CONSOLE, first.id, values=BatchValues(name="Pilot", is_pilot=True))
            self._look_twice(session)
            self._learned(session, first.id)
            choose_profile(session, CONSOLE, first.id, profile=GateProfile.IFCN)
            self._asked(session)
        self._marked(database)
        self._control(database)
        self.intake = self._addresses(database, first.id)
        with database.reading() as session:
            self.people = [
                actor_of(session, row.public_id)
                for row in session.exec(select(Person).order_by(Person.id))
            ]
            self.admin = self.people[0]
            self.projects = list(session.exec(select(Project).order_by(Project.id)))
            self.claims = self._claims(session)
            self.usual = self._in_states(session, ClaimState.OPEN, ClaimState.SETTLED)
            self.articles = self._first_of_each(session, Article)
            self.agents = self._first_of_each(session, Agent)
            self.replies = self._first_of_each(session, Reply)
            self.sources = self._first_of_each(session, Source)
            self.flags = self._first_of_each(session, Flag)
            self.copies = self._first_of_each(session, SavedCopy)
            self.reviews = session.exec(
                select(Review.public_id).where(Review.reviewer_id == self.admin.person)
            ).all()
            self.batches = self._first_of_each(session, Batch)
            self.person = session.get_one(Person, self.people[-1].person).public_id

    def _look_twice(self, session) -> None:
        """Every decided suggestion wants a second look; one had it, by somebody who differs."""
        for project in session.exec(select(Project)):
            project.triage_share = 1
            project.asks_questions = True
        first, waits = session.exec(select(Triage).order_by(Triage.id).limit(2))
        other = select(Person.id).where(Person.id != first.person_id).order_by(Person.id.desc())
        other = session.exec(other).first()
        waits.person_id = other
        picked = first.decision is TriageDecision.PICK
        second = {"decision": TriageDecision.DROP if picked else TriageDecision.PICK}
        second |= {"person_id": other, "is_second": True}
        session.add(Triage(project_id=first.project_id, claim_id=first.claim_id, **second))

    def _learned(self, session, project_id) -> None:
        """Two versions of the project's own weights, the first of them in use."""
        numbers = {**shipped().as_json_dict(), "words": {"harbour": 0.8, "hoped": -0.6}}
        gain = Gain(Measure(0.5, 0.4, 0.6), Measure(0.6, 0.5, 0.7), Measure(0.1, 0.05, 0.2))
        made = {"numbers": numbers, "grown_from": shipped().label, "folds": 5, "gain": gain}
        first, _second = (
            learn(session, CONSOLE, project_id, values=Learnt(name=new_public_id(), **made))
            for _ in range(2)
        )
        use_weights(session, CONSOLE, project_id, weights_id=first.public_id)

    def _addresses(self, database, project_id) -> str:
        """A list of addresses with one of every outcome."""
        urls = "\n".join(f"https://{name}.example/piece" for name in ("a", "مثال", "müller", "d"))
        feed = "https://a.example/feed.xml"
        with database.write() as session:
            asked = ask_intake(session, CONSOLE, project_id, urls=urls, feed=feed)
            article = session.exec(select(Article).where(Article.project_id == project_id)).first()
            failed, done, known, _left, of_feed = session.exec(select(IntakeLine)).all()
            for line, state in ((done, LineState.DONE), (known, LineState.KNOWN)):
                line.state, line.ended_at, line.article_id = state, now(), article.key
            fail_line(session, failed.public_id, error="intake.closed")
            fail_line(session, of_feed.public_id, error="feed.none")
        return asked.intake_id

    def _marked(self, database) -> None:
        """The first source is a copy of another, was found unreliable, and has a saved copy."""
        with database.write() as session:
            first, second = session.exec(select(Source).order_by(Source.id).limit(2))
            named = [first.public_id, second.public_id]
            set_origin(session, CONSOLE, first.project_id, named, origin="Wire, 4 September")
            reason, standing = "The ministry withdrew it.", SourceStanding.UNRELIABLE
            find_source(session, CONSOLE, first.public_id, standing=standing, reason=reason)
            session.get_one(Project, first.project_id).saves_copies = True
            session.flush()
            copy_id = ask_copy(session, CONSOLE, first.public_id, why=CopyWhy.ASKED)
        with database.write() as session:
            finish_copy(session, copy_id, look=look("They say so. And more."))

    def _asked(self, session) -> None:
        """Every check that was sent asked something, and was answered in each way."""
        for row in session.exec(select(ReviewVersion)):
            used = session.exec(select(Evidence).where(Evidence.review_version_id == row.id)).all()
            given = (FOUND, YES) if used else ()
            asked = [question("What does it show?", *given, NONE)]
            uses = [SOURCE] * len(used)
            write_questions(session, row.id, asked, sources=uses)

    def _control(self, database) -> None:
        """A claim that is checked anew, from its sources alone, in the admin's hands."""
        with database.write() as session:
            admin = session.exec(select(Person).order_by(Person.id)).first()
            query = select(Claim).where(Claim.state == ClaimState.SETTLED)
            claim = session.exec(query.order_by(Claim.id.desc())).first()
            values = RoundValues(
                kind=RoundKind.EVIDENCE_ONLY,
                reason="A sample.",
                choice=Choice(claim=claim.public_id, people_come=True),
            )
            open_round(session, CONSOLE, claim.project_id, values=values)
            assign(session, CONSOLE, claim.public_id, person=actor_of(session, admin.public_id))

    def _claims(self, session) -> list[str]:
        """One claim of each state, and those that are settled next."""
        found = {}
        for row in session.exec(select(Claim).order_by(Claim.id)):
            found.setdefault(row.state, row.public_id)
        waiting = (next_to_settle(session, self.admin, p.id) for p in self.projects)
        return [*found.values(), *filter(None, waiting)]

    def _in_states(self, session, *states) -> list[str]:
        query = select(Claim.public_id).order_by(Claim.id).limit(1)
        return [session.exec(query.where(Claim.state == state)).one() for state in states]

    def _first_of_each(self, session, kind) -> list[str]:
        found = {}
        for row in session.exec(select(kind).order_by(kind.id)):
            found.setdefault(row.project_id, row.public_id)
        return list(found.values())

    def addresses(self, app) -> dict[str, str]:
        """Every page that the admin can open, with the ids above; how it stands to others of its kind."""
        names = {
            "slug": [project.slug for project in self.projects],
            "claim_id": self.claims,
            "agent_id": self.agents,
            "reply_id": self.replies,
            "batch_id": self.batches,
            "source_id": self.sources,
            "flag_id": self.flags,
            "copy_id": self.copies,
            "article_id": self.articles,
            "review_id": self.reviews,
            "person_id": [self.person],
            "intake_id": [self.intake],
            "token": ["no-such-token"],
            "name": list(registry.EXPORTERS),
        }
        found = {}
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint not in NO_PAGES:
                variable = re.search(r"<(?:\w+:)?(\w+)>", rule.rule)
                values = names[variable[1]] if variable else [""]
                if rule.endpoint not in EVERY_STATE and variable and variable[1] == "claim_id":
                    values = self.usual
                for value in values:
                    address = rule.rule.replace(variable[0], value) if variable else rule.rule
                    looks_else = rule.endpoint in EVERY_STATE | EVERY_KIND
                    found[address] = "kind" if looks_else else "another"
                    if value == values[0] and rule.endpoint in DAILY:
                        found[address] = "daily"
        more = ("claims?sort=due", "claims/act?all=1", "replies?show=all")
        return found | {f"/projects/desk/{words}": "another" for words in more}


@pytest.fixture(scope="session")
def migrated(migrated, tmp_path_factory):
    """Every database here begins as the demonstration desk, which is made once."""
    path = tmp_path_factory.mktemp("demonstration") / "assay.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    seed(database)
    database.dispose()
    return path


def bring_axe(page) -> None:
    """It is there already where every page has it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)


def problems(page) -> list[str]:
    bring_axe(page)
    found = looked(page, *WIDE)
    wide = page.evaluate(COLOURED)
    page.set_viewport_size({"width": 390, "height": 900})
    looks = (SMALL,) if page.evaluate(COLOURED) == wide else (*BOTH, SMALL)
    return [*found, *(problem for look in looks for problem in looked(page, *look))]


def looked(page, scheme: str, width: int, options: dict) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    size = {"width": width, "height": 900}
    if page.viewport_size != size:
        page.set_viewport_size(size)
    found = [
        f"{scheme} {width} {rule}: {words} {targets}"
        for rule, words, targets in page.evaluate(RUN, options)
    ]
    wide = page.evaluate(SIDEWAYS)
    return [*found, f"{scheme} {width} scrolls sideways by {wide} px"] if wide > 0 else found


def glance(page) -> list[str]:
    """Every rule once, in light."""
    bring_axe(page)
    return looked(page, *WIDE)


SOME = {"daily": problems, "kind": glance}
LOOKS = pytest.mark.parametrize(
    "look", [glance, pytest.param(problems, marks=pytest.mark.thorough)]
)
WHOLE = {"daily": problems, "kind": problems, "another": problems}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "looks", [SOME, pytest.param(WHOLE, marks=pytest.mark.thorough)], ids=["some", "whole"]
)
def test_axe_finds_nothing_on_any_page(app, database, window, part, looks):
    desk = Seeded(database)
    page = window(desk.admin, forgive="status of 4").tab()
    page.add_init_script(AXE_SCRIPT)
    wrong = {}
    for address, kind in desk.addresses(app).items():
        if kind in looks and re.match(PARTS[part], address):
            page.goto(address)
            wrong[address] = looks[kind](page)
    assert wrong
    assert [(address, found) for address, found in wrong.items() if found] == []


@pytest.mark.thorough
def test_axe_finds_nothing_where_a_service_is_asked(app, window, database, settings):
    asked = ChatService(url="https://chat.example.org/v1", model="small-model")
    app.config["SETTINGS"] = replace(settings, chat=asked)
    desk = Seeded(database)
    values = {"extractor": "chat", "version": "1", "model": "small-model"}
    with database.write() as session:
        first = ask(session, CONSOLE, desk.articles[0], **values)
        fail(session, first, error="chat.busy", used=Used())
        ask(session, CONSOLE, desk.articles[0], **values)
        for project in session.exec(select(Project)):
            project.extractor = "chat"
    here, there = f"/articles/{desk.articles[0]}", f"/projects/{desk.projects[0].slug}"
    page = window(desk.admin).tab()
    for address in (here, f"{here}/text", f"{there}/articles/new", f"{there}/settings"):
        page.goto(address)
        assert problems(page) == [], address


@pytest.fixture
def soon(monkeypatch):
    """What only much work brings about is there at once: a page shows and looks at next to nothing."""
    for module in (claim_stretches, source_lists):
        monkeypatch.setattr(module, "LOOKED_AT", 2)
    monkeypatch.setattr(article_page, "PART", 3)
    monkeypatch.setattr(round_views, "COUNTED_AT_ONCE", 1)


@pytest.mark.thorough
@pytest.mark.usefixtures("soon")
def test_axe_finds_nothing_on_pages_that_much_work_brings_about(database, window):
    desk = Seeded(database)
    page = window(desk.admin).tab()
    for address, words in {
        f"/articles/{desk.articles[0]}?part=2": "The text goes on",
        "/projects/desk/claims?due=none&day=2001-01-01": "Look further",
        "/projects/desk/sources?text=nowhere": "Look further",
        "/projects/desk/rounds/new": "Count",
    }.items():
        page.goto(address)
        assert page.locator(f"main :is(a, button):has-text('{words}')").count(), address
        assert problems(page) == [], address
    with page.expect_navigation():
        page.click("button:text-is('Count')")
    page.locator(":focus:is(#taken-title, :has(#taken-title))").wait_for()
    assert problems(page) == []


@LOOKS
def test_axe_finds_nothing_before_signing_in_and_on_refusals(window, database, look):
    desk = Seeded(database)
    page = window(forgive="status of 422").tab("/sign-in")
    assert look(page) == []
    page.click("main button:has-text('Sign in')")
    assert page.locator(".error-summary").is_visible()
    assert look(page) == []
    page = window(desk.admin, forgive="status of 4").tab("/no-such-page")
    assert look(page) == []
    page.goto("/projects/new")
    page.click("main form button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    assert look(page) == []

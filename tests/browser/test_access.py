"""axe finds nothing on any page: in light, in dark, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlmodel import select

from app.cli.seed import seed
from app.exporters import registry
from app.storage.people import actor_of
from app.storage.settling import next_to_settle
from app.storage.tables import Article, Claim, Person, Project, Review

pytestmark = pytest.mark.browser

LOOKS = (
    {"color_scheme": "light", "width": 1280},
    {"color_scheme": "dark", "width": 1280},
    {"color_scheme": "light", "width": 390},
)
NO_PAGES = {"static", "exports.take"}


class Seeded:
    """The demonstration desk: something of everything."""

    def __init__(self, database) -> None:
        seed(database)
        with database.reading() as session:
            self.people = [
                actor_of(session, row.public_id)
                for row in session.exec(select(Person).order_by(Person.id))
            ]
            self.admin = self.people[0]
            self.projects = list(session.exec(select(Project).order_by(Project.id)))
            self.claims = self._claims(session)
            self.articles = self._first_of_each(session, Article)
            self.reviews = session.exec(
                select(Review.public_id).where(Review.reviewer_id == self.admin.person)
            ).all()
            self.person = session.get_one(Person, self.people[-1].person).public_id

    def _claims(self, session) -> list[str]:
        """One claim of each state in each project, and the one that is settled next."""
        found = {}
        for row in session.exec(select(Claim).order_by(Claim.id)):
            found.setdefault((row.project_id, row.state), row.public_id)
        waiting = (next_to_settle(session, self.admin, p.id) for p in self.projects)
        return [*found.values(), *filter(None, waiting)]

    def _first_of_each(self, session, kind) -> list[str]:
        found = {}
        for row in session.exec(select(kind).order_by(kind.id)):
            found.setdefault(row.project_id, row.public_id)
        return list(found.values())

    def addresses(self, app) -> list[str]:
        """Every page that the admin can open, with the ids above."""
        names = {
            "slug": [project.slug for project in self.projects],
            "claim_id": self.claims,
            "article_id": self.articles,
            "review_id": self.reviews,
            "person_id": [self.person],
            "token": ["no-such-token"],
            "name": list(registry.EXPORTERS),
        }
        found = []
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint not in NO_PAGES:
                variable = re.search(r"<(?:\w+:)?(\w+)>", rule.rule)
                values = names[variable[1]] if variable else [""]
                found += [
                    rule.rule.replace(variable[0], value) if variable else rule.rule
                    for value in values
                ]
        return found


def problems(page) -> list[str]:
    found = []
    for look in LOOKS:
        page.emulate_media(color_scheme=look["color_scheme"])
        page.set_viewport_size({"width": look["width"], "height": 900})
        for violation in Axe().run(page).response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{look} {violation['id']}: {violation['help']} {targets}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{look} scrolls sideways by {wide} px")
    return found


def test_axe_finds_nothing_on_any_page(app, database, window):
    desk = Seeded(database)
    page = window(desk.admin, forgive="status of (404|403|409)").tab()
    wrong = {}
    for address in desk.addresses(app):
        page.goto(address)
        found = problems(page)
        if found:
            wrong[address] = found
    assert wrong == {}


def test_axe_finds_nothing_on_what_is_shown_before_signing_in_and_on_refusals(window, database):
    desk = Seeded(database)
    page = window().tab("/sign-in")
    assert problems(page) == []
    page.click("main button:has-text('Sign in')")
    assert problems(page) == []
    page = window(desk.admin, forgive="status of (404|422)").tab("/no-such-page")
    assert problems(page) == []
    page.goto("/projects/new")
    page.click("main form button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    assert problems(page) == []

"""The rule of blindness as the database asks it is the rule of the domain, for everybody."""

from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.blindness import is_blind
from app.domain.words import Role
from app.storage.blind import is_blind_to
from app.storage.claims import standings
from app.storage.tables import Claim
from app.workflow import rulings
from app.workflow.claims import drop
from app.workflow.interests import InterestValues, declare
from app.workflow.planning import PlanValues, plan
from tests.scenes import LEADS, Scene


def blind_by_rule(scene, actor, keys):
    found = scene.ask(standings, actor, keys)
    return {key for key in keys if is_blind(found[key])}


def blind_by_query(scene, actor):
    with scene.database.reading() as session:
        return set(session.exec(select(Claim.id).where(is_blind_to(actor, Claim.id))))


def test_the_query_and_the_rule_say_the_same(database):
    scene = Scene(database, reviews_wanted=2)
    ann, ben = scene.reviewers("Ann", "Ben")
    lead = scene.person("Lea", *LEADS, Role.REVIEWER)
    people = [ann, ben, lead, scene.person("Reader", Role.VIEWER), scene.person("Boss", admin=True)]
    people.append(scene.person("Stranger"))
    seen = set()

    def compare():
        keys = [row.key for row in scene.rows(Claim)]
        for actor in people:
            by_rule = blind_by_rule(scene, actor, keys)
            assert blind_by_query(scene, actor) == by_rule, actor.name
            seen.add(len(by_rule))

    with database.write() as session:
        session.add(Claim(project_id=scene.id, text="Not picked yet."))
    claims = [scene.claim() for _ in range(4)]
    compare()
    scene.check(ann)
    compare()
    scene.do(rulings.unblind, lead, claims[0])
    scene.do(rulings.unblind, lead, claims[2])
    compare()
    scene.do(plan, CONSOLE, claims[1], values=PlanValues(tags=["Health"]))
    scene.do(declare, lead, scene.id, values=InterestValues(tag="Health"))
    compare()
    scene.check(ben)
    scene.do(drop, CONSOLE, claims[3])
    compare()
    scene.check(ben)
    scene.check(ann, "true")
    scene.settle(scene.person("Judge", *LEADS), claims[1], "true", reason="Looked again.")
    compare()
    assert len(seen) > 3

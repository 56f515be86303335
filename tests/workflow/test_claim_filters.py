"""What the filters of the list of claims find, and whom they tell what, on both databases."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.blindness import is_blind
from app.domain.ids import now
from app.domain.words import ClaimState, Role
from app.storage.claim_lists import (
    claims_by_due,
    claims_named,
    count_found,
    due_place,
    found_claims,
    found_ids,
)
from app.storage.claim_queries import claim_query
from app.storage.claims import standings
from app.storage.projects import by_id
from app.storage.tables import Agent, Article, Claim, ClaimGroup, Hop, Person
from app.workflow import claims
from app.workflow.agents import HopValues
from app.workflow.claims import ClaimCorrection
from app.workflow.planning import PlanValues, plan
from tests.scenes import LEADS, Scene
from tests.workflow.test_articles import article_with


@pytest.fixture
def scene(database):
    return Scene(database, settles_itself=False)


@pytest.fixture
def lead(scene):
    return scene.person("Lena", *LEADS)


def asked(scene, actor, **words):
    """The filter that an address would mean."""
    project = scene.ask(by_id, scene.id)
    return scene.ask(claim_query, actor, project, words)


def texts(scene, actor, **words):
    wanted = asked(scene, actor, **words).wanted
    return [c.text for c in scene.ask(found_claims, actor, scene.id, wanted=wanted)]


def public_id(scene, kind, **columns):
    where = [getattr(kind, name) == value for name, value in columns.items()]
    return scene.rows(kind, *where)[0].public_id


def test_by_article_by_tag_and_by_group(scene, lead):
    article_with(scene, quotes=("Bread is dear.", "Apples are red."))
    other = scene.claim("Elsewhere.")
    group = scene.do(lambda s: s.add(ClaimGroup(project_id=scene.id)))
    assert group is None
    key = scene.rows(ClaimGroup)[0].key
    scene.change(Claim, other, claim_group_id=key)
    scene.do(plan, lead, other, values=PlanValues(tags=["EU", "energy"]))

    assert texts(scene, lead, article=public_id(scene, Article)) == [
        "Apples are red.",
        "Bread is dear.",
    ]
    assert texts(scene, lead, tag="energy") == ["Elsewhere."]
    assert texts(scene, lead, tag="ener") == []
    assert texts(scene, lead, group=public_id(scene, ClaimGroup)) == ["Elsewhere."]
    assert asked(scene, lead, article=public_id(scene, Article)).titles["article"]


def test_the_claimant_is_the_last_of_the_present_chain_alone(scene, lead):
    def said(text, *names):
        values = claims.NewClaim(text=text, hops=tuple(HopValues(agent=n) for n in names))
        return scene.do(claims.add_claim, lead, scene.id, values=values)

    said("Ada says.", "Paper", "Ada")
    said("Ada passes on.", "Ada", "Bo")
    was = said("Ada said once.", "Ada")
    values = ClaimCorrection(text="Ada said once.", hops=(HopValues(agent="Bo"),), version=1)
    scene.do(claims.correct, lead, was, values=values)

    assert texts(scene, lead, claimant=public_id(scene, Agent, name="Ada")) == ["Ada says."]
    assert texts(scene, lead, who="ada") == ["Ada passes on.", "Ada says."]
    assert len(scene.rows(Hop)) == 6


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"due": "overdue"}, ["Late."]),
        ({"due": "none"}, ["Never."]),
        ({"due": "week"}, ["Soon."]),
        ({"day": "2031-02-03"}, ["On the day."]),
        ({"day": "2031-02-03", "due": "none"}, ["On the day."]),
        ({"due": "overdue", "state": "settled"}, []),
    ],
)
def test_by_when_they_are_due(scene, lead, words, found):
    today = now().replace(hour=12, minute=0)
    for text, due in (
        ("Late.", today - timedelta(days=2)),
        ("Soon.", today + timedelta(days=3)),
        ("On the day.", datetime(2031, 2, 3, 23, 59, 59, tzinfo=UTC)),
        ("Never.", None),
    ):
        scene.claim(text, due_at=due)
    # What is done is not late any more.
    scene.claim("Done.", due_at=today - timedelta(days=2), state=ClaimState.SETTLED)

    assert texts(scene, lead, **words) == found


def test_first_due_first_goes_on_after_any_place(scene, lead):
    soon = now() + timedelta(days=1)
    for n, days in enumerate([3, None, 1, 1, None, 2]):
        scene.claim(str(n), due_at=None if days is None else soon + timedelta(days=days))
    # What is done is due no more.
    for state in (ClaimState.SETTLED, ClaimState.REJECTED):
        scene.claim(state.value, due_at=soon, state=state)
    wanted = asked(scene, lead).wanted
    whole = scene.ask(claims_by_due, lead, scene.id, wanted=wanted).claims
    assert [claim.text for claim in whole] == [
        *("2", "3", "5", "0"),
        *("rejected", "settled", "4", "1"),
    ]
    for number, claim in enumerate(whole, start=1):
        place = due_place(claim)
        rest = scene.ask(claims_by_due, lead, scene.id, wanted=wanted, after=place, limit=2)
        assert [one.text for one in rest.claims] == [one.text for one in whole[number : number + 2]]


def test_a_person_is_found_by_leads_who_are_not_blind_and_by_oneself(scene, lead):
    ann, bob = scene.reviewers("Ann", "Bob")
    blind = scene.person("Lou", *LEADS, Role.REVIEWER)
    reader = scene.person("Rea", Role.VIEWER)
    for n in range(4):
        scene.claim(f"Claim {n}.", priority=9 - n)
    for checker in (ann, bob, ann, blind):
        scene.check(checker)
    scene.take(ann)
    anns = public_id(scene, Person, name="Ann")

    # Ann answered the first two, of which Bob has the second yet to answer, and holds the third,
    # which Lou has answered. So Lou could learn something of the second alone.
    held = ["Claim 2.", "Claim 1.", "Claim 0."]
    assert texts(scene, lead, person=anns) == held
    assert texts(scene, ann, person="me") == held
    assert texts(scene, ann, person=anns) == texts(scene, ann)
    assert texts(scene, bob, person=anns) == texts(scene, bob)
    assert texts(scene, reader, person=anns) == texts(scene, reader)
    assert texts(scene, blind, person=anns) == ["Claim 2.", "Claim 0."]
    assert texts(scene, ann, person="not-me") == ["Claim 3."]


def test_whom_the_person_filter_takes_for_blind_is_blind(scene, lead):
    """The rule as a database knows it is the rule of the domain."""
    ann = scene.reviewers("Ann")[0]
    checks = scene.person("Lou", *LEADS, Role.REVIEWER)
    for n, state in itertools.product(range(2), ClaimState):
        claim_id = scene.claim(f"{state.value} {n}", priority=n)
        scene.check(ann)
        if n:
            scene.check(checks)
        scene.change(Claim, claim_id, state=state, slots_free=0)
    anns = public_id(scene, Person, name="Ann")
    rows = scene.rows(Claim)
    how = scene.ask(standings, checks, [row.key for row in rows])
    expected = {row.text for row in rows if not is_blind(how[row.key])}
    assert set(texts(scene, checks, person=anns)) == expected
    assert expected != {row.text for row in rows}


def test_words_that_mean_nothing_are_left_out_of_account(scene, lead):
    elsewhere = Scene(scene.database, slug="elsewhere")
    article_with(elsewhere, quotes=("Bread is dear.",))
    scene.claim("Here.")
    words = {
        "state": "explode",
        "verdict": "explode",
        "due": "explode",
        "day": "explode",
        "article": public_id(scene, Article),
        "claimant": "aaaaaaaaaaaa",
        "group": "aaaaaaaaaaaa",
        "person": "aaaaaaaaaaaa",
        "text": " \0 ",
        "other": "explode",
    }
    found = asked(scene, lead, **words)
    assert found.words == {}
    assert found.wanted.is_empty
    assert texts(scene, lead, **words) == ["Here."]


def test_what_is_found_is_counted_and_named_up_to_a_number(scene, lead):
    ids = [scene.claim() for _ in range(3)]
    wanted = asked(scene, lead).wanted
    assert scene.ask(count_found, lead, scene.id, wanted=wanted, most=5) == 3
    assert scene.ask(count_found, lead, scene.id, wanted=wanted, most=2) == 2
    assert scene.ask(found_ids, lead, scene.id, wanted=wanted, limit=2) == ids[:0:-1]
    named = scene.ask(claims_named, scene.id, [ids[2], ids[0], "aaaaaaaaaaaa"])
    assert [claim.public_id for claim in named] == [ids[2], ids[0]]

"""The history of a claim: all that happened to it and its checks, told to those who may know."""

import pytest

from app.domain.words import ActorKind, Decides, Role, SkipReason
from app.storage.tables import Claim, Event
from app.workflow import lending
from app.workflow.agents import HopValues
from app.workflow.claims import ClaimCorrection, correct
from app.workflow.planning import PlanValues, plan
from tests.pages import text as words
from tests.web.picking import rows, stand
from tests.work import Work, counted


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def data(add_desk):
    return add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


def history(client, claim_id, query=""):
    page = client.get(f"/claims/{claim_id}{query}").page
    shown = [words(item) for ol in stand(page, "ol", "history") for item in ol.iter("li")]
    # Without the time that each line begins with.
    return [line.split(", ", 1)[1].split(" ", 1)[1] for line in shown]


def test_checks_taken_given_and_planned_stand_in_one_history(login, person, work, data, database):
    lead = login(Role.EDITOR, Role.ADJUDICATOR, project=data, name="Lea")
    kim = person("Kim", Role.REVIEWER, project=data)
    claim_id = work.claim(data)
    work.check(kim, data, "true")
    with database.write() as session:
        plan(session, work.actor(lead.person), claim_id, values=PlanValues(priority=1))

    assert history(lead, claim_id) == [
        "the console added it",
        "a checker began to check it",
        "a checker checked it",
        "Lea planned it",
    ]


def test_checkers_are_named_once_it_is_settled(login, person, work, project):
    kim = person("Kim", Role.REVIEWER, project=project)
    reader, lead = login(Role.VIEWER), login(Role.ADJUDICATOR, name="Lea")
    claim_id = work.claim(project)
    work.check(kim, project, "true")
    assert history(reader, claim_id) == []
    work.settle(lead.person, claim_id, "true")

    assert history(reader, claim_id)[1:] == [
        "Kim began to check it",
        "Kim checked it",
        "Lea settled it",
    ]


def test_the_blind_find_their_own_lines_and_no_trace_of_how_many_others_there_are(
    login, person, work, data
):
    kim = person("Kim", Role.REVIEWER, project=data)
    claim_id = work.claim(data)
    blind = login(Role.EDITOR, Role.REVIEWER, project=data, name="Bo")
    lead = login(Role.ADJUDICATOR, project=data)
    work.take(blind.person, data)
    before = blind.get(f"/claims/{claim_id}").page.text

    review_id = work.check(kim, data, "true")
    work.send_back(lead.person, review_id)

    assert blind.get(f"/claims/{claim_id}").page.text == before
    assert history(blind, claim_id) == ["Bo began to check it"]


def test_a_check_that_does_not_come_back_is_given_free_on_the_claims_page(
    login, person, work, data
):
    kim = person("Kim", Role.REVIEWER, project=data)
    claim_id = work.claim(data)
    blind = login(Role.EDITOR, Role.REVIEWER, project=data, name="Bo")
    lead = login(Role.ADJUDICATOR, project=data, name="Lea")
    before = blind.get(f"/claims/{claim_id}").page.text
    review_id = work.check(kim, data, "true")
    page, address = f"/claims/{claim_id}", f"/reviews/{review_id}/take-back"
    assert address not in lead.get(page).get_data(as_text=True)
    assert lead.post(address).status_code == 409
    work.send_back(lead.person, review_id)
    assert address in lead.get(page).get_data(as_text=True)
    assert "Let somebody else check it" in lead.get(page).page.text

    answer = lead.post(address)
    assert (answer.status_code, answer.location) == (303, page)
    shown = lead.get(page).page.text
    assert "Somebody else can check it now." in shown
    assert "Let somebody else check it" not in shown
    assert history(lead, claim_id)[-1].startswith("Lea took a check back")
    assert blind.get(page).page.text == before


def test_passing_on_and_giving_away_have_their_lines(login, person, work, data, database):
    lead = login(Role.EDITOR, project=data, name="Lea")
    kim, ann = (person(name, Role.REVIEWER, project=data) for name in ("Kim", "Ann"))
    claim_id = work.claim(data)
    work.skip(kim, work.take(kim, data), SkipReason.OUTSIDE_FIELD)
    with database.write() as session:
        lending.assign(session, work.actor(lead.person), claim_id, person=work.actor(ann))

    assert history(lead, claim_id)[2:] == [
        "a checker passed it on",
        "Lea gave it to somebody to check",
    ]


def test_a_long_history_goes_on_and_asks_as_many_questions(login, work, project, database):
    reader = login(Role.ADJUDICATOR)
    claim_id = work.claim(project)

    def asked():
        with counted(reader.application.extensions["assay"]) as sent:
            reader.get(f"/claims/{claim_id}")
        return len(sent)

    few = asked()
    with database.write() as session:
        for _ in range(204):
            session.add(
                Event(
                    actor_kind=ActorKind.SYSTEM,
                    project_id=project.id,
                    action="claim.plan",
                    noun="claim",
                    thing=claim_id,
                    claim=claim_id,
                )
            )

    assert asked() == few
    first = reader.get(f"/claims/{claim_id}").page
    later = first.links["What happened later"]
    assert later.endswith("#history")
    whole = history(reader, claim_id) + history(reader, claim_id, f"?{later.split('?')[1]}")
    assert whole == ["the console added it"] + ["Assay itself planned it"] * 204
    assert "What happened later" not in reader.get(later).page.links
    assert len(rows(database, Claim)) == 1


def test_what_was_corrected_of_a_claim_is_told_once(login, work, project, database):
    editor = login(Role.EDITOR, name="Ed")
    claim_id = work.claim(project, "It rained.")
    for version, (text, agent) in enumerate(
        [("It rained.", ""), ("It poured.", ""), ("It hailed.", "The mayor")], start=1
    ):
        hops = (HopValues(agent=agent),) if agent else ()
        values = ClaimCorrection(text=text, hops=hops, version=version)
        with database.write() as session:
            correct(session, work.actor(editor.person), claim_id, values=values)

    assert history(editor, claim_id)[1:] == [
        "Ed confirmed the wording and who said it",
        "Ed corrected its wording",
        "Ed corrected its wording; corrected who said it",
    ]

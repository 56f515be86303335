import pytest

from app.domain.words import Decides, Role
from app.storage.agreement import answers_to_compare
from tests.work import Work, counted

PATH = "/projects/data/agreement"


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def data(add_desk):
    """A data set with two blind checks a claim, settled by a person."""
    return add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


@pytest.fixture
def pair(person, data):
    """The two who check."""
    return [person(name, Role.REVIEWER, project=data) for name in ("Kim", "Lea")]


def answer(work, data, pair, *verdicts, who="") -> str:
    """A claim that each of the two checked. Answers its id."""
    claim = work.claim(data, who=who)
    for checker, verdict in zip(pair, verdicts, strict=True):
        work.check(checker, data, verdict, "confirmed" if who else None)
    return claim


def test_agreement_is_told_in_words_before_figures(login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    for verdicts in [("true", "true"), ("false", "false"), ("true", "false"), ("true", "unproven")]:
        answer(work, data, pair, *verdicts)

    page = lead.get(PATH).page

    assert page.heading == "How far checks agree"
    assert "4 of 4 claims that have all their checks have two or more." in page.text
    assert (
        "Two checks of the same claim gave the same answer in 50% of cases (4 claims)." in page.text
    )
    # By hand: four unlike pairs, 8 answers of which 4, 3 and 1 are alike: 1 - 7 * 4 / 38.
    assert "Any difference counts the same 0.26 – weak" in page.text
    assert "1 answer off the scale is left out." in page.text
    assert "No claim has two answers to this question." in page.text
    assert "These are few claims" in page.text


def test_each_pair_of_answers_is_counted_once(login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    for verdicts in [("true", "true"), ("false", "true"), ("true", "false")]:
        answer(work, data, pair, *verdicts)

    table = lead.get(PATH).page.rows("Is it so? Pairs of checks")

    assert table[0] == ["True", "1", "0", "0", "0", "2", "0", "0"]
    assert table[4] == ["False", "", "", "", "", "0", "0", "0"]


def test_what_was_said_is_compared_where_it_was_asked(login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    answer(work, data, pair, "true", "false", who="The mayor")

    text = lead.get(PATH).page.text

    assert "Was it said? Two checks of the same claim gave the same answer in 100% of" in text
    assert "undefined: every check gave the same answer" in text


def test_nothing_is_shown_while_nothing_may_be_seen(login, work, data, pair):
    work.claim(data)
    work.check(pair[0], data, "true")

    page = login(Role.ADJUDICATOR, project=data).get(PATH).page

    assert "Nothing to compare yet" in page.text
    assert "once a claim has all its checks" in page.text
    assert page.all("table") == []


def test_those_who_do_not_lead_see_settled_claims_only(login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    settled = answer(work, data, pair, "true", "true")
    work.settle(lead.person, settled, "true")
    answer(work, data, pair, "false", "true")

    for client in (login(Role.VIEWER, project=data), login(Role.REVIEWER, project=data)):
        assert "1 of 1 settled claim has two checks or more." in client.get(PATH).page.text
    assert "2 of 2 claims that have all their checks" in lead.get(PATH).page.text


def test_a_check_of_another_leaves_the_page_of_a_blind_one_as_it_is(login, work, data, pair):
    lead = login(Role.REVIEWER, Role.EDITOR, project=data)
    answer(work, data, pair, "true", "true")
    work.claim(data)
    before = lead.get(PATH).page.text

    work.check(pair[0], data, "false")

    assert lead.get(PATH).page.text == before


def test_the_blind_answer_counts_where_somebody_later_saw_others(
    database, login, person, work, data, pair
):
    lead = login(Role.REVIEWER, Role.ADJUDICATOR, project=data)
    work.claim(data)
    mine = work.check(lead.person, data, "true")
    work.check(pair[0], data, "false")

    work.answer(lead.person, mine, "false")

    with database.reading() as session:
        found = answers_to_compare(session, work.actor(lead.person), data.id)
    assert [len({a.content for a in answers}) for answers in found.claims.values()] == [2]


def test_where_each_claim_gets_one_check_there_is_nothing_to_agree_on(login, project):
    page = login(Role.EDITOR).get("/projects/desk/agreement").page

    assert "In this project each claim gets one check." in page.text


def test_of_too_many_checks_the_newest_claims_are_read(database, login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    for _ in range(3):
        answer(work, data, pair, "true", "true")

    with database.reading() as session:
        found = answers_to_compare(session, work.actor(lead.person), data.id, most=5)
        whole = answers_to_compare(session, work.actor(lead.person), data.id, most=6)

    assert (found.is_cut, sorted(found.claims), found.seen) == (True, [2, 3], 3)
    assert (whole.is_cut, sorted(whole.claims)) == (False, [1, 2, 3])


def test_who_may_not_see_the_project_sees_no_agreement(login, client, data):
    assert login().get(PATH).status_code == 404
    assert client.get(PATH).status_code == 303


def test_the_page_asks_as_much_for_fifty_claims_as_for_five(app, login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    numbers = []
    for more in (5, 45):
        for n in range(more):
            answer(work, data, pair, "true", "false" if n % 2 else "true")
        with counted(app.extensions["assay"]) as sent:
            page = lead.get(PATH).page
        numbers.append(len(sent))

    assert "(50 claims)" in page.text
    assert numbers[0] == numbers[1]

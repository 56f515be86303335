import pytest
from sqlmodel import select

from app.domain.words import Decides, GoldUse, Role, TriageDecision
from app.storage.scales import scheme
from app.storage.tables import Batch, Claim, GoldAnswer, Project, Review
from app.workflow import reviews
from app.workflow.sources import SourceValues
from app.workflow.tallies import begin, count_anew, count_triage
from app.workflow.versions import ReviewValues
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
    table = page.rows("Is it so?")
    # By hand: four unlike pairs, 8 answers of which 4, 3 and 1 are alike: 1 - 7 * 4 / 38.
    assert [cell.split()[0] for cell in table[1][1:]] == ["0.26", "0.26", "4"]
    assert "Compared with chance: weak" in page.text
    assert "1 answer off the scale is left out of the figure" in page.text
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
    assert "Compared with chance: undefined: every check gave the same answer" in text


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


def test_the_blind_answer_stands_next_to_the_one_that_holds(login, work, data, pair):
    lead = login(Role.REVIEWER, Role.ADJUDICATOR, project=data)
    work.claim(data)
    mine = work.check(lead.person, data, "true")
    work.check(pair[0], data, "false")

    work.answer(lead.person, mine, "false")

    page = lead.get(PATH).page
    assert page.rows("Is it so?")[0][1:3] == ["0%", "100%"]
    assert "With the answers that hold now it is 100%." in page.text


def test_where_each_claim_gets_one_check_there_is_nothing_to_agree_on(login, project):
    page = login(Role.EDITOR).get("/projects/desk/agreement").page

    assert "In this project each claim gets one check." in page.text


def met(page) -> dict[str, str]:
    """Where the numbers of the table of answers lead, by what a screen reader says of them."""
    links = [link for link in page.all("a") if "met=" in (link.get("href") or "")]
    return {link.get("aria-label"): link.get("href") for link in links}


def test_a_number_opens_the_claims_on_which_these_answers_met(login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    reader = login(Role.VIEWER, project=data)
    apart = answer(work, data, pair, "true", "false")
    settled = answer(work, data, pair, "false", "true")
    alike = answer(work, data, pair, "true", "true")
    work.settle(lead.person, settled, "true")
    texts = {row.public_id: row.text for row in work.all_of(Claim)}

    links = met(lead.get(PATH).page)
    found = lead.get(links["2: True and False"]).page
    assert [texts[name] in found.text for name in (apart, settled, alike)] == [True, True, False]
    assert "True – False" in found.text
    found = lead.get(links["1: True and True"]).page
    assert [texts[name] in found.text for name in (apart, settled, alike)] == [False, False, True]

    # The same address shows whoever does not lead what is settled, and nothing else.
    found = reader.get(links["2: True and False"]).page
    assert [texts[name] in found.text for name in (apart, settled, alike)] == [False, True, False]
    assert list(met(reader.get(PATH).page)) == ["1: True and False"]
    assert "No claim fits" in reader.get(links["1: True and True"]).page.text


def test_a_claim_that_wants_checks_again_is_found_by_nobodys_answers(login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    answer(work, data, pair, "true", "false")
    link = met(lead.get(PATH).page)["1: True and False"]

    work.send_back(lead.person, work.all_of(Review)[0].public_id)

    assert "No claim fits" in lead.get(link).page.text


@pytest.mark.parametrize("word", ["true", "true,nothing", "true,false,x,y,z", ","])
def test_answers_that_are_none_find_what_there_is_or_every_claim(login, work, data, pair, word):
    lead = login(Role.ADJUDICATOR, project=data)
    answer(work, data, pair, "true", "true")

    assert lead.get(f"/projects/data/claims?met={word}").status_code == 200


def test_a_batch_or_a_version_alone_can_be_looked_at(login, database, make, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    batch = make(Batch, project_id=data.id, name="Pilot 1")
    first = answer(work, data, pair, "true", "false")
    answer(work, data, pair, "true", "true")
    with database.write() as session:
        row = session.exec(select(Claim).where(Claim.public_id == first)).one()
        row.batch_id = batch.key
        count_anew(session, row.key)

    page = lead.get(f"{PATH}?batch={batch.public_id}").page
    assert "1 of 1 claim that has all its checks" in page.text
    assert page.rows("Is it so?")[0][1] == "0%"
    found = lead.get(met(page)["1: True and False"]).page
    assert work.all_of(Claim)[0].text in found.text
    assert "2 of 2 claims" in lead.get(PATH).page.text
    assert "Nothing to compare yet" in lead.get(f"{PATH}?guideline=7").page.text


def test_leads_read_who_agrees_with_whom_and_members_their_own(app, login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    names = [answer(work, data, pair, "true", "false"), answer(work, data, pair, "true", "true")]
    for name in names:
        work.settle(lead.person, name, "true")

    page = lead.get(PATH).page
    assert page.rows("Two people: Is it so?")[0] == ["Kim", "Lea", "50%", "50%", "0", "2"]
    assert [row[:2] for row in page.rows("Check and verdict: Is it so?")] == [
        ["Kim", "100%"],
        ["Lea", "50%"],
    ]

    kim = app.test_client().sign_in(pair[0]).get(PATH).page
    assert "Your checks and the verdict" in kim.text
    assert [row[0] for row in kim.rows("Check and verdict: Is it so?")] == ["Kim"]
    assert "Lea" not in kim.text


def test_where_nobody_is_counted_no_person_is_named(login, work, data, pair, database):
    lead = login(Role.ADJUDICATOR, project=data)
    work.settle(lead.person, answer(work, data, pair, "true", "false"), "true")
    with database.write() as session:
        session.get_one(Project, data.id).counts_people = False

    text = lead.get(PATH).page.text

    assert "Kim" not in text
    assert "and the verdict" not in text


def test_shared_sources_and_second_picks_are_told(login, work, data, pair, database):
    lead = login(Role.ADJUDICATOR, project=data)
    work.claim(data)
    for who, stance in zip(pair, ("supports", "refutes"), strict=True):
        used = SourceValues(url="https://example.org/a", stance=stance)
        own = SourceValues(url=f"https://example.org/{who.name}", stance="context")
        values = ReviewValues(verdict="true", form_key=who.name, sources=(used, own))
        review = work.take(who, data)
        with database.write() as session:
            reviews.submit(session, work.actor(who), review, values=values, lends_next=False)
    with database.write() as session:
        for second in (TriageDecision.PICK, TriageDecision.DROP):
            count_triage(session, data.id, TriageDecision.PICK, second)

    text = lead.get(PATH).page.text

    # Of three addresses both have one.
    assert "Of the sources of two checks of a claim, both have 33%" in text
    assert "they said the same of it in 0% of cases (1 source)" in text
    assert "Two people decided the same about a suggestion in 50% of cases (2 suggestions)" in text


def test_while_checks_are_counted_anew_the_page_says_so(login, work, data, pair, database):
    lead = login(Role.ADJUDICATOR, project=data)
    answer(work, data, pair, "true", "true")
    with database.write() as session:
        begin(session, data.id)

    assert "just being counted anew" in lead.get(PATH).page.text


def test_a_claim_with_a_known_answer_is_not_among_the_figures(login, work, data, pair, make):
    lead = login(Role.ADJUDICATOR, project=data)
    label = scheme_label(work, data)
    work.claim(data)
    claim = work.all_of(Claim)[0]
    make(
        GoldAnswer,
        project_id=data.id,
        claim_id=claim.key,
        use=GoldUse.GOLD,
        content_label_id=label,
    )
    for who in pair:
        work.check(who, data, "true")

    assert "Nothing to compare yet" in lead.get(PATH).page.text


def scheme_label(work, data) -> int:
    with work.database.reading() as session:
        return scheme(session, data.content_scheme_id).labels[0].id


def test_who_may_not_see_the_project_sees_no_agreement(login, client, data):
    assert login().get(PATH).status_code == 404
    assert client.get(PATH).status_code == 303


def test_the_page_asks_as_much_for_fifty_claims_as_for_five(app, login, work, data, pair):
    lead = login(Role.ADJUDICATOR, project=data)
    numbers = []
    for more in (5, 45):
        for n in range(more):
            answer(work, data, pair, "true", "false" if n % 2 else "true")
        # Scales that are in use are read once for the process.
        lead.get(PATH)
        with counted(app.extensions["assay"]) as sent:
            page = lead.get(PATH).page
        numbers.append(len(sent))

    assert "(50 claims)" in page.text
    assert numbers[0] == numbers[1]


def test_of_many_people_pairs_are_told_of_the_one_who_is_chosen(
    login, work, data, person, database, monkeypatch
):
    monkeypatch.setattr("app.web.agreement.views.MOST_PAIRED", 2)
    people = [person(name, Role.REVIEWER, project=data) for name in ("Kim", "Lea", "Max")]
    with database.write() as session:
        session.get_one(Project, data.id).counts_people = True
    lead = login(Role.ADJUDICATOR, project=data)
    for checkers in ((0, 1), (1, 2)):
        answer(work, data, [people[n] for n in checkers], "true", "false")

    page = lead.get(PATH).page
    assert "choose a person above" in page.text
    with pytest.raises(LookupError):
        page.rows("Two people: Is it so?")

    page = lead.get(f"{PATH}?person={people[1].public_id}").page
    pairs = {tuple(row[:2]) for row in page.rows("Two people: Is it so?")}
    assert pairs == {("Kim", "Lea"), ("Lea", "Max")}
    page = lead.get(f"{PATH}?person={people[0].public_id}").page
    assert [tuple(row[:2]) for row in page.rows("Two people: Is it so?")] == [("Kim", "Lea")]
    assert "choose a person above" in lead.get(f"{PATH}?person=nobody").page.text


def test_who_leads_nothing_chooses_nobody(login, work, data, pair, database, monkeypatch):
    monkeypatch.setattr("app.web.agreement.views.MOST_PAIRED", 1)
    with database.write() as session:
        session.get_one(Project, data.id).counts_people = True
    answer(work, data, pair, "true", "false")
    reader = login(Role.VIEWER, project=data)

    page = reader.get(f"{PATH}?person={pair[0].public_id}").page

    assert "choose a person above" not in page.text
    assert all(one.name not in page.text for one in pair)

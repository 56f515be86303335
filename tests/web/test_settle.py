"""To settle: the queue, a check signed off, checks side by side, what is refused and how."""

from dataclasses import replace

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import ClaimState, DecidedBy, Decides, ReviewState, Role
from app.storage.people import actor_of
from app.storage.tables import Claim, Person, Review
from app.workflow import articles, claims
from app.workflow.articles import NewArticle
from app.workflow.claims import NewClaim
from tests.pages import text
from tests.scenes import LEADS, SOURCE, Scene
from tests.work import listen

PAGE = "/projects/desk/settle"


@pytest.fixture
def signoff(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def blind(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


def checked(scene, *answers, said_by="A minister"):
    """A claim with as many checks as answers, by Ann, Ben and so on."""
    number = len(scene.rows(Claim)) + 1
    claim_id = scene.claim(f"Exports doubled {number} times.", said_by=said_by)
    for name, values in zip(("Ann", "Ben", "Cem"), answers, strict=False):
        somebody = scene.person(f"{name}{number}", Role.REVIEWER)
        review_id = scene.check(somebody, **{"attribution_verdict": "confirmed", **values})
        assert scene.claim_of(review_id) == claim_id
    return claim_id


def address(claim_id):
    return f"/claims/{claim_id}/settle"


def test_the_queue_leads_to_its_first_claim(signoff, client_of):
    first, second = checked(signoff, {}), checked(signoff, {})
    page = client_of(signoff.person("Lea", *LEADS)).get(PAGE).page
    assert page.links["Sign off the first"] == address(first)
    assert page.text.count("Exports doubled") == 2
    assert address(second) in page.links.values()
    assert "2 claims have all their checks" in page.text


def test_an_empty_queue_says_so_and_what_waits_for_others(signoff, client_of):
    both = signoff.person("Bo", *LEADS, Role.REVIEWER)
    client = client_of(both)
    assert "Nothing waits for you here" in client.get(PAGE).page.text
    signoff.claim()
    signoff.check(both)
    assert "1 more claim waits for somebody else" in client.get(PAGE).page.text


def test_what_is_not_complete_is_in_no_queue(blind, client_of):
    checked(blind, {"verdict": "true"})
    page = client_of(blind.person("Lea", *LEADS)).get(PAGE).page
    assert "Nothing waits for you here" in page.text


def test_a_check_is_read_as_a_text_with_its_sources_beside_it(signoff, client_of):
    claim_id = checked(
        signoff,
        {
            "verdict": "false",
            "rationale": "The tables say otherwise.",
            "not_known": "Which year is meant.",
            "confidence": "high",
            "notes": "PRIVATE",
            "sources": (replace(SOURCE, locator="table 3"),),
        },
    )
    page = client_of(signoff.person("Lea", *LEADS)).get(address(claim_id)).page
    assert page.heading == "Sign off"
    shown = (
        "Exports doubled 1 times.|A minister|The tables say otherwise.|Which year is meant.|"
        "Very sure|Backs it|They say so.|Where in it: table 3|example.org"
    )
    for words in shown.split("|"):
        assert words in page.text
    assert "PRIVATE" not in page.html
    form = page.form(address(claim_id))
    assert (form["verdict"], form["attribution_verdict"]) == (["false"], ["confirmed"])
    assert form["conclusion"][0].strip() == "The tables say otherwise."


def test_settling_decides_names_who_checked_and_goes_to_the_next(signoff, client_of):
    first, second = checked(signoff, {}), checked(signoff, {})
    client = client_of(signoff.person("Lea", *LEADS))
    answer = client.post(
        address(first),
        data={
            "verdict": "false",
            "attribution_verdict": "confirmed",
            "conclusion": "Not so.",
            "short_text": "Exports did not double",
        },
    )
    assert (answer.status_code, answer.location) == (303, address(second))
    [ruling] = signoff.rulings_of(first)
    assert ruling.decided_by is DecidedBy.SIGNOFF
    assert (ruling.conclusion, ruling.short_text) == ("Not so.", "Exports did not double")
    [notice] = client.get(answer.location).page.notices
    assert notice.startswith("Settled: False. Checked by Ann")
    last = client.post(
        address(second), data={"verdict": "false", "attribution_verdict": "confirmed"}
    )
    assert last.location == PAGE
    assert "Nothing waits for you here" in client.get(PAGE).page.text


def test_settling_the_same_twice_is_settling_once(signoff, client_of):
    claim_id = checked(signoff, {})
    client = client_of(signoff.person("Lea", *LEADS))
    data = {"do": "settle", "verdict": "false", "attribution_verdict": "confirmed"}
    for _ in range(2):
        assert client.post(address(claim_id), data=data).status_code == 303
    assert len(signoff.rulings_of(claim_id)) == 1


def test_a_settled_claim_leads_to_its_page(signoff, client_of):
    claim_id = checked(signoff, {})
    lead = signoff.person("Lea", *LEADS)
    signoff.settle(lead, claim_id, attribution_verdict="confirmed")
    answer = client_of(lead).get(address(claim_id))
    assert (answer.status_code, answer.location) == (303, f"/claims/{claim_id}")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"verdict": ""}, "Is it so?"),
        ({"verdict": "", "attribution_verdict": ""}, "Is it so?"),
        ({"verdict": "", "attribution_verdict": ""}, "Was it said?"),
        ({"attribution_verdict": "nonsense"}, "Was it said?"),
        ({"short_text": "x" * 76}, "75 characters"),
        ({"verdict": "true"}, "Why you decide otherwise"),
    ],
)
def test_a_refused_ruling_comes_back_as_typed(signoff, client_of, data, said):
    claim_id = checked(signoff, {})
    typed = {
        "verdict": "false",
        "attribution_verdict": "confirmed",
        "conclusion": "Typed with care.",
        "short_text": "Short",
        **data,
    }
    answer = client_of(signoff.person("Lea", *LEADS)).post(address(claim_id), data=typed)
    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)
    form = answer.page.form(address(claim_id))
    assert form["conclusion"][0].strip() == "Typed with care."
    assert form["short_text"] == [typed["short_text"]]
    if typed["verdict"]:
        assert form["verdict"] == [typed["verdict"]]
    assert signoff.rulings_of(claim_id) == []


def test_how_many_characters_were_typed_is_said(signoff, client_of):
    claim_id = checked(signoff, {})
    data = {"verdict": "false", "attribution_verdict": "confirmed", "short_text": "x" * 81}
    page = client_of(signoff.person("Lea", *LEADS)).post(address(claim_id), data=data).page
    assert "At most 75 characters, for lists and search results. So far: 81" in page.text


def test_a_check_goes_back_with_a_question_and_returns_with_what_changed(signoff, client_of):
    claim_id = checked(signoff, {"rationale": "At first."})
    lead = signoff.person("Lea", *LEADS)
    client = client_of(lead)
    answer = client.post(address(claim_id), data={"do": "return-1", "question": "Which year?"})
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert client.get(PAGE).page.notices[0].startswith("Sent back to Ann")
    [row] = signoff.rows(Review)
    assert row.state is ReviewState.RETURNED
    checker = _actor(signoff, row.reviewer_id)
    signoff.submit(
        checker,
        row.public_id,
        "true",
        attribution_verdict="confirmed",
        base_version=1,
        rationale="At last.",
    )
    page = client.get(address(claim_id)).page
    assert "It went back with the question: Which year?" in page.text
    assert page.rows("What changed since") == [
        ["Is it so?", "False", "True"],
        ["Why", "At first.", "At last."],
    ]


def _actor(scene, key):
    return scene.ask(actor_of, scene.rows(Person, Person.id == key)[0].public_id)


def test_sending_back_without_a_question_keeps_what_was_typed(signoff, client_of):
    claim_id = checked(signoff, {})
    client = client_of(signoff.person("Lea", *LEADS))
    answer = client.post(
        address(claim_id), data={"do": "return-1", "question": " ", "conclusion": "Mine."}
    )
    assert answer.status_code == 422
    assert any("question" in error.lower() for error in answer.page.errors)
    assert answer.page.form(address(claim_id))["conclusion"][0].strip() == "Mine."
    assert client.post(address(claim_id), data={"do": "return-7"}).status_code == 422


def test_independent_checks_stand_side_by_side_without_names(blind, client_of):
    claim_id = checked(
        blind,
        {"verdict": "true", "rationale": "Reason one.", "sources": (SOURCE,)},
        {"verdict": "false", "rationale": "Reason two.", "sources": (SOURCE,)},
    )
    page = client_of(blind.person("Lea", *LEADS)).get(address(claim_id)).page
    assert page.heading == "Settle"
    headings = [text(h) for h in page.all("h2")]
    assert {"Check A", "Check B", "What both share"} <= set(headings)
    assert "Ann" not in page.text
    assert "Ben" not in page.text
    assert page.html.count(SOURCE.url) == 1
    # Only the answers to “Is it so?” are not the same: marked in each column, said once elsewhere.
    assert page.text.count("differs") == 2
    shared = text(next(s for s in page.all("section") if s.get("class") == "shared"))
    assert "Was it said? Confirmed" in shared
    assert "True" not in shared


def test_the_order_of_the_columns_is_another_for_each_claim_and_the_same_each_time(
    blind, client_of
):
    lead = blind.person("Lea", *LEADS)
    pair = blind.reviewers("Ann", "Ben")
    firsts = set()
    for _ in range(16):
        claim_id = blind.claim()
        blind.check(pair[0], "true", rationale="By Ann.")
        blind.check(pair[1], "false", rationale="By Ben.")
        pages = [client_of(lead).get(address(claim_id)).page.text for _ in range(2)]
        orders = {p.index("By Ann.") < p.index("By Ben.") for p in pages}
        assert len(orders) == 1
        firsts |= orders
    assert firsts == {True, False}


def test_adopting_a_column_fills_the_form_and_decides_nothing(blind, client_of):
    claim_id = checked(
        blind, {"verdict": "true", "rationale": "One."}, {"verdict": "false", "rationale": "Two."}
    )
    client = client_of(blind.person("Lea", *LEADS))
    seen = set()
    for number in (1, 2):
        answer = client.post(
            address(claim_id), data={"do": f"adopt-{number}", "short_text": "Kept"}
        )
        form = answer.page.form(address(claim_id))
        assert answer.status_code == 200
        assert form["short_text"] == ["Kept"]
        assert form["attribution_verdict"] == ["confirmed"]
        seen.add((form["verdict"][0], form["conclusion"][0].strip()))
    assert seen == {("true", "One."), ("false", "Two.")}
    by_link = client.get(f"{address(claim_id)}?adopt=2").page.form(address(claim_id))
    assert by_link["verdict"] == form["verdict"]
    assert blind.claim_row(claim_id).state is ClaimState.OPEN


def test_a_conclusion_that_was_typed_is_not_replaced_by_adopting(blind, client_of):
    claim_id = checked(blind, {"verdict": "true"}, {"verdict": "false", "rationale": "Two."})
    client = client_of(blind.person("Lea", *LEADS))
    data = {"do": "adopt-1", "conclusion": "My own words."}
    form = client.post(address(claim_id), data=data).page.form(address(claim_id))
    assert form["conclusion"][0].strip() == "My own words."


def test_after_deciding_the_names_are_told(blind, client_of):
    claim_id = checked(blind, {"verdict": "true"}, {"verdict": "false"})
    client = client_of(blind.person("Lea", *LEADS))
    data = {"verdict": "true", "attribution_verdict": "confirmed"}
    assert client.post(address(claim_id), data=data).status_code == 303
    [notice] = client.get(PAGE).page.notices
    assert "Ann" in notice
    assert "Ben" in notice
    assert blind.rulings_of(claim_id)[0].decided_by is DecidedBy.ADJUDICATION


def test_ones_own_check_is_explained_and_refused(signoff, client_of):
    both = signoff.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = signoff.claim()
    signoff.check(both)
    client = client_of(both)
    for answer in (
        client.get(address(claim_id)),
        client.post(address(claim_id), data={"verdict": "false"}),
    ):
        assert answer.status_code == 403
        assert "second pair of eyes" in answer.page.text
    assert signoff.rulings_of(claim_id) == []


def test_the_blind_are_told_why_and_offered_to_look(blind, client_of):
    both = blind.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = checked(blind, {"verdict": "true", "rationale": "SECRET"})
    client = client_of(both)
    page = client.get(address(claim_id)).page
    assert "sway" in page.text
    assert "Show me the checks" in page.buttons
    assert page.form(f"/claims/{claim_id}/unblind")
    answer = client.post(address(claim_id), data={"verdict": "true"})
    assert answer.status_code == 403
    assert "SECRET" not in page.html + answer.page.html


def test_a_claim_whose_checks_are_not_all_in_is_not_settled(blind, client_of):
    claim_id = checked(blind, {"verdict": "true"})
    client = client_of(blind.person("Lea", *LEADS))
    assert client.get(address(claim_id)).status_code == 409
    answer = client.post(address(claim_id), data={"verdict": "true"})
    assert answer.status_code == 409
    assert "1 of 2 checks" in answer.page.text


def test_somebody_was_quicker_and_both_texts_are_shown(signoff, client_of):
    claim_id = checked(signoff, {})
    lead, second = signoff.person("Lea", *LEADS), signoff.person("Lou", *LEADS)
    signoff.settle(lead, claim_id, attribution_verdict="confirmed", conclusion="Hers.")
    data = {"verdict": "true", "attribution_verdict": "misquoted", "conclusion": "His."}
    answer = client_of(second).post(address(claim_id), data={**data, "reason": "Because."})
    assert answer.status_code == 409
    for words in ("Lea", "Hers.", "His.", "Because.", "True", "False", "Misquoted or altered"):
        assert words in answer.page.text


def test_the_line_of_the_article_stands_above_the_checks(signoff, client_of):
    body = "First paragraph.\n\nBefore it. Milk costs 2 euros. After it.\n\nLast paragraph."
    taken = signoff.do(articles.add_article, CONSOLE, signoff.id, values=NewArticle(text=body))
    claim_id = signoff.do(
        claims.add_claim,
        CONSOLE,
        signoff.id,
        values=NewClaim(text="Milk is 2 euros.", quote="Milk costs 2 euros."),
        article_id=taken.article_id,
    )
    signoff.check(signoff.reviewers("Ann")[0])
    page = client_of(signoff.person("Lea", *LEADS)).get(address(claim_id)).page
    line = next(q for q in page.all("blockquote") if q.get("class") == "line")
    assert text(line) == "Before it. Milk costs 2 euros. After it."
    assert text(next(line.iter("mark"))) == "Milk costs 2 euros."


def test_sending_one_of_several_checks_back_names_a_letter_and_no_person(blind, client_of):
    claim_id = checked(blind, {"verdict": "true"}, {"verdict": "false"})
    client = client_of(blind.person("Lea", *LEADS))
    answer = client.post(address(claim_id), data={"do": "return-2", "question": "Why?"})
    assert answer.location == PAGE
    [notice] = client.get(PAGE).page.notices
    assert notice == "Check B went back with your question."
    states = sorted(row.state for row in blind.rows(Review))
    assert states == [ReviewState.RETURNED, ReviewState.SUBMITTED]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER])
def test_the_queue_is_for_those_who_settle(signoff, client_of, role):
    client = client_of(signoff.person("Zoe", role))
    assert client.get(PAGE).status_code == 403
    assert client.get(address(signoff.claim())).status_code == 403


def test_the_questions_asked_for_a_page_do_not_grow_with_the_queue(signoff, client_of, app):
    client = client_of(signoff.person("Lea", *LEADS))
    asked, counts = [], []
    desk = app.extensions["assay"]
    checked(signoff, {})
    client.get(PAGE)  # A process asks once for the words of a scale.
    listen(desk, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(2):
        for _ in range(3):
            checked(signoff, {})
        asked.clear()
        client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]

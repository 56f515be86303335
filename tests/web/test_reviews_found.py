"""A source that was found elsewhere, taken to one of my checks."""

from urllib.parse import unquote, urlencode

import pytest

from app.auth import passwords
from app.domain.ids import now
from app.domain.words import Decides, Role
from app.storage.people import actor_of
from app.storage.tables import Draft, Membership, Person, Review
from app.web.account import bookmarklet
from app.web.reviews import found
from app.workflow.reviews import put_off, save_draft
from tests.scenes import Scene

PATH = "/sources/new"
URL, TITLE, QUOTE = "https://example.org/a?b=1&c=2", "Table 3: “Imports”", "1.1 billion euros"
GIVEN = {"url": URL, "title": TITLE, "quote": QUOTE}
PASSWORD = "a long password of tests"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def ann(scene):
    return scene.reviewers("Ann")[0]


def offered(page):
    """The claims that are offered, in order."""
    labels = [e for e in page.all("label") if (e.get("for") or "").startswith("review-")]
    return [" ".join("".join(e.itertext()).split()) for e in labels]


def body(scene, review_id):
    [row] = scene.rows(Draft, Draft.review_id == scene.review_row(review_id).key)
    return row.body


def test_the_form_holds_what_the_address_says(scene, ann, client_of):
    scene.claim("The tower is 30 metres high.")
    mine = scene.take(ann)

    page = client_of(ann).get(f"{PATH}?{urlencode(GIVEN)}").page

    fields = page.form(PATH)
    assert {name: fields[name] for name in GIVEN} == {n: [text] for n, text in GIVEN.items()}
    assert fields["review"] == [mine]
    assert offered(page) == ["The tower is 30 metres high. Desk · in hand"]


def test_it_becomes_a_row_of_the_draft_and_leads_there(scene, ann, client_of):
    scene.claim()
    mine = scene.take(ann)

    answer = client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    assert (answer.status_code, answer.location) == (303, f"/reviews/{mine}#sources-0")
    kept = body(scene, mine)
    assert [kept[f"sources-0-{part}"] for part in GIVEN] == list(GIVEN.values())
    page = client_of(ann).get(f"/reviews/{mine}").page
    assert page.form(f"/reviews/{mine}")["sources-0-url"] == [URL]
    assert page.by_id("sources-0") is not None


def test_what_was_typed_elsewhere_stays_and_a_row_comes_below(scene, ann, client_of):
    scene.claim()
    mine = scene.take(ann)
    typed = {"rationale": "Half a thought.", "sources-0-url": "https://example.org/first"}
    for version in (0, 1, 2):
        scene.do(save_draft, ann, mine, body=typed, draft_version=version)

    answer = client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    assert answer.location.endswith("#sources-1")
    kept = body(scene, mine)
    assert kept["rationale"] == "Half a thought."
    assert (kept["sources-0-url"], kept["sources-1-url"]) == ("https://example.org/first", URL)


def test_a_draft_that_is_kept_at_the_same_moment_is_not_lost(scene, ann, client_of, monkeypatch):
    scene.claim()
    mine = scene.take(ann)
    calls = []

    def late(session, actor, review_id, *, body, draft_version):
        calls.append(draft_version)
        if len(calls) == 1:
            session.rollback()
            scene.do(save_draft, ann, mine, body={"rationale": "Quicker."}, draft_version=0)
        return save_draft(session, actor, review_id, body=body, draft_version=draft_version)

    monkeypatch.setattr(found, "save_draft", late)
    answer = client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    assert (answer.status_code, calls) == (303, [0, 1])
    assert (body(scene, mine)["rationale"], body(scene, mine)["sources-0-url"]) == ("Quicker.", URL)


def test_sent_twice_it_is_one_row(scene, ann, client_of):
    scene.claim()
    mine = scene.take(ann)
    first = client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    again = client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    assert again.location == first.location
    assert "sources-1-url" not in body(scene, mine)


def test_a_check_that_came_back_keeps_what_was_sent(scene, ann, client_of):
    scene.claim()
    mine = scene.take(ann)
    scene.submit(ann, mine, "false", rationale="As sent.")
    scene.change(Review, mine, state="returned", question="Since when?")

    client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    kept = body(scene, mine)
    assert (kept["rationale"], kept["verdict"], kept["base_version"]) == ("As sent.", "false", "1")


def test_checks_of_all_my_projects_are_offered_in_hand_first(scene, ann, client_of, database):
    other = Scene(database, slug="other", decides=Decides.SIGNOFF, reviews_wanted=1)
    with database.write() as session:
        session.add(Membership(project_id=other.id, person_id=ann.person, role=Role.REVIEWER))
    both = client_of(ann)
    for n in (1, 2):
        scene.claim(f"Claim {n} here.")
    other.claim("A claim there.")
    drafted = scene.take(ann)
    scene.do(save_draft, ann, drafted, body={"rationale": "Begun."}, draft_version=0)
    scene.do(put_off, ann, drafted)
    me = client_of(ann)
    waiting = scene.rows(Review, Review.state == "lent", Review.id != scene.review_row(drafted).key)
    scene.change(Review, waiting[0].public_id, waits_until=now().replace(year=2099))
    with database.reading() as session:
        fresh = actor_of(session, both.person.public_id)
    other.take(fresh)

    assert offered(me.get(PATH).page) == [
        "A claim there. Other · in hand",
        "Claim 2 here. Desk · waits for an answer",
        "Claim 1 here. Desk · a draft is kept",
    ]


def test_without_a_check_in_hand_it_says_so_and_keeps_what_was_given(scene, ann, client_of):
    page = client_of(ann).get(f"{PATH}?{urlencode(GIVEN)}").page

    assert "You have no check in hand" in page.text
    assert page.links["Desk"] == "/projects/desk/review"
    assert page.form(PATH)["quote"] == [QUOTE]
    assert page.buttons[-1] == "Look again"


def test_the_last_check_may_be_gone_when_it_is_sent(scene, ann, client_of):
    scene.claim()
    mine = scene.take(ann)
    scene.submit(ann, mine)

    answer = client_of(ann).post(PATH, data={**GIVEN, "review": mine})

    assert answer.status_code == 409
    assert answer.page.form(PATH)["quote"] == [QUOTE]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "", "title": "", "quote": ""}, "Link: A web page needs its address."),
        ({"url": "ftp://example.org"}, "must begin with http"),
        ({"quote": "x" * 10_001}, "at most 10000 characters"),
        ({"review": ""}, "Choose the check that it is for."),
        ({"review": "aaaaaaaaaaaa"}, "This is not one of the choices"),
    ],
)
def test_what_cannot_be_is_refused_as_typed_and_changes_nothing(
    scene, ann, client_of, changes, said
):
    scene.claim()
    mine = scene.take(ann)
    before = scene.state()

    answer = client_of(ann).post(PATH, data={**GIVEN, "review": mine, **changes})

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors), answer.page.errors
    assert answer.page.form(PATH)["title"] == [changes.get("title", TITLE)]
    assert scene.state() == before


def test_the_check_of_somebody_else_is_not_there(scene, ann, client_of):
    scene.claim("One.")
    scene.claim("Two.")
    [ben] = scene.reviewers("Ben")
    scene.take(ann)
    his = scene.take(ben)
    before = scene.state()

    answer = client_of(ann).post(PATH, data={**GIVEN, "review": his})

    assert answer.status_code == 422
    assert scene.state() == before


def test_the_same_few_questions_for_any_number_of_checks(scene, ann, client_of, queries, database):
    client = client_of(ann)
    counts = []
    for _ in range(2):
        for _n in range(3):
            scene.claim()
            mine = scene.take(ann)
            scene.do(save_draft, ann, mine, body={"rationale": "x"}, draft_version=None)
            scene.do(put_off, ann, mine)
        with queries(client.application.extensions["assay"]) as counted:
            client.get(PATH)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_signing_in_on_the_way_loses_nothing_of_the_address(scene, ann, client, database):
    scene.claim()
    scene.take(ann)
    with database.write() as session:
        session.get_one(Person, ann.person).password_hash = passwords.hash_password(PASSWORD)
    wanted = f"{PATH}?{urlencode(GIVEN)}"

    sent_on = client.get(wanted)
    form = client.get(sent_on.location).page.form("/sign-in")
    answer = client.post(
        "/sign-in",
        data={"next": form["next"][0], "email": "ann@example.org", "password": PASSWORD},
    )

    assert unquote(answer.location) == unquote(wanted)
    assert client.get(answer.location).page.form(PATH)["quote"] == [QUOTE]


def test_the_bookmark_opens_the_desk_at_its_public_address(app, login, settings):
    page = login().get("/account/bookmarklet").page
    text = "".join(page.by_id("text").itertext()).strip()

    assert text.startswith("javascript:(()=>{")
    assert "'http://localhost/sources/new?url='" in text
    assert str(bookmarklet.MOST_QUOTED) in page.text
    assert "data-copy" in page.by_id("text").attrib

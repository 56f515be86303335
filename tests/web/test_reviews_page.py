"""The page of a check as it is read: the article, the claim, the answers, and what it weighs."""

import gzip
from functools import partial

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.tables import Claim
from app.web.headers import QUICK, zipped
from app.web.keys import KEYS
from app.workflow import claims as claim_verbs
from app.workflow.claims import NewClaim
from app.workflow.guidelines import write_guidelines
from tests.pages import text
from tests.web.checking import CHAIN, article, fields, lone_claim, start
from tests.work import listen

# What the page of a check weighs with all its files and headers, and what one claim more does.
FIRST_LOAD, NEXT_CLAIM = 26 * 1024, 8 * 1024 + 200
# How many questions one claim more asks of the database.
FURTHER = 10
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def client(login, project):
    return login(Role.REVIEWER)


@pytest.fixture
def shown(client, project, database):
    """The page of a check whose claim stands first of three in its article."""
    article(database, project, claims=3, hops=CHAIN)
    review = start(client, project)
    return client.get(f"/reviews/{review}").page


def marks(page):
    return [
        (e.get("class"), e.get("data-claims")) for e in page.all("mark") if e.get("data-claims")
    ]


def test_the_heading_is_the_claim_and_says_which_of_the_article_it_is(shown):
    assert shown.heading == "Fact 1 is that the town counted 1 new bridges in one year."
    assert "Claim 1 of 3 in this article" in shown.text
    assert shown.links["find it"] == "#here"


def test_this_claim_is_marked_strongly_and_the_others_faintly(shown):
    found = marks(shown)

    assert [kind for kind, _ in found] == ["current", "claim", "claim"]
    assert len({name for _, name in found}) == 3
    assert text(shown.by_id("here")).startswith("[this claim]")


def test_my_own_checks_are_seen_in_the_article_and_others_are_not(login, project, database):
    article(database, project, claims=3)
    ann, ben = login(Role.REVIEWER), login(Role.REVIEWER)
    first = start(ben, project)
    ben.post(f"/reviews/{first}", data={"verdict": "false"})

    second = ann.get(f"/reviews/{start(ann, project)}").page
    mine = ben.get(ben.get("/projects/desk/review").location).page

    assert [kind for kind, _ in marks(second)].count("claim") == 2
    assert [kind for kind, _ in marks(mine)].count("claim done") == 1


def test_a_settled_claim_is_seen_as_checked_by_all(login, add_desk, database):
    desk = add_desk("solo", decides=Decides.SINGLE)
    article(database, desk, claims=3)
    ann, ben = (login(Role.REVIEWER, project=desk) for _ in range(2))
    ann.post(f"/reviews/{start(ann, desk)}", data={"verdict": "true"})

    page = ben.get(f"/reviews/{start(ben, desk)}").page

    assert sorted(kind for kind, _ in marks(page)) == ["claim", "claim settled", "current"]


def test_the_sentence_before_and_after_stand_on_the_card(shown):
    (beside,) = [e for e in shown.all("blockquote") if e.get("class") == "beside"]

    assert text(beside) == f"Before it. {shown.heading} After it."


def test_the_rail_has_a_dot_for_each_claim(shown):
    circles = shown.all(f"{SVG}circle")
    dots = [(e.get("class"), float(e.get("cy").rstrip("%"))) for e in circles]

    assert [kind for kind, _ in dots] == ["here", "todo", "todo"]
    assert [at for _, at in dots] == sorted(at for _, at in dots)


def test_figures_say_what_they_leave_open_and_why_it_was_suggested_is_told(shown):
    assert "1 bridges, for when is not stated" in shown.text
    assert "Suggested because a sum of money" in shown.text


def test_was_it_said_comes_first_with_every_hop(shown):
    said = shown.text.index("Was it said?")

    assert said < shown.text.index("Is it so?") < shown.text.index("+ paste a link")
    labels = [text(e) for e in shown.all("label")]
    for name in ("CBS News", "a White House official", "Donald Trump"):
        assert f"seen by us: {name}" in labels
    assert "nobody has confirmed it" in shown.text


def test_each_answer_shows_its_key_and_what_it_means(shown):
    keys = {
        e.get("value"): (e.get("data-key"), e.get("aria-keyshortcuts"))
        for e in shown.all("input")
        if e.get("name") in {"verdict", "attribution_verdict"}
    }

    assert keys["true"] == ("1", "1")
    assert keys["false"] == ("5", "5")
    assert keys["confirmed"] == ("q", "q")
    assert keys["misquoted"] == ("r", "r")
    hint = shown.by_id("is-content-5")
    assert text(hint) == "Not accurate."


def test_every_key_of_the_page_is_in_the_table_and_used_once(shown):
    known = {entry.key for entry in KEYS if entry.page in {"review", "everywhere"}}
    used = [
        key for e in shown.root.iter() if e.get("data-key") for key in e.get("data-key").split(" ")
    ]

    assert set(used) <= known
    assert len(used) == len(set(used))


def test_the_guidelines_are_at_hand(client, project, database):
    lone_claim(database, project)
    with database.write() as session:
        write_guidelines(session, CONSOLE, project.id, text="Start from the record.")

    page = client.get(f"/reviews/{start(client, project)}").page

    assert "Guidelines, version 1" in page.text
    assert "Start from the record." in page.text


def test_a_claim_without_an_article_says_who_where_and_when(client, project, database):
    with database.write() as session:
        claim_verbs.add_claim(
            session,
            CONSOLE,
            project.id,
            values=NewClaim(
                text="The bridge cost twice as much.",
                seen_at_url="https://social.example/1",
                said_on="2025-09",
                hops=CHAIN[2:],
            ),
        )

    page = client.get(f"/reviews/{start(client, project)}").page

    assert "Not from an article here" in page.text
    assert "Who said it Donald Trump" in page.text
    assert page.links["social.example ↗"] == "https://social.example/1"
    assert "September 2025" in page.text
    assert not marks(page)


def test_what_was_added_to_the_words_of_the_article_is_marked(client, project, database):
    (name,) = article(database, project, claims=1)
    with database.write() as session:
        row = session.exec(select(Claim).where(Claim.public_id == name)).one()
        row.text = (
            "According to the mayor, Fact 1 is that the town counted 1 new bridges in one year."
        )

    page = client.get(f"/reviews/{start(client, project)}").page

    assert [text(e) for e in page.all("ins")] == ["According to the mayor,"]
    assert "Dotted: added" in page.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Die Arbeitslosenquote lag bei 6,4 Prozent."),
        ("he", "הנשיא אמר כי רוסיה קיבלה 1.1 מיליארד אירו."),
        ("en", "Flags 🇺🇦 and 👩🏽‍💻 stand for 3 of 4 towns 𝔘𝔫."),
    ],
)
def test_offsets_hold_in_any_script(client, project, database, language, words):
    article(database, project, claims=2, filler=words, language=language)

    page = client.get(f"/reviews/{start(client, project)}").page

    body = next(e for e in page.all("div") if e.get("class") == "article")
    assert (body.get("lang"), body.get("dir")) == (language, "auto")
    assert text(page.by_id("here")).removeprefix("[this claim] ") == page.heading


def test_the_page_is_kept_by_no_cache_of_others(client, project, database):
    lone_claim(database, project)

    answer = client.get(f"/reviews/{start(client, project)}")

    assert "private" in answer.headers["Cache-Control"]


@pytest.fixture
def queries(app):
    """How many questions the database is asked by what is called."""

    def count(call):
        asked = []
        desk = app.extensions["assay"]
        listen(desk, "before_cursor_execute", lambda *given: asked.append(given[2]))
        call()
        return len(asked)

    return count


def test_the_number_of_questions_does_not_grow_with_the_article(
    login, project, add_desk, database, queries
):
    small, large = project, add_desk("large")
    article(database, small, claims=5, hops=CHAIN)
    article(database, large, claims=100, hops=CHAIN, title="Large")
    first, second = login(Role.REVIEWER), login(Role.REVIEWER, project=large)
    places = [f"/reviews/{start(first, small)}", f"/reviews/{start(second, large)}"]

    few = queries(lambda: first.get(places[0]))
    many = queries(lambda: second.get(places[1]))

    assert many <= few + 1
    assert few <= 13


def test_a_further_claim_asks_few_questions_however_many_were_given(
    client, project, database, queries
):
    article(database, project, claims=7, hops=CHAIN)
    review, asked = start(client, project), []
    for number in range(6):
        page = client.get(f"/reviews/{review}").page
        told = {"verdict": "true", "attribution_verdict": "confirmed"}
        source = {"sources-0-url": f"https://example.org/{number}", "sources-0-title": "Bridges"}
        answer = client.post(f"/reviews/{review}", data={**fields(page, review), **told, **source})
        review = answer.location.removeprefix("/reviews/")
        asked.append(queries(partial(client.get, f"/reviews/{review}")))

    # The first answer freezes the scales, and they are read once more.
    assert set(asked[1:]) == {FURTHER}
    assert asked[0] == FURTHER + 2


def test_the_page_of_a_long_article_weighs_little_on_the_wire(client, project, database):
    filler = "The council met again and spoke about the budget of the coming year at length. " * 3
    article(database, project, claims=20, hops=CHAIN, filler=filler)
    place = f"/reviews/{start(client, project)}"
    page = client.get(place).page
    files = [e.get("href") for e in page.all("link")] + [e.get("src") for e in page.all("script")]
    body = client.get(place)
    plain = {place: len(body.data)}
    wire = {place: len(zipped(body.data, QUICK)) + len(str(body.headers))}

    for path in files:
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        wire[path] = len(answer.data) + len(str(answer.headers))
        plain[path] = len(client.get(path).data)
        # Kept by its content: the next claim asks for none of them again.
        assert "immutable" in answer.headers["Cache-Control"]

    assert sum(wire.values()) < FIRST_LOAD
    assert wire[place] < NEXT_CLAIM
    assert sum(plain.values()) < 80 * 1024


def test_the_script_keeps_its_size():
    from app.web.static_files import FOLDER

    lines = sum(len((FOLDER / name).read_text().splitlines()) for name in ("app.js", "review.js"))

    assert lines < 400
    assert len(gzip.compress((FOLDER / "review.js").read_bytes())) < 5_000

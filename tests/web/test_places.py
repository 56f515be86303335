"""Claims by hand without a script: sentences, ends and parts."""

import pytest

from app.domain.words import ClaimState, Role
from app.storage.tables import Claim
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.checking import lone_claim
from tests.web.picking import BRIDGES, TEXT, claim, kept, rows, stand, suggestion, take_in

RAIN = "It rained. It rained.\n\nThe town built 40 bridges in 2024, and taxes fell by half."


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


def form_of(page, address):
    return {name: values[0] for name, values in page.form(address).items()}


def quotes(database):
    return [(row.start, row.quote) for row in rows(database, Claim)]


# By choosing a sentence


@pytest.fixture
def rainy(database, project):
    return take_in(database, project, text=RAIN, found=())


def sentence(editor, article, nth):
    page = editor.get(f"/articles/{article}/sentences").page
    addresses = [e.get("href") for e in page.all("a") if "/words?" in e.get("href", "")]
    return editor.get(addresses[nth]).page


def test_a_claim_is_added_by_choosing_a_sentence_and_trimming_it(editor, rainy, database):
    address = f"/articles/{rainy}/words"
    page = sentence(editor, rainy, 1)
    form = form_of(page, address)
    shown = [words(e) for e in page.all("option")]
    assert shown[:3] == ["1. It", "2. rained", "3. ."]

    preview = editor.post(
        address, data={**form, "last": str(RAIN.rindex("rained") + 6), "do": "preview"}
    )
    assert words(preview.page.all("mark")[0]) == "It rained"
    form = form_of(preview.page, address)
    answer = editor.post(address, data={**form, "text": "Rain fell.", "agent": "A poet"})

    start = RAIN.rindex("It rained")
    assert quotes(database) == [(start, "It rained")]
    row = claim(database, "Rain fell.")
    assert row.state is ClaimState.OPEN
    assert answer.location == f"/articles/{rainy}#claim-{row.public_id}"


def test_more_of_the_text_is_taken_in_and_nothing_is_kept_by_looking(editor, rainy, database):
    address = f"/articles/{rainy}/words"
    before = kept(database)
    form = form_of(sentence(editor, rainy, 1), address)

    more = editor.post(address, data={**form, "agent": "A poet", "do": "before"}).page

    assert [words(e) for e in more.all("option")][:4] == ["1. It", "2. rained", "3. .", "4. It"]
    again = form_of(more, address)
    assert (again["first"], again["agent"]) == (form["first"], "A poet")
    assert form_of(editor.post(address, data={**again, "do": "after"}).page, address)["first"]
    assert kept(database) == before


@in_turn(
    ("data", "said", "status"),
    [
        ({"first": "30", "last": "20"}, "must not stand before the first", 422),
        ({"first": "", "last": ""}, "must not stand before the first", 422),
        ({"first": "x", "last": "99999999999"}, "must not stand before the first", 422),
        ({"agent": "a" * 301}, "300 characters", 422),
        ({"snapshot": "aaaaaaaaaaaa"}, "newer text", 409),
    ],
)
def test_words_that_cannot_be_a_claim_are_refused_and_kept(
    editor, rainy, database, data, said, status
):
    address = f"/articles/{rainy}/words"
    form = form_of(sentence(editor, rainy, 0), address)
    before = kept(database)

    answer = editor.post(address, data={**form, "text": "Mine.", **data})

    assert answer.status_code == status
    assert any(said in error for error in answer.page.errors), answer.page.errors
    assert form_of(answer.page, address)["text"].strip() == "Mine."
    assert kept(database) == before


def test_blanks_around_the_words_of_an_address_are_not_chosen(editor, rainy):
    page = editor.get(f"/articles/{rainy}/words?start=10&end=23").page

    form = form_of(page, f"/articles/{rainy}/words")
    assert (form["first"], form["last"]) == ("11", "21")


def test_an_address_without_words_leads_to_the_sentences(editor, rainy):
    for query in ("", "?start=5&end=5", "?start=x&end=-1", "?start=9&end=3"):
        answer = editor.get(f"/articles/{rainy}/words{query}")
        assert answer.location == f"/articles/{rainy}/sentences", query


def test_a_long_text_is_offered_in_parts(editor, database, project):
    long = "\n\n".join(f"This is the number {n} of them." for n in range(700))
    article = take_in(database, project, text=long, found=())

    seen, address = [], f"/articles/{article}/sentences"
    while address:
        page = editor.get(address).page
        seen += [e for e in page.all("a") if "/words?" in e.get("href", "")]
        address = page.links.get("More of the text")

    assert [words(e) for e in seen] == long.split("\n\n")


def test_the_place_that_a_script_found_is_kept_and_a_wrong_one_is_mended(editor, rainy, database):
    address = f"/articles/{rainy}"
    form = form_of(editor.get(address).page, address)
    start = RAIN.rindex("It rained")

    editor.post(address, data={**form, "quote": "It  rained", "start": start, "end": start + 9})
    editor.post(address, data={**form, "quote": "It rained", "start": "3", "end": "9"})

    assert quotes(database) == [(start, "It rained"), (0, "It rained")]


def test_words_of_an_older_text_are_looked_for_when_pressed_again(editor, rainy, database):
    address = f"/articles/{rainy}"
    form = form_of(editor.get(address).page, address)
    editor.post(f"{address}/text", data={"text": f"Above. {RAIN}"})

    answer = editor.post(address, data={**form, "quote": "It rained", "start": "0", "end": "9"})

    assert answer.status_code == 409
    again = form_of(answer.page, address)
    assert editor.post(address, data=again).status_code == 303
    assert (7, "It rained") in quotes(database)


# Ends


@pytest.fixture
def taxes(database, project):
    take_in(database, project)
    return claim(database, "Taxes").public_id


def test_ends_are_moved_and_the_earlier_place_is_shown(editor, taxes, database):
    address = f"/claims/{taxes}/ends"
    form = form_of(editor.get(address).page, address)
    assert form["first"] == str(TEXT.index("taxes"))

    answer = editor.post(address, data={**form, "first": str(TEXT.index("Ada")), "text": "Less."})

    assert answer.location == f"/claims/{taxes}"
    row = claim(database, "Less.")
    assert row.quote == "Ada Berg, said that taxes fell by half"
    page = editor.get(f"/claims/{taxes}").page
    assert "taxes fell by half where it was taken from" in page.text
    assert "moved its ends" in page.text


def test_an_older_form_of_ends_shows_both_and_can_be_saved_on_top(editor, taxes, database):
    address = f"/claims/{taxes}/ends"
    mine = form_of(editor.get(address).page, address)
    editor.post(address, data={**mine, "first": str(TEXT.index("fell")), "text": "Theirs."})
    before = kept(database)

    mine |= {"first": str(TEXT.index("Ada")), "text": "Mine."}
    answer = editor.post(address, data=mine)

    assert answer.status_code == 409
    assert "Theirs." in words(stand(answer.page, "section", "warn")[0])
    again = form_of(answer.page, address)
    assert (again["first"], again["text"].strip()) == (mine["first"], "Mine.")
    assert kept(database) == before
    assert editor.post(address, data=again).status_code == 303
    assert editor.post(address, data=again).status_code == 303
    assert claim(database, "Mine.").version == 3


@pytest.mark.parametrize("data", [{"first": "40", "last": "30"}, {"text": " "}])
def test_ends_that_cannot_be_are_refused(editor, taxes, database, data):
    address = f"/claims/{taxes}/ends"
    form = form_of(editor.get(address).page, address)
    before = kept(database)

    answer = editor.post(address, data={**form, **data})

    assert answer.status_code == 422
    assert answer.page.errors
    assert kept(database) == before


def test_a_claim_without_an_article_has_no_ends(editor, project, database):
    alone = lone_claim(database, project)

    assert editor.get(f"/claims/{alone}/ends").status_code == 409
    assert editor.post(f"/claims/{alone}/ends", data={"version": "1"}).status_code == 409


# Parts


@pytest.fixture
def double(database, project):
    quote = "The town built 40 bridges in 2024, and taxes fell by half"
    take_in(database, project, text=RAIN, found=[suggestion(RAIN, quote)])
    return claim(database, "The town").public_id


def test_a_claim_is_split_at_its_joint_with_a_wording_for_each_part(editor, double, database):
    address = f"/claims/{double}/split"
    form = form_of(editor.get(address).page, address)
    assert form["parts-1-text"].strip() == "taxes fell by half"
    last = RAIN.index("2024") + 4

    preview = editor.post(address, data={**form, "parts-0-last": str(last), "do": "preview"}).page
    assert [words(e) for e in stand(preview, "p", "part-words")] == [BRIDGES, "taxes fell by half"]
    form = form_of(preview, address) | {"parts-0-text": "40 bridges.", "parts-1-text": "Taxes."}
    answer = editor.post(address, data={**form, "do": "save"})

    assert answer.location == f"/claims/{double}"
    assert [(row.text, row.quote) for row in rows(database, Claim)] == [
        ("40 bridges.", BRIDGES),
        ("Taxes.", "taxes fell by half"),
    ]


def test_parts_are_added_and_taken_away_and_nothing_is_kept_yet(editor, double, database):
    address = f"/claims/{double}/split"
    before = kept(database)
    form = form_of(editor.get(address).page, address)

    three = form_of(editor.post(address, data={**form, "do": "add-part"}).page, address)
    two = form_of(editor.post(address, data={**three, "do": "remove-part-0"}).page, address)

    assert "parts-2-text" in three
    assert "parts-2-text" not in two
    assert two["parts-0-text"] == three["parts-1-text"]
    assert kept(database) == before


def test_what_cannot_be_split_so_is_told_beside_its_part(editor, double, database):
    address = f"/claims/{double}/split"
    form = form_of(editor.get(address).page, address)
    before = kept(database)

    answer = editor.post(address, data={**form, "parts-1-first": form["parts-0-first"]})

    assert answer.status_code == 422
    assert "From the word: This part begins before the one above it ends." in answer.page.errors
    assert answer.page.by_id("parts-1-first").get("aria-invalid") == "true"
    assert kept(database) == before


def test_a_claim_that_was_split_meanwhile_is_not_split_again(editor, double, database):
    address = f"/claims/{double}/split"
    form = form_of(editor.get(address).page, address)
    editor.post(address, data=form)
    before = kept(database)

    answer = editor.post(address, data=form)

    assert answer.status_code == 409
    assert "Somebody changed this claim" in answer.page.text
    assert kept(database) == before


def test_a_settled_claim_is_offered_no_splitting(editor, double, database):
    with database.write() as session:
        session.get_one(Claim, 1).state = ClaimState.SETTLED

    assert editor.get(f"/claims/{double}/split").status_code == 409
    assert "Split it" not in editor.get(f"/claims/{double}").page.links


def test_parts_that_were_typed_are_shown_when_the_claim_was_settled_meanwhile(
    editor, double, database
):
    address = f"/claims/{double}/split"
    form = form_of(editor.get(address).page, address)
    with database.write() as session:
        session.get_one(Claim, 1).state = ClaimState.SETTLED
    before = kept(database)

    answer = editor.post(address, data={**form, "parts-1-text": "Typed with care."})

    assert answer.status_code == 409
    assert any("cannot be split any more" in said for said in answer.page.notices)
    assert words(answer.page.by_id("typed-2")) == "Typed with care."
    assert answer.page.links["To the claim"] == f"/claims/{double}"
    assert kept(database) == before


def test_a_claim_without_an_article_is_split_by_its_wording(editor, project, database):
    alone = lone_claim(database, project, text="It rained and poured.")
    address = f"/claims/{alone}/split"
    form = form_of(editor.get(address).page, address)

    editor.post(address, data={**form, "parts-0-text": "It rained.", "parts-1-text": "It poured."})

    assert [row.text for row in rows(database, Claim)] == ["It rained.", "It poured."]

"""Claims are corrected from the article, without a script, and one comes back to the claim."""

import pytest

from app.domain.words import ClaimState, Role
from app.storage.tables import Claim, Hop
from tests.pages import text as words
from tests.web.picking import claim, rows, stand, suggestion, take_in

TEXT = "Tides rose in May. The dyke is safe, the dyke board told The Shore. Gulls nest on it."
TIDES, SAFE, GULLS = "Tides rose in May", "The dyke is safe", "Gulls nest on it"
BOARD = "the dyke board"


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def article(database, project):
    found = (
        suggestion(TEXT, TIDES),
        suggestion(TEXT, SAFE, hops=["The Shore", "The dyke board"]),
        suggestion(TEXT, GULLS),
    )
    taken = take_in(database, project, text=TEXT, found=found)
    with database.write() as session:
        hop = session.get_one(Hop, rows(database, Hop)[1].key)
        hop.start, hop.end = TEXT.index(BOARD), TEXT.index(BOARD) + len(BOARD)
    return taken


@pytest.fixture
def ids(article, database):
    return [claim(database, text).public_id for text in (TIDES, SAFE, GULLS)]


def at(article, claim_id):
    return f"/articles/{article}?claim={claim_id}#claim-{claim_id}"


def links(page, claim_id):
    """What a claim's entry beside the text offers: words and addresses."""
    card = page.by_id(f"claim-{claim_id}")
    return {words(e): e.get("href") for e in card.iter("a") if e.get("href")}


def sent(editor, address, **values):
    """The form of a page as it stands, but for some values."""
    form = editor.get(address).page.form(address)
    return editor.post(address, data={**form, "do": "save", **values})


def test_every_claim_offers_all_corrections_beside_the_text(editor, article, ids):
    page = editor.get(f"/articles/{article}").page

    first, second, third = (links(page, name) for name in ids)
    assert first["Move its ends"] == f"/claims/{ids[0]}/ends?next=article"
    assert first["Split"] == f"/claims/{ids[0]}/split?next=article"
    assert first["Join with next"] == f"/claims/{ids[0]}/merge?with={ids[1]}&next=article"
    assert second["Who said it"] == f"/claims/{ids[1]}/edit?next=article#hops-1-agent"
    assert second["The Shore"] == f"/claims/{ids[1]}/edit?next=article#hops-0-agent"
    assert second["The dyke board"] == f"/claims/{ids[1]}/edit?next=article#hops-1-agent"
    assert "Join with next" not in third
    edit = editor.get(f"/claims/{ids[1]}/edit?next=article").page
    assert edit.by_id("hops-1-agent") is not None


def test_ends_parts_and_who_said_it_lead_back_to_the_claim_in_the_article(
    editor, article, ids, database
):
    start = TEXT.index("Tides rose")
    ends = sent(editor, f"/claims/{ids[0]}/ends?next=article", last=str(start + 10))
    edit = sent(editor, f"/claims/{ids[1]}/edit?next=article", **{"hops-1-agent": "A board"})
    split = sent(editor, f"/claims/{ids[2]}/split?next=article")

    for answer, name in zip((ends, edit, split), ids, strict=True):
        assert (answer.status_code, answer.location) == (303, at(article, name))
    assert claim(database, TIDES).quote == "Tides rose"
    assert len(rows(database, Claim)) == 4
    for rule in ("ends", "split", "edit", "merge"):
        page = editor.get(f"/claims/{ids[0]}/{rule}?next=article").page
        assert at(article, ids[0]) in page.links.values()
        assert at(article, ids[0]) not in editor.get(f"/claims/{ids[0]}/{rule}").page.links.values()


def test_a_refused_form_still_leads_back_to_the_article(editor, article, ids):
    address = f"/claims/{ids[0]}/ends?next=article"

    refused = sent(editor, address, text="")

    assert refused.status_code == 422
    assert refused.page.form(address)["version"] == ["1"]


def test_splitting_begins_at_the_word_of_a_place(editor, ids):
    place = TEXT.index("nest")
    address = f"/claims/{ids[2]}/split"
    for asked, first in ((place, "Gulls"), (place + 2, "Gulls"), (9_999, "Gulls nest")):
        form = editor.get(f"{address}?at={asked}").page.form(address)
        assert form["parts-0-text"] == [first], asked
    assert editor.get(f"{address}?at=nonsense").status_code == 200


def test_the_words_that_name_who_said_the_chosen_claim_lead_to_that_step(editor, article, ids):
    page = editor.get(f"/articles/{article}?claim={ids[1]}").page

    [step] = stand(page, "a", "step")
    assert words(step) == BOARD
    assert step.get("href") == f"/claims/{ids[1]}/edit?next=article#hops-1-agent"
    assert step.get("title") == "Who said claim 2"
    assert not stand(editor.get(f"/articles/{article}").page, "a", "step")
    whole = "".join(stand(page, "div", "article")[0].itertext()).split()
    assert " ".join(whole) == TEXT


def test_places_of_steps_beyond_the_text_are_left_out(editor, article, ids, database):
    with database.write() as session:
        hop = session.get_one(Hop, rows(database, Hop)[1].key)
        hop.start, hop.end = len(TEXT), len(TEXT) + 5

    assert not stand(editor.get(f"/articles/{article}?claim={ids[1]}").page, "a", "step")


def test_a_newer_text_takes_along_where_it_names_who_said_a_claim(editor, article, ids):
    newer = f"A note was put in front.\n\n{TEXT}"
    editor.post(f"/articles/{article}/text", data={"text": newer})
    page = editor.get(f"/articles/{article}?claim={ids[1]}").page

    [step] = stand(page, "a", "step")
    assert words(step) == BOARD
    start = newer.index(BOARD)
    assert page.by_id(f"claim-{ids[1]}").get("data-steps") == f"{start}-{start + len(BOARD)}"
    older = stand(page, "details", "texts")[0].iter("a")
    page = editor.get(next(e.get("href") for e in older)).page
    assert page.by_id(f"claim-{ids[1]}") is not None
    assert not [e for e in page.all("li") if e.get("data-steps")]


def test_a_settled_claim_is_offered_no_splitting_and_no_joining(editor, article, ids, database):
    with database.write() as session:
        session.get_one(Claim, claim(database, SAFE).key).state = ClaimState.SETTLED

    page = editor.get(f"/articles/{article}").page

    assert {"Split", "Join with next"}.isdisjoint(links(page, ids[1]))
    assert links(page, ids[0])["Join with next"].endswith(f"with={ids[2]}&next=article")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_others_are_offered_no_correction(login, project, article, ids, role):
    page = login(role).get(f"/articles/{article}?claim={ids[1]}").page

    offered = {name for claim_id in ids for name in links(page, claim_id)}
    assert {"Move its ends", "Split", "Join with next", "Who said it"}.isdisjoint(offered)
    assert not [e for e in page.all("input") if e.get("name") == "claim"]
    assert [e.get("href") for e in stand(page, "a", "step")] == [f"/claims/{ids[1]}"]
    assert not [e for e in page.all("script") if "ends.js" in e.get("src", "")]

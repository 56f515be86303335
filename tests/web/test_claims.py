"""Claims: the list, one claim, adding one by hand, correcting wording and who said it."""

import pytest

from app.domain.words import AgentKind, ClaimState, Mode, Role
from app.storage.tables import Agent, Claim, ClaimWording, Hop
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.picking import BRIDGES, claim, kept, rows, stand, suggestion, take_in
from tests.work import counted

LIST = "/projects/desk/claims"
NEW = f"{LIST}/new"


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def taxes(database, project):
    """A claim of an article, with a chain that nobody has confirmed."""
    take_in(database, project)
    return claim(database, "Taxes").public_id


def chain(database, claim_id):
    """The names in a claim's present chain."""
    row = next(row for row in rows(database, Claim) if row.public_id == claim_id)
    names = {agent.id: agent.name for agent in rows(database, Agent)}
    hops = [
        h for h in rows(database, Hop) if (h.claim_id, h.claim_version) == (row.id, row.version)
    ]
    return [names[hop.agent_id] for hop in sorted(hops, key=lambda hop: hop.position)]


def lines(page):
    return [words(e) for e in stand(page, "a", "line-title")]


def form_of(page, claim_id):
    """The form of correcting, as a browser would send it."""
    return {name: values[0] for name, values in page.form(f"/claims/{claim_id}/edit").items()}


# The list


def test_the_list_shows_claims_newest_first_with_who_said_them(editor, taxes):
    page = editor.get(LIST).page

    assert lines(page) == ["Taxes fell by half.", f"{BRIDGES}."]
    first = words(stand(page, "li", "with-state")[0])
    for shown in ("Ada Berg", "Bridges, Town Paper, 4 Sep 2025", "Suggested"):
        assert shown in first


@in_turn(
    ("query", "found"),
    [
        ("text=TAXES", ["Taxes fell by half."]),
        ("who=berg", ["Taxes fell by half."]),
        ("who=nobody", []),
        ("text=100%25", []),
        ("state=suggested", [f"{BRIDGES}."]),
        ("state=to-do", ["Taxes fell by half."]),
        ("state=to-do&who=berg", ["Taxes fell by half."]),
        ("state=settled", []),
        ("verdict=true", []),
        # What makes no sense is left out of account.
        ("state=explode&verdict=explode", ["Taxes fell by half.", f"{BRIDGES}."]),
    ],
)
def test_the_list_can_be_filtered(editor, taxes, query, found):
    editor.post(f"/claims/{taxes}/pick", data={"do": "check"})

    assert lines(editor.get(f"{LIST}?{query}").page) == found


def test_the_list_goes_on_and_asks_as_many_questions_at_any_length(editor, project, database):
    def queries(query=""):
        with counted(editor.application.extensions["assay"]) as sent:
            page = editor.get(f"{LIST}?{query}").page
        return page, len(sent)

    take_in(database, project)
    few = queries()[1]
    text = "\n\n".join(f"Fact {n} is known." for n in range(60))
    found = [suggestion(text, f"Fact {n} is known", hops=["A", f"B{n}"]) for n in range(60)]
    take_in(database, project, text=text, found=found)

    first, many = queries()
    assert many == few
    second = editor.get(first.links["Older claims"]).page
    assert len(lines(first)) == 50
    assert lines(first) + lines(second) == [
        *(f"Fact {n} is known." for n in reversed(range(60))),
        "Taxes fell by half.",
        f"{BRIDGES}.",
    ]


# One claim


def test_a_claim_is_shown_in_its_paragraph_with_its_suggested_chain(editor, taxes):
    page = editor.get(f"/claims/{taxes}").page

    assert page.heading == "Taxes fell by half."
    [place] = stand(page, "blockquote", "in-article")
    assert words(place) == "Its mayor, Ada Berg, said that taxes fell by half."
    assert [words(e) for e in place.iter("mark")] == ["taxes fell by half"]
    for shown in ("Ada Berg suggested", "a sum of money", "Suggested"):
        assert shown in page.text
    assert page.links["Bridges"].endswith(f"?claim={taxes}#claim-{taxes}")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER])
def test_others_read_a_claim_but_are_offered_nothing(login, taxes, role):
    page = login(role).get(f"/claims/{taxes}").page

    assert page.heading == "Taxes fell by half."
    # Whoever works on the project can say something about it.
    offered = {"Comment"} if role is Role.REVIEWER else set()
    assert set(page.buttons) == {"Sign out", *offered}


def test_a_stranger_and_a_claim_that_is_not_there_are_not_found(login, editor, taxes, database):
    before = kept(database)
    paths = [f"/claims/{taxes}", f"/claims/{taxes}/edit", LIST, NEW]
    assert [login().get(path).status_code for path in paths] == [404] * 4
    assert login().post(f"/claims/{taxes}/edit", data={"text": "x"}).status_code == 404
    assert login().post(NEW, data={"text": "x"}).status_code == 404
    for path in ("/claims/aaaaaaaaaaaa", "/claims/aaaaaaaaaaaa/edit", "/claims/nonsense"):
        assert editor.get(path).status_code == 404
    assert editor.post("/claims/aaaaaaaaaaaa/edit", data={"text": "x"}).status_code == 404
    assert kept(database) == before


# Adding one without an article


def test_a_claim_is_added_with_who_said_it_where_and_when(editor, database):
    data = {
        "text": "The tower is 30 metres high.",
        "seen_at_url": "https://video.example/1",
        "said_on": "2025-09",
        "hops-0-agent": "A channel",
        "hops-0-kind": "organisation",
        "hops-0-is_named": "y",
        "hops-1-agent": "وزير المالية",
        "hops-1-mode": "direct",
        "hops-1-said_on": "2025",
    }

    answer = editor.post(NEW, data=data)

    row = claim(database, "The tower")
    assert answer.location == f"/claims/{row.public_id}"
    assert row.state is ClaimState.OPEN
    assert (row.seen_at_url, row.said_on) == ("https://video.example/1", "2025-09")
    assert chain(database, row.public_id) == ["A channel", "وزير المالية"]
    page = editor.get(answer.location).page
    for shown in ("confirmed", "video.example", "September 2025", "Word for word"):
        assert shown in page.text


def test_a_claim_that_is_sent_twice_is_added_once(editor, database):
    first = editor.post(NEW, data={"text": "The tower is high."})
    again = editor.post(NEW, data={"text": "The tower is high."})

    assert (again.status_code, again.location) == (303, first.location)
    assert len(rows(database, Claim)) == 1


@in_turn(
    ("data", "said"),
    [
        ({"text": " "}, "Write down what is claimed."),
        ({"text": "a" * 2_001}, "2000 characters at most"),
        ({"text": "x", "seen_at_url": "javascript:alert(1)"}, "must begin with http"),
        ({"text": "x", "said_on": "yesterday"}, "is no date"),
        ({"text": "x", "hops-0-agent": "A", "hops-0-url": "file:///etc"}, "must begin with http"),
        ({"text": "x", "hops-0-agent": "A", "hops-0-said_on": "2025-31"}, "is no date"),
        ({"text": "x", "hops-0-agent": "a" * 301}, "300 characters"),
        ({"text": "x", "hops-0-agent": "A", "hops-0-kind": "ghost"}, "Not a valid choice"),
        ({"text": "x", **{f"hops-{n}-agent": "A" for n in range(11)}}, "10 steps at most"),
    ],
)
def test_what_cannot_be_added_is_refused_and_kept(editor, database, data, said):
    before = kept(database)

    answer = editor.post(NEW, data=data)

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors), answer.page.errors
    form = answer.page.form(NEW)
    assert form["text"][0].strip() == data["text"].strip()
    assert form["seen_at_url"] == [data.get("seen_at_url", "")]
    assert form.get("hops-0-agent", [""]) == [data.get("hops-0-agent", "")]
    assert kept(database) == before


# Correcting


def test_saving_unchanged_confirms_who_said_it(editor, taxes, database):
    page = editor.get(f"/claims/{taxes}/edit").page

    answer = editor.post(f"/claims/{taxes}/edit", data={**form_of(page, taxes), "do": "save"})

    assert answer.location == f"/claims/{taxes}"
    assert claim(database, "Taxes").chain_confirmed_at is not None
    assert chain(database, taxes) == ["Ada Berg"]
    assert "Ada Berg confirmed" in editor.get(f"/claims/{taxes}").page.text


def test_rows_are_added_moved_and_taken_away_without_a_script_and_nothing_is_kept_yet(
    editor, taxes, database
):
    before = kept(database)
    form = form_of(editor.get(f"/claims/{taxes}/edit").page, taxes)

    def press(button, **typed):
        nonlocal form
        answer = editor.post(f"/claims/{taxes}/edit", data={**form, **typed, "do": button})
        assert answer.status_code == 200
        form = form_of(answer.page, taxes)
        return [value for name, value in form.items() if name.endswith("-agent")]

    assert press("add-hop", text="Taxes fell.") == ["Ada Berg", ""]
    assert press("up-hop-1", **{"hops-1-agent": "A clerk"}) == ["A clerk", "Ada Berg"]
    assert press("down-hop-0") == ["Ada Berg", "A clerk"]
    assert press("down-hop-1") == ["Ada Berg", "A clerk"]
    assert press("up-hop-0") == ["Ada Berg", "A clerk"]
    assert press("remove-hop-0") == ["A clerk"]
    assert press("remove-hop-7") == ["A clerk"]
    assert form["text"].strip() == "Taxes fell."
    assert kept(database) == before
    editor.post(f"/claims/{taxes}/edit", data={**form, "do": "save"})
    assert chain(database, taxes) == ["A clerk"]


def test_a_correction_keeps_the_old_wording_and_what_the_agent_is(editor, taxes, database):
    form = form_of(editor.get(f"/claims/{taxes}/edit").page, taxes)
    form |= {
        "text": "Taxes\nfell by 50 percent.",
        "hops-0-kind": "unnamed",
        "hops-0-mode": "direct",
    }
    form |= {"hops-0-cue": "said", "hops-0-url": "https://council.example/minutes"}
    form |= {"hops-0-ends_because": "She said so herself."}
    del form["hops-0-is_named"]

    editor.post(f"/claims/{taxes}/edit", data=form)

    row = claim(database, "Taxes")
    assert (row.text, row.version) == ("Taxes fell by 50 percent.", 2)
    assert [old.text for old in rows(database, ClaimWording)] == ["Taxes fell by half."]
    agent = next(agent for agent in rows(database, Agent) if agent.name == "Ada Berg")
    assert (agent.kind, agent.is_named) == (AgentKind.UNNAMED, False)
    hop = rows(database, Hop)[-1]
    assert (hop.mode, hop.cue, hop.url) == (Mode.DIRECT, "said", "https://council.example/minutes")
    shown = form_of(editor.get(f"/claims/{taxes}/edit").page, taxes)
    assert shown["hops-0-ends_because"] == "She said so herself."


def test_an_older_form_is_answered_with_both_texts_and_can_be_saved_on_top(editor, taxes, database):
    mine = form_of(editor.get(f"/claims/{taxes}/edit").page, taxes)
    editor.post(f"/claims/{taxes}/edit", data={**mine, "text": "Theirs.", "hops-0-agent": "Bo"})
    before = kept(database)
    mine |= {"text": "Mine.", "hops-0-agent": "Cy"}

    answer = editor.post(f"/claims/{taxes}/edit", data=mine)

    assert answer.status_code == 409
    assert "Theirs." in words(stand(answer.page, "section", "error-summary")[0])
    again = form_of(answer.page, taxes)
    assert (again["text"].strip(), again["hops-0-agent"]) == ("Mine.", "Cy")
    assert kept(database) == before
    assert editor.post(f"/claims/{taxes}/edit", data=again).status_code == 303
    assert chain(database, taxes) == ["Cy"]


def test_a_correction_that_is_sent_twice_is_made_once(editor, taxes, database):
    form = {**form_of(editor.get(f"/claims/{taxes}/edit").page, taxes), "text": "Taxes rose."}
    editor.post(f"/claims/{taxes}/edit", data=form)
    before = kept(database)

    answer = editor.post(f"/claims/{taxes}/edit", data=form)

    assert (answer.status_code, answer.location) == (303, f"/claims/{taxes}")
    assert kept(database) == before


@in_turn("data", [{"text": ""}, {"version": "x"}, {"version": ""}, {"hops-0-url": "ftp://x"}])
def test_a_correction_that_cannot_be_is_refused_and_kept(editor, taxes, database, data):
    form = {**form_of(editor.get(f"/claims/{taxes}/edit").page, taxes), "text": "Mine.", **data}
    before = kept(database)

    answer = editor.post(f"/claims/{taxes}/edit", data=form)

    assert answer.status_code == 422
    assert answer.page.errors
    assert form_of(answer.page, taxes)["text"].strip() == form["text"]
    assert kept(database) == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_only_editors_add_and_correct(login, taxes, database, role):
    client = login(role)
    before = kept(database)
    for path in (NEW, f"/claims/{taxes}/edit"):
        assert client.get(path).status_code == 403
        assert client.post(path, data={"text": "x", "version": "1"}).status_code == 403
    assert client.get(LIST).status_code == 200
    assert kept(database) == before

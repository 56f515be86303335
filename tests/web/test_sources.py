"""The pages of sources: the list, one with what rests on it, what was found, its origin."""

import pytest
from sqlmodel import Session

from app.domain.evidence_words import SourceStanding, SourceType
from app.domain.words import Decides, Role
from app.storage.tables import Flag, Person, Project, SavedCopy, Source
from app.workflow.reviews import save_draft
from app.workflow.source_changes import find_source
from app.workflow.sources import SourceValues
from tests.pages import text
from tests.scenes import LEADS, SOURCE, Scene
from tests.work import counted
from tests.workflow.test_source_uses import keep_copy

LIST = "/projects/desk/sources"
WHY = "The ministry withdrew the table."


def page_of(name, **values):
    return SourceValues(url=f"https://{name}.example/", title=name.title(), **values)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def kim(scene):
    return scene.person("Kim", Role.REVIEWER)


@pytest.fixture
def check(scene, kim):
    """Kim checks another claim with some sources; the claim."""

    def one(*sources):
        claim_id = scene.claim()
        scene.check(kim, "false", sources=list(sources or [SOURCE]))
        return claim_id

    return one


@pytest.fixture
def editor(login, scene):
    return login(Role.EDITOR, project=scene.project)


def addresses(scene):
    return {row.title: f"/sources/{row.public_id}" for row in scene.rows(Source)}


def described(**changed):
    usual = {
        "title": "Table 3",
        "author": "Jo Doe",
        "published": "2025-09",
        "source_type": "official-data",
        "record": "on-record",
        "interests": "Paid by the ministry.",
        "base_version": "1",
    }
    return {**usual, **changed}


def titles(page):
    return [text(e) for e in page.all("a") if "line-title" in (e.get("class") or "")]


def test_the_list_is_found_from_every_page_of_the_project_and_tells_what_rests_on_each(
    editor, scene, check
):
    check(SOURCE, page_of("other"))
    check()

    page = editor.get(editor.get("/projects/desk/").page.links["Sources"]).page

    assert titles(page) == ["Other", "Figures"]
    assert "2 claims rest on it" in page.text
    assert "1 claim rests on it" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=other", ["Other"]),
        ("text=example.org", ["Figures"]),
        ("type=media", ["Other"]),
        ("standing=retired", ["Figures"]),
        ("standing=corrected", []),
        ("origin=Wire", ["Other"]),
        ("unsaved=y", ["Other"]),
        ("standing=nonsense", ["Other", "Figures"]),
    ],
)
def test_the_list_is_cut_down(editor, scene, check, lead, query, found):
    check(SOURCE, page_of("other", source_type=SourceType.MEDIA, origin="Wire"))
    [figures] = scene.rows(Source, Source.title == "Figures")
    keep_copy(scene, figures, "text")
    scene.do(find_source, lead, figures.public_id, standing=SourceStanding.RETIRED, reason=WHY)

    assert titles(editor.get(f"{LIST}?{query}").page) == found


def test_a_list_that_is_longer_than_a_page_goes_on(editor, check, monkeypatch):
    check(*(page_of(f"n{n}") for n in range(5)))
    monkeypatch.setattr("app.web.paging.PAGE_ROWS", 3)

    first = editor.get(LIST).page
    second = editor.get(first.links["Further sources"]).page

    assert len({*titles(first), *titles(second)}) == 5
    assert second.links["Back to the beginning"] == LIST


def test_each_look_further_says_that_it_looked_at_others(editor, check, monkeypatch):
    check(*(page_of(f"n{n}") for n in range(5)))
    monkeypatch.setattr("app.storage.source_lists.LOOKED_AT", 2)
    said, page = [], editor.get(f"{LIST}?text=nowhere").page
    while further := page.links.get("Look further"):
        said.append(page.by_id("sources").text.split(":")[0])
        page = editor.get(further).page

    assert said[0] == "No source found so far"
    assert said[1:] == [
        "No source found among the next ones either. There are more that were not looked at yet."
    ]
    assert "No further source fits that. All were looked at." in page.text


def test_the_page_of_a_source_tells_what_rests_on_it(editor, scene, check, lead):
    settled, waiting = check(), check()
    scene.settle(lead, settled, "false")

    page = editor.get(addresses(scene)["Figures"]).page

    for claim_id in (settled, waiting):
        assert f"/claims/{claim_id}" in page.links.values()
    for words in ("Which verdicts rest on this source", "2 claims, 1 verdict", "Backs it"):
        assert words in page.text
    assert "They say so." in page.text
    assert page.text.count("False") == 1


def test_a_use_leads_to_the_page_of_its_source(editor, scene, check):
    claim_id = check()

    links = editor.get(f"/claims/{claim_id}").page.links.values()

    assert addresses(scene)["Figures"] in links
    assert (
        addresses(scene)["Figures"] in editor.get(f"/claims/{claim_id}/settle").page.links.values()
    )


def test_a_reader_sees_what_settled_claims_rest_on_and_changes_nothing(login, scene, check, lead):
    settled = check()
    check()
    reader = login(Role.VIEWER, project=scene.project)
    address = addresses(scene)["Figures"]
    assert reader.get(address).status_code == 404
    scene.settle(lead, settled, "false")

    page = reader.get(address).page

    assert "1 claim, 1 verdict that you may know of" in page.text
    assert "Change how it is described" not in page.text
    assert "Write down what was found" not in page.text
    assert titles(reader.get(LIST).page) == ["Figures"]


def test_a_source_is_described_otherwise_and_the_words_before_stay(editor, scene, check):
    check()
    address = addresses(scene)["Figures"]

    answer = editor.post(address, data=described())

    assert (answer.status_code, answer.location) == (303, address)
    page = editor.get(address).page
    assert page.heading == "Table 3"
    assert "How it was described before" in page.text
    assert "Figures" in page.text


def test_a_description_that_cannot_be_stays_as_typed(editor, scene, check):
    check()
    address = addresses(scene)["Figures"]

    answer = editor.post(address, data=described(published="last week", author="Typed"))

    assert answer.status_code == 422
    assert answer.page.form(address)["author"] == ["Typed"]
    assert "Published" in answer.page.text
    too_long = editor.post(address, data=described(publisher="x" * 201))
    assert too_long.status_code == 422
    assert "at most 200 characters" in too_long.page.text


def test_two_who_describe_at_once_see_both_texts(editor, scene, check):
    check()
    address = addresses(scene)["Figures"]
    editor.post(address, data=described())

    answer = editor.post(address, data=described(title="Mine"))

    assert answer.status_code == 409
    form = answer.page.form(address)
    assert (form["title"], form["base_version"]) == (["Mine"], ["2"])
    assert "Table 3" in answer.page.text
    assert editor.post(address, data=described(title="Mine", base_version="2")).status_code == 303
    assert addresses(scene)["Mine"] == address


def test_what_was_found_marks_the_verdicts_and_is_told_with_its_reason(editor, scene, check):
    check()
    address = addresses(scene)["Figures"]

    answer = editor.post(f"{address}/findings", data={"standing": "unreliable", "reason": WHY})

    assert (answer.status_code, answer.location) == (303, address)
    page = editor.get(address).page
    assert WHY in page.text
    assert "Every verdict that rests on it is marked" in page.notices[0]
    assert "The source is not to be relied on" in page.text
    assert len(scene.rows(Flag)) == 1


def test_a_title_without_end_is_shortened_where_it_is_a_heading_and_whole_beside_it(
    editor, scene, check
):
    check()
    address = addresses(scene)["Figures"]
    whole = "Figures of the year " * 500
    assert editor.post(address, data=described(title=whole)).status_code == 303

    page = editor.get(address).page

    [heading] = page.all("h1")
    assert text(heading).startswith("Figures of the year")
    assert len(text(heading)) <= 241
    assert text(heading).endswith("…")
    assert whole.strip() in [text(e) for e in page.all("dd")]
    assert all(len(title) <= 241 for title in titles(editor.get(LIST).page))


@pytest.mark.parametrize("name", ["T" * 240, "Figures"])
def test_a_title_that_is_a_heading_as_it_is_stands_there_alone(editor, scene, check, name):
    check()
    address = addresses(scene)["Figures"]
    editor.post(address, data=described(title=name))

    page = editor.get(address).page

    assert text(page.all("h1")[0]) == name
    assert name not in [text(e) for e in page.all("dd")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"standing": "retired", "reason": ""}, "Say why"),
        ({"standing": "sound", "reason": WHY}, "Nothing was held against this source"),
        ({"reason": WHY}, "What is known of it now"),
    ],
)
def test_a_finding_that_cannot_be_stays_as_typed(editor, scene, check, typed, said):
    check()
    address = addresses(scene)["Figures"]

    answer = editor.post(f"{address}/findings", data=typed)

    assert answer.status_code == 422
    assert said in answer.page.text
    assert [words.strip() for words in answer.page.form(f"{address}/findings")["reason"]] == [
        typed["reason"]
    ]
    assert scene.rows(Flag) == []


def test_ticked_sources_are_copies_of_one(editor, scene, check):
    check(page_of("one"), page_of("two"), page_of("three"))
    ids = {row.title: row.public_id for row in scene.rows(Source)}
    ticked = [ids["One"], ids["Two"]]

    answer = editor.post(f"{LIST}/origin", data={"sources": ticked, "origin": "Reuters"})

    assert (answer.status_code, answer.location) == (303, f"{LIST}?origin=Reuters")
    assert sorted(titles(editor.get(answer.location).page)) == ["One", "Two"]
    page = editor.get(f"/sources/{ids['One']}").page
    assert "This source and 1 other are copies of one" in page.text
    assert page.links["Two"] == f"/sources/{ids['Two']}"


@pytest.mark.parametrize(
    ("ticks", "origin", "said"),
    [(1, "", "Say of what they are copies."), (0, "Reuters", "Tick the sources")],
)
def test_an_origin_that_cannot_be_keeps_what_was_ticked(editor, scene, check, ticks, origin, said):
    check()
    ticked = [row.public_id for row in scene.rows(Source)][:ticks]

    answer = editor.post(f"{LIST}/origin", data={"sources": ticked, "origin": origin})

    assert answer.status_code == 422
    assert said in answer.page.text
    boxes = [e for e in answer.page.all("input") if e.get("name") == "sources"]
    assert [e.get("value") for e in boxes if e.get("checked") is not None] == ticked


def test_sources_that_say_the_same_are_offered_as_copies_and_nothing_is_written(
    editor, scene, check
):
    check(page_of("one"), page_of("two"))
    for row in scene.rows(Source):
        keep_copy(scene, row, "the same")
    before = scene.state()

    page = editor.get(addresses(scene)["One"]).page

    assert "Are these copies of one?" in page.text
    assert scene.state() == before
    form = page.form(f"{LIST}/origin")
    assert len(form["sources"]) == len(scene.rows(SavedCopy)) == 2


@pytest.mark.parametrize("address", ["list", "page"])
def test_pages_ask_the_same_few_questions_however_much_there_is(editor, app, scene, check, address):
    def asked():
        path = LIST if address == "list" else addresses(scene)["Figures"]
        with counted(app.extensions["assay"]) as sent:
            assert editor.get(path).status_code == 200
        return len(sent)

    check()
    few = asked()
    for n in range(4):
        check(SOURCE, page_of(f"more-{n}"))

    assert asked() == few


def test_the_page_of_a_source_tells_its_looks_and_asks_for_another(editor, scene, check):
    check()
    address = addresses(scene)["Figures"]
    assert "Save a copy now" not in editor.get(address).page.text
    scene.change(Project, scene.project.public_id, saves_copies=True)
    assert "Save a copy now" in editor.get(address).page.text

    answer = editor.post(f"{address}/copies", data={"do": "ask"})

    assert answer.status_code == 303
    page = editor.get(address).page
    assert "is being fetched" in page.text
    assert f"{address}/copies" in page.links.values()


@pytest.mark.parametrize(
    ("standing", "warned"),
    [
        (SourceStanding.RETIRED, True),
        (SourceStanding.UNRELIABLE, True),
        (SourceStanding.CORRECTED, False),
    ],
)
def test_a_row_that_links_a_source_of_no_more_use_is_warned_and_not_refused(
    app, scene, check, kim, lead, standing, warned
):
    check()
    [source] = scene.rows(Source)
    scene.do(find_source, lead, source.public_id, standing=standing, reason=WHY)
    scene.claim()
    review_id = scene.take(kim)
    body = {"sources-0-url": f"{SOURCE.url}?utm_source=x", "sources-1-url": "not an address"}
    scene.do(save_draft, kim, review_id, body=body, draft_version=None)
    with Session(scene.database.engine) as session:
        client = app.test_client().sign_in(session.get_one(Person, kim.person))

    page = client.get(f"/reviews/{review_id}").page

    assert ("You can link it all the same" in page.text) is warned
    scene.submit(kim, review_id, sources=[SOURCE])
    assert len(scene.rows(Source)) == 1

"""Sent twice, sent stale, sent from two windows: nothing is counted twice and nothing is lost."""

import pytest
from sqlmodel import select

from app.domain.words import Role
from app.storage.tables import Event
from tests.web.checking import article, draft, fields, row, start, versions


@pytest.fixture
def client(login, project):
    return login(Role.REVIEWER)


@pytest.fixture
def review(client, project, database):
    article(database, project, claims=3)
    return start(client, project)


def typed(client, review, **more):
    return {**fields(client.get(f"/reviews/{review}").page, review), "verdict": "false", **more}


def test_the_same_form_twice_gives_the_same_answer_and_one_version(client, review, database):
    data = typed(client, review, rationale="Once.")

    first = client.post(f"/reviews/{review}", data=data)
    second = client.post(f"/reviews/{review}", data=data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(versions(database, review)) == 1
    with database.reading() as session:
        sent = session.exec(select(Event).where(Event.action == "review.submit")).all()
    assert len(sent) == 1


def test_a_form_has_a_key_of_its_own_each_time_it_is_shown(client, review):
    keys = {typed(client, review)["key"] for _ in range(3)}

    assert len(keys) == 3


def test_two_forms_without_a_key_are_two_forms(client, review, database):
    assert client.post(f"/reviews/{review}", data={"verdict": "false"}).status_code == 303

    again = client.post(f"/reviews/{review}", data={"verdict": "false"})

    assert again.status_code == 409
    assert len(versions(database, review)) == 1


def test_the_same_key_with_another_text_is_stale(client, review, database):
    data = typed(client, review, rationale="First.")
    client.post(f"/reviews/{review}", data=data)

    answer = client.post(f"/reviews/{review}", data={**data, "rationale": "Second."})

    assert answer.status_code == 409
    assert fields(answer.page, review)["rationale"] == "Second."
    assert ["Why differs", "Second.", "First."] in answer.page.rows()
    assert len(versions(database, review)) == 1


def test_an_older_base_shows_both_texts_beside_each_other(client, review):
    old = typed(client, review, rationale="From the old window.", notes="N")
    client.post(f"/reviews/{review}", data=typed(client, review, verdict="true", rationale="New."))

    answer = client.post(f"/reviews/{review}", data=old)

    assert answer.status_code == 409
    assert ["Is it so? differs", "False", "True"] in answer.page.rows()
    assert ["Why differs", "From the old window.", "New."] in answer.page.rows()
    assert ["Notes differs", "N", "–"] in answer.page.rows()
    assert "Save mine as a new version" in answer.page.buttons


def test_mine_can_be_saved_as_a_new_version_and_that_twice(client, review, database):
    old = typed(client, review, rationale="Mine.")
    client.post(f"/reviews/{review}", data=typed(client, review, verdict="true"))
    shown = fields(client.post(f"/reviews/{review}", data=old).page, review)

    first = client.post(f"/reviews/{review}", data={**shown, "as_new": "1"})
    second = client.post(f"/reviews/{review}", data={**shown, "as_new": "1"})

    assert (first.status_code, first.location) == (303, second.location)
    assert [v.rationale for v in versions(database, review)] == ["", "Mine."]


def test_a_used_key_does_not_hinder_a_new_version(client, review, database):
    data = typed(client, review, rationale="First.")
    client.post(f"/reviews/{review}", data=data)

    sent = client.post(f"/reviews/{review}", data={**data, "rationale": "Two.", "as_new": "1"})

    assert sent.status_code == 303
    assert [v.rationale for v in versions(database, review)] == ["First.", "Two."]


def test_a_correction_is_a_new_version_and_keeps_the_old_one(client, review, database):
    client.post(f"/reviews/{review}", data=typed(client, review, rationale="First."))

    page = client.get(f"/reviews/{review}").page
    assert "it becomes version 2" in page.text
    client.post(f"/reviews/{review}", data=typed(client, review, rationale="Better."))

    assert [v.rationale for v in versions(database, review)] == ["First.", "Better."]
    assert row(database, review).submitted_version == 2


# Drafts


def keep(client, review, **data):
    return client.post(f"/reviews/{review}/draft", data=data)


def test_a_draft_is_kept_and_told_its_version(client, review, database):
    data = typed(client, review, rationale="Half a thou")

    first = client.post(f"/reviews/{review}/draft", data=data)
    second = client.post(
        f"/reviews/{review}/draft",
        data={
            **data,
            "rationale": "Half a thought",
            "draft_version": first.headers["Draft-Version"],
        },
    )

    assert (first.status_code, second.status_code) == (204, 204)
    assert (first.headers["Draft-Version"], second.headers["Draft-Version"]) == ("1", "2")
    assert draft(database, review)["rationale"] == "Half a thought"
    assert versions(database, review) == []


def test_a_draft_is_kept_whatever_is_wrong_in_it(client, review):
    keep(client, review, rationale="x", **{"sources-0-url": "javascript:alert(1)"})

    shown = fields(client.get(f"/reviews/{review}").page, review)

    assert (shown["sources-0-url"], shown["rationale"]) == ("javascript:alert(1)", "x")
    assert shown["draft_version"] == "1"


def test_a_newer_draft_of_another_window_is_not_written_over(client, review, database):
    data = typed(client, review)
    client.post(f"/reviews/{review}/draft", data={**data, "rationale": "window one"})

    answer = client.post(f"/reviews/{review}/draft", data={**data, "rationale": "window two"})

    assert answer.status_code == 409
    assert draft(database, review)["rationale"] == "window one"


def test_without_javascript_a_draft_conflict_shows_both(client, review, database):
    data = typed(client, review, do="draft")
    assert client.post(f"/reviews/{review}", data={**data, "rationale": "one"}).status_code == 303

    answer = client.post(f"/reviews/{review}", data={**data, "rationale": "two"})

    assert answer.status_code == 409
    assert ["Why differs", "two", "one"] in answer.page.rows()
    shown = fields(answer.page, review)
    assert client.post(f"/reviews/{review}", data={**shown, "do": "draft"}).status_code == 303
    assert draft(database, review)["rationale"] == "two"


def test_without_javascript_a_draft_leads_back_to_its_page(client, review):
    sent = client.post(f"/reviews/{review}", data={"do": "draft", "rationale": "Kept."})

    assert (sent.status_code, sent.location) == (303, f"/reviews/{review}")
    page = client.get(sent.location).page
    assert fields(page, review)["rationale"] == "Kept."
    assert "saved" in page.text


def test_the_draft_goes_before_the_last_version(client, review, database):
    client.post(f"/reviews/{review}", data=typed(client, review, rationale="Sent."))
    data = typed(client, review, rationale="Being corrected.")
    client.post(f"/reviews/{review}/draft", data=data)

    shown = fields(client.get(f"/reviews/{review}").page, review)

    assert shown["rationale"] == "Being corrected."
    assert client.post(f"/reviews/{review}", data=shown).status_code == 303
    assert draft(database, review) is None


def test_a_late_draft_of_an_older_version_does_not_stand_above_what_was_sent(client, review):
    old = typed(client, review, rationale="Old window.")
    client.post(f"/reviews/{review}", data=typed(client, review, rationale="Sent."))

    assert client.post(f"/reviews/{review}/draft", data=old).status_code == 409

    shown = fields(client.get(f"/reviews/{review}").page, review)
    assert (shown["rationale"], shown["base_version"]) == ("Sent.", "1")


def test_a_draft_pressed_on_an_older_version_shows_both_texts(client, review):
    old = typed(client, review, rationale="Old window.")
    client.post(f"/reviews/{review}", data=typed(client, review, rationale="Sent."))

    stale = client.post(f"/reviews/{review}", data={**old, "do": "draft"})

    assert stale.status_code == 409
    assert "Old window." in stale.get_data(as_text=True)
    assert "Sent." in stale.get_data(as_text=True)


def test_a_newer_draft_of_another_window_outlives_the_submit(client, review, database):
    data = typed(client, review, rationale="Window one.")
    client.post(f"/reviews/{review}/draft", data={**data, "rationale": "Window two."})

    assert client.post(f"/reviews/{review}", data=data).status_code == 303

    assert versions(database, review)[0].rationale == "Window one."
    assert draft(database, review)["rationale"] == "Window two."


def test_a_draft_over_the_limit_is_refused(client, review):
    assert keep(client, review, rationale="x" * 200_001).status_code == 422


def test_the_private_bookkeeping_is_no_part_of_a_draft(client, review, database):
    keep(client, review, rationale="x", key="k", evil="1", skip_note="no", draft_version="0")

    assert draft(database, review) == {"rationale": "x"}


# Buttons of the form


def test_rows_of_sources_are_added_and_removed_without_javascript(client, review):
    data = typed(client, review, **{"sources-0-url": "https://example.org/0", "rationale": "Kept."})

    added = client.post(f"/reviews/{review}", data={**data, "do": "add-source"})
    shown = fields(client.get(f"/reviews/{review}").page, review)
    assert added.status_code == 303
    assert shown["sources-1-url"] == ""

    shown["sources-1-title"] = "Second"
    removed = client.post(f"/reviews/{review}", data={**shown, "do": "remove-source-0"})
    shown = fields(client.get(f"/reviews/{review}").page, review)
    assert removed.status_code == 303
    assert "sources-0-url" not in shown
    assert (shown["sources-1-title"], shown["rationale"]) == ("Second", "Kept.")


def test_an_offered_source_fills_a_row(client, review, database):
    data = {
        "verdict": "false",
        "sources-0-url": "https://example.org/a",
        "sources-0-title": "A",
        "sources-0-publisher": "Town",
        "sources-0-quote": "Words for the first claim",
        "sources-0-stance": "refutes",
    }
    following = client.post(f"/reviews/{review}", data=data).location.removeprefix("/reviews/")
    page = client.get(f"/reviews/{following}").page
    button = next(e for e in page.all("button") if (e.get("value") or "").startswith("offer-"))
    assert button.get("data-key") == "z"

    sent = client.post(
        f"/reviews/{following}", data={"do": button.get("value"), "rationale": "Kept."}
    )

    assert sent.status_code == 303
    shown = fields(client.get(f"/reviews/{following}").page, following)
    assert (shown["sources-0-url"], shown["sources-0-publisher"]) == (
        "https://example.org/a",
        "Town",
    )
    assert (shown["sources-0-quote"], shown["rationale"]) == ("", "Kept.")
    assert shown["sources-0-stance"] == "context"


def test_a_skip_needs_a_reason(client, review, database):
    answer = client.post(f"/reviews/{review}", data={"do": "skip", "rationale": "Kept."})

    assert answer.status_code == 422
    assert "#skip_reason" in answer.page.links.values()
    assert fields(answer.page, review)["rationale"] == "Kept."
    assert row(database, review).state == "lent"


def test_a_skip_leads_to_the_next_and_can_be_taken_back(client, review, database):
    data = {
        "do": "skip",
        "skip_reason": "outside-field",
        "skip_note": "Medicine.",
        "rationale": "R",
    }

    sent = client.post(f"/reviews/{review}", data=data)

    assert sent.status_code == 303
    assert sent.location not in {f"/reviews/{review}", "/projects/desk/review"}
    assert client.get(sent.location).page.notices
    kept = row(database, review)
    assert (kept.state, kept.skip_reason, kept.skip_note) == (
        "skipped",
        "outside-field",
        "Medicine.",
    )
    page = client.get(f"/reviews/{review}").page
    assert "You skipped this." in page.text
    assert fields(page, review)["rationale"] == "R"
    assert client.post(f"/reviews/{review}", data=typed(client, review)).status_code == 303
    assert row(database, review).state == "submitted"


def test_later_keeps_what_was_typed_and_comes_again_at_the_end(client, review, database):
    sent = client.post(f"/reviews/{review}", data={"do": "later", "rationale": "So far."})

    assert sent.status_code == 303
    assert sent.location != f"/reviews/{review}"
    place = sent.location
    while place != f"/reviews/{review}":
        place = client.post(place, data={"verdict": "true"}).location
    assert fields(client.get(place).page, review)["rationale"] == "So far."


def test_later_of_an_empty_form_keeps_no_draft(client, review, database):
    data = {**fields(client.get(f"/reviews/{review}").page, review), "do": "later"}

    client.post(f"/reviews/{review}", data=data)

    assert draft(database, review) is None


def test_undo_leads_to_my_last_check_and_from_there_to_the_one_before(client, review):
    second = client.post(f"/reviews/{review}", data={"verdict": "false"}).location
    third = client.post(second, data={"verdict": "true"}).location

    def undo(place):
        links = client.get(place).page.all("a")
        return [a.get("href") for a in links if a.get("data-key") == "k"]

    assert undo(third) == [second]
    assert undo(second) == [f"/reviews/{review}"]
    assert undo(f"/reviews/{review}") == []

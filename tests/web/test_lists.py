"""Lists that are the work: filters in the address, saved lists, files of just what is found."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlmodel import col, select

from app.domain.ids import now
from app.domain.words import ClaimState, Decides, Role
from app.storage.tables import Agent, Article, Claim, ClaimTag, Person, SavedFilter
from app.workflow.saved_filters import FilterValues, save_filter
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.picking import kept, rows, stand, suggestion, take_in
from tests.work import Work, counted

LIST = "/projects/desk/claims"
FILTERS = "/projects/desk/filters"


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR, Role.REVIEWER)


def lines(page):
    return [words(e) for e in stand(page, "a", "line-title")]


def plan(database, text, *, tags=(), **columns):
    """Set columns and tags of the claim with these words."""
    with database.write() as session:
        row = next(one for one in session.exec(select(Claim)) if one.text == text)
        for name, value in columns.items():
            setattr(row, name, value)
        for tag in tags:
            session.add(ClaimTag(project_id=row.project_id, claim_id=row.key, tag=tag))


def file_of(client, address):
    body = client.get(address).get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(body, newline="")))


def test_a_claim_tells_when_it_is_due_and_what_it_is_filed_under(editor, work, project, database):
    work.claim(project, "Late.")
    work.claim(project, "In time.")
    today = now().replace(hour=12)
    plan(database, "Late.", due_at=today - timedelta(days=2), tags=["EU"])
    plan(database, "In time.", due_at=today + timedelta(days=1))

    page = editor.get(f"{LIST}?sort=due").page

    assert lines(page) == ["Late.", "In time."]
    first, second = (words(line) for line in stand(page, "li", "with-state"))
    assert "2 days overdue" in first
    assert "due tomorrow" in second
    assert page.links["EU"] == f"{LIST}?tag=EU"
    assert lines(editor.get(page.links["EU"]).page) == ["Late."]


def test_the_name_of_the_claimant_leads_to_all_that_they_claim(editor, work, project, database):
    work.claim(project, "One.", who="Ada Berg")
    work.claim(project, "Two.", who="Bo Dahl")

    page = editor.get(editor.get(LIST).page.links["Ada Berg"]).page

    assert lines(page) == ["One."]
    assert "Said by Ada Berg" in page.text
    assert page.links["Leave this out"] == LIST


def test_a_filter_stays_while_the_list_goes_on_and_is_sorted(editor, database, project):
    text = "\n\n".join(f"Fact {n} is known." for n in range(60))
    found = [suggestion(text, f"Fact {n} is known") for n in range(60)]
    article_id = take_in(database, project, text=text, found=found)
    take_in(database, project)
    query = urlencode({"article": article_id, "sort": "due"})
    for n in (7, 9):
        plan(database, f"Fact {n} is known.", due_at=now() + timedelta(days=20 - n))

    first = editor.get(f"{LIST}?{query}").page
    second = editor.get(first.links["More claims"]).page

    undated = [f"Fact {n} is known." for n in reversed(range(60)) if n not in {7, 9}]
    assert lines(first) + lines(second) == [
        "Fact 9 is known.",
        "Fact 7 is known.",
        *undated,
    ]
    assert second.form(LIST)["article"] == [article_id]
    assert second.form(LIST)["sort"] == ["due"]


def test_each_look_further_says_that_it_looked_at_others(editor, database, project, monkeypatch):
    text = "\n\n".join(f"Fact {n} is known." for n in range(5))
    found = [suggestion(text, f"Fact {n} is known") for n in range(5)]
    take_in(database, project, text=text, found=found)
    monkeypatch.setattr("app.storage.claim_stretches.LOOKED_AT", 2)
    said, page = [], editor.get(f"{LIST}?due=overdue").page
    while further := page.links.get("Look further"):
        said.append(page.by_id("found").text.split(":")[0])
        page = editor.get(further).page

    assert said[0] == "No claim found so far"
    assert said[1].startswith("No claim found among the next ones either.")
    assert "No further claim fits that. All were looked at." in page.text
    assert page.links["Back to the beginning"] == f"{LIST}?due=overdue"


@pytest.mark.parametrize("place", ["WzEsMV0", "WyJub25lIiwxXQ", "WyIwMDAxLTAxLTAxIiwxXQ"])
def test_a_place_that_was_never_handed_out_is_refused_or_is_elsewhere(editor, project, place):
    assert editor.get(f"{LIST}?sort=due&after={place}").status_code in {200, 422}


def test_who_asks_for_no_place_is_led_to_where_the_list_begins(editor):
    answer = editor.get(f"{LIST}?sort=due&tag=EU+%26+Mehr&after=nowhere")

    assert answer.status_code == 422
    assert answer.page.links["To its first page"] == f"{LIST}?sort=due&tag=EU+%26+Mehr"


FILTERED = {
    "newest": "",
    "due": "sort=due",
    "overdue": "due=overdue",
    "no date": "due=none&sort=due",
    "week": "due=week&sort=due",
    "state": "state=to-do",
    "waiting": "state=waiting",
    "verdict": "verdict=true",
    "text": "text=Fact",
    "who": "who=Ada",
    "tag": "tag=EU",
    "me": "person=me",
    "not me": "person=not-me",
    "person": "person={person}",
    "article": "article={article}",
    "claimant": "claimant={claimant}",
}


def add_all_kinds(database, project, first, number):
    """Claims of an article: some open, some late, some due soon, the new ones with a tag."""
    numbers = range(first, first + number)
    text = "\n\n".join(f"Fact {n} is known." for n in numbers)
    found = [suggestion(text, f"Fact {n} is known", hops=["Bo", "Ada"]) for n in numbers]
    take_in(database, project, text=text, found=found)
    with database.write() as session:
        for row in session.exec(select(Claim).where(col(Claim.article_id).is_not(None))):
            days = {0: -1, 1: 2}.get(row.key % 3)
            row.due_at = None if days is None else now() + timedelta(days=days)
            if row.key % 2:
                row.state = ClaimState.OPEN
            if int(row.text.split()[1]) >= first:
                session.add(ClaimTag(project_id=project.id, claim_id=row.key, tag="EU"))


def add_checked(work, project, editor, kim):
    """A check of each, and a third that is settled."""
    for who in (editor.person, kim, kim):
        last = work.claim(project, who="Ada")
        work.check(who, project, "true", "confirmed")
    work.settle(editor.person, last, "true", "confirmed")


def test_every_filter_and_order_asks_as_many_questions_at_any_length(
    editor, project, database, work, person
):
    kim = person("Kim", Role.REVIEWER, project=project)

    def asked():
        names = {
            "person": kim.public_id,
            "article": rows(database, Article)[-1].public_id,
            "claimant": next(a.public_id for a in rows(database, Agent) if a.name == "Ada"),
        }
        found = {}
        # Scales that answers were given on are read once for the process, by whoever comes first.
        editor.get(LIST)
        for name, query in FILTERED.items():
            with counted(editor.application.extensions["assay"]) as sent:
                page = editor.get(f"{LIST}?{query.format(**names)}").page
            found[name] = (len(lines(page)), len(sent))
        return found

    both = []
    for first, number in ((0, 6), (6, 30)):
        add_checked(work, project, editor, kim)
        add_all_kinds(database, project, first, number)
        both.append(asked())
    few, many = both
    assert [name for name, (number, _) in few.items() if not 0 < number < many[name][0]] == []
    assert {name: sent for name, (_, sent) in few.items()} == {
        name: sent for name, (_, sent) in many.items()
    }


# Files of just what is found


@pytest.fixture
def two(editor, work, project, database, person):
    """A settled claim with a tag, and one that waits to be checked."""
    kim = person("Kim", Role.REVIEWER, project=project)
    tagged = work.claim(project, "Tagged.")
    work.check(kim, project, "true")
    work.settle(editor.person, tagged, "true")
    work.claim(project, "Other.")
    plan(database, "Tagged.", tags=["EU & co"])
    return tagged


def test_the_list_links_to_files_of_just_what_it_shows(editor, two):
    page = editor.get(f"{LIST}?tag=EU+%26+co&state=settled").page

    for name, number in (("verdicts.csv", 1), ("reviews.csv", 1), ("sources.csv", 0)):
        assert len(file_of(editor, page.links[name])) == number
    assert [row["claim"] for row in file_of(editor, page.links["verdicts.csv"])] == ["Tagged."]
    none = editor.get(f"{LIST}?tag=EU+%26+co").page.links["reviews.csv"]
    assert "tag=EU" in none
    assert file_of(editor, "/projects/desk/exports/verdicts.csv?state=to-do")[0]["claim"] == (
        "Other."
    )


def test_my_checks_leave_as_mine_alone(editor, two, work, project):
    work.check(editor.person, project, "false")
    page = editor.get("/projects/desk/reviews").page

    mine = file_of(editor, page.links["Take my checks out (reviews.csv)"])

    assert [row["claim"] for row in mine] == ["Other."]
    assert len(file_of(editor, "/projects/desk/exports/reviews.csv")) == 2


def test_what_waits_to_be_settled_leaves_as_it_is_listed(login, editor, work, project):
    for text in ("Mine.", "Theirs."):
        work.claim(project, text)
    lead = login(Role.EDITOR, Role.REVIEWER)
    work.check(lead.person, project, "true")
    work.check(editor.person, project, "true")

    page = lead.get("/projects/desk/settle").page

    found = file_of(lead, page.links["Take this list out (verdicts.csv)"])
    assert [row["claim"] for row in found] == ["Theirs."]


def test_articles_leave_with_how_their_claims_stand(editor, database, project):
    article_id = take_in(database, project)
    plan(database, "Taxes fell by half.", state=ClaimState.OPEN)
    address = editor.get("/projects/desk/articles").page.links["Take this list out (articles.csv)"]

    [row] = file_of(editor, address)

    assert (row["article_id"], row["title"], row["publisher"]) == (
        article_id,
        "Bridges",
        "Town Paper",
    )
    assert [row[state] for state in ("candidate", "open", "settled", "rejected")] == list("1100")


def test_a_filtered_file_asks_as_much_for_fifty_claims_as_for_five(editor, database, project):
    numbers = []
    for more in (5, 45):
        text = "\n\n".join(f"Fact {n}{more} is known." for n in range(more))
        found = [suggestion(text, f"Fact {n}{more} is known") for n in range(more)]
        take_in(database, project, text=text, found=found)
        for name in ("verdicts.csv?text=Fact&person=not-me", "articles.csv"):
            with counted(editor.application.extensions["assay"]) as sent:
                found = file_of(editor, f"/projects/desk/exports/{name}")
            numbers.append(len(sent))
    assert numbers[:2] == numbers[2:]


def test_a_blind_lead_takes_out_no_more_by_asking_for_a_person(login, person, work, add_desk):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    kim = person("Kim", Role.REVIEWER, project=data)
    blind = login(Role.EDITOR, Role.REVIEWER, project=data)
    sees = login(Role.EDITOR, project=data)
    work.claim(data, "Checked.")
    work.check(kim, data, "false")
    address = f"/projects/data/exports/verdicts.csv?person={kim.public_id}"

    assert file_of(blind, address) == []
    assert [row["claim"] for row in file_of(sees, address)] == ["Checked."]


# Lists under a name


def test_a_list_is_kept_shown_and_taken_away(editor, login, two, database):
    page = editor.get(f"{LIST}?tag=EU+%26+co&explode=1&sort=due").page
    form = page.form(FILTERS)

    answer = editor.post(FILTERS, data={"name": "Union", "is_shared": "y", "query": form["query"]})

    assert (answer.status_code, answer.location) == (303, f"{LIST}?tag=EU+%26+co&sort=due")
    reader = login(Role.VIEWER)
    shown = reader.get(LIST).page
    assert lines(reader.get(shown.links["Union"]).page) == ["Tagged."]
    assert "×" not in shown.buttons
    [row] = rows(database, SavedFilter)
    assert editor.post(f"/filters/{row.public_id}/retire").location == LIST
    assert "Union" not in reader.get(LIST).page.links


def test_a_shared_list_shows_each_reader_what_they_may_see(editor, login, database, project, work):
    work.claim(project, "Waits.")
    kim = login(Role.REVIEWER, name="Kim")
    work.check(kim.person, project, "true")
    lead = login(Role.ADJUDICATOR)
    lead.post(FILTERS, data={"name": "W", "is_shared": "y", "query": "state=waiting"})

    assert lines(lead.get(lead.get(LIST).page.links["W"]).page) == ["Waits."]
    assert lines(kim.get(kim.get(LIST).page.links["W"]).page) == []


@in_turn(
    ("data", "said"),
    [
        ({"name": "", "query": "tag=EU"}, "Give the list a name"),
        ({"name": "All", "query": "explode=1"}, "holds every claim"),
        ({"name": "All", "query": "&" * 60}, "holds every claim"),
    ],
)
def test_a_list_that_cannot_be_kept_is_refused_as_typed(editor, project, database, data, said):
    before = kept(database), rows(database, SavedFilter)

    answer = editor.post(FILTERS, data=data)

    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)
    assert answer.page.form(FILTERS)["name"] == [data["name"]]
    assert (kept(database), rows(database, SavedFilter)) == before


def test_others_lists_are_not_there_and_sharing_is_for_leads(login, database, project):
    reader, other = login(Role.VIEWER), login(Role.VIEWER)
    with database.write() as session:
        filter_id = save_filter(
            session,
            Work(database).actor(session.get_one(Person, reader.person.id)),
            project.id,
            values=FilterValues(name="Mine", query="tag=EU"),
        )
    assert "Mine" not in other.get(LIST).page.links
    assert other.post(f"/filters/{filter_id}/retire").status_code == 404
    data = {"name": "All", "query": "tag=EU", "is_shared": "y"}
    assert reader.post(FILTERS, data=data).status_code == 403
    assert len(rows(database, SavedFilter)) == 1

"""The page of what one is told of, the number in the head of every page, and the choice of mail."""

import pytest
from sqlmodel import Session, select

from app.domain.words import NoticeKind, Role
from app.storage.tables import Claim, Notice, Person
from tests.work import Work, counted


@pytest.fixture
def claim(database, project):
    return Work(database).claim(project, "The budget grew.")


@pytest.fixture
def ann(login):
    return login(Role.EDITOR, name="Ann")


@pytest.fixture
def ben(login):
    return login(Role.REVIEWER, name="Ben")


def mention(ann, claim, text="@Ben, look."):
    place = ann.post(f"/claims/{claim}/comments", data={"text": text}).location
    return place.partition("#comment-")[2]


def number(client, path="/"):
    """What the head of a page says of notices."""
    return next(words for words in client.get(path).page.links if words.startswith("Notices"))


def newest(database):
    with database.reading() as session:
        return session.exec(select(Notice).order_by(Notice.id.desc())).first().public_id


def test_the_head_of_every_page_says_how_many_are_unread(ann, ben, claim):
    assert number(ben) == "Notices"
    mention(ann, claim)
    assert number(ben) == "Notices 1 unread"
    assert number(ben, f"/claims/{claim}") == "Notices 1 unread"
    assert number(ben, "/projects/nowhere/") == "Notices 1 unread"
    assert number(ann) == "Notices"


def test_opening_a_notice_leads_to_the_comment_and_reads_it(ann, ben, claim, database):
    comment = mention(ann, claim)
    page = ben.get("/notices").page
    assert "Ann mentions you in a comment" in page.buttons
    assert "The budget grew." in page.text
    assert number(ben) == "Notices 1 unread", "to look at the list reads nothing"
    answer = ben.post(f"/notices/{newest(database)}")
    assert (answer.status_code, answer.location) == (303, f"/claims/{claim}#comment-{comment}")
    assert number(ben) == "Notices"
    assert "new" not in ben.get("/notices").page.text.split()


def test_one_can_be_read_without_leaving_and_all_at_once(ann, ben, claim, database):
    for n in range(3):
        mention(ann, claim, f"@Ben, {n}.")
    name = newest(database)
    answer = ben.post(f"/notices/{name}", data={"do": "read"})
    assert answer.location == f"/notices#notice-{name}"
    assert number(ben) == "Notices 2 unread"
    form = ben.get("/notices").page.form("/notices/read")
    assert ben.post("/notices/read", data={"upto": form["upto"][0]}).status_code == 303
    assert number(ben) == "Notices"
    assert "All read" not in ben.get("/notices").page.buttons


def test_what_is_not_mine_or_no_notice_is_not_there(ann, ben, claim, database):
    mention(ann, claim)
    name = newest(database)
    for path, fields in (
        (f"/notices/{name}", {}),
        ("/notices/none", {}),
        ("/notices/read", {"upto": name}),
        ("/notices/read", {"upto": "none"}),
    ):
        assert ann.post(path, data=fields).status_code == 404, path
    assert ann.post("/notices/read").status_code == 422
    assert number(ben) == "Notices 1 unread"


def fill(database, person, many):
    with database.write() as session:
        claim = session.exec(select(Claim)).first()
        for _ in range(many):
            session.add(
                Notice(
                    project_id=claim.project_id,
                    person_id=person.key,
                    kind=NoticeKind.ASSIGNED,
                    claim_id=claim.key,
                )
            )


def test_a_long_list_goes_on_and_asks_no_more(ben, claim, database, app):
    sizes = []
    for many in (3, 117):
        fill(database, ben.person, many)
        with counted(app.extensions["assay"]) as sent:
            page = ben.get("/notices").page
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]
    assert number(ben) == "Notices 99+ unread"
    found, pages = 0, 0
    while True:
        found, pages = found + page.buttons.count("A claim was given to you"), pages + 1
        if "Older notices" not in page.links:
            break
        page = ben.get(page.links["Older notices"]).page
    assert (found, pages) == (120, 3)


def test_the_number_costs_one_question(ben, claim, database, app):
    fill(database, ben.person, 5)
    with counted(app.extensions["assay"]) as sent:
        ben.get("/account")
    asked = [s for s in sent if "notice" in s]
    # The one of the wall tells whether there is any; only then is it counted.
    assert [s.startswith("SELECT person") for s in asked] == [True, False]
    with Session(database.engine) as session:
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM notice WHERE person_id = 1 AND read_at IS NULL"
        )
        assert "ix_notice_unread" in str(plan.all())


def test_an_empty_page_says_what_will_stand_there(ben, project):
    assert "Nothing yet." in ben.get("/notices").page.text


@pytest.mark.parametrize("wants", [True, False])
def test_one_chooses_whether_to_be_told_by_mail(ben, project, database, wants):
    fields = {"wants_mail": "y"} if wants else {}
    assert ben.post("/account/mail", data=fields).status_code == 303
    with database.reading() as session:
        assert session.get_one(Person, ben.person.key).wants_mail is wants
    form = ben.get("/account").page.form("/account/mail")
    assert ("wants_mail" in form) is wants

"""In which language a page is written, and how it is chosen."""

import pytest
from flask_babel import ngettext
from sqlmodel import select

from app import languages
from app.domain.errors import Invalid, NotAllowed
from app.storage.people import by_email
from app.storage.tables import Event
from app.web import wording
from app.workflow.people import set_locale
from tests.cases import in_turn
from tests.pseudo import pseudo_words, speak

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture(autouse=True)
def spoken(monkeypatch):
    """German is what nobody speaks here, so that its real words may change; Hebrew is new."""
    speak(monkeypatch, "de")
    speak(monkeypatch, "he")


@pytest.fixture
def ann(app, person):
    return app.test_client().sign_in(person("Ann"))


def kept(database):
    with database.reading() as session:
        return by_email(session, "ann@example.org").locale


def html(page):
    found = page.all("html")[0]
    return found.get("lang"), found.get("dir")


@in_turn(
    ("asked", "lang"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr,de;q=0.5", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr", "en"),
        ("", "en"),
        ("x;q=nonsense,,;", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(client, asked, lang):
    page = client.get("/sign-in", headers={"Accept-Language": asked}).page

    assert html(page) == (lang, "ltr")
    said = "Sign in" if lang == "en" else pseudo_words("Sign in")
    assert (page.heading, page.buttons) == (said, [said])


def test_what_a_person_chose_stands_above_the_browser(ann, database):
    answer = ann.post("/account/language", data={"locale": "de"})

    assert (answer.status_code, answer.location) == (303, "/account")
    assert kept(database) == "de"
    page = ann.get("/account", headers={"Accept-Language": "en"}).page
    assert (page.heading, html(page)[0]) == (pseudo_words("Account"), "de")
    assert page.form("/account/language")["locale"] == ["de"]


def test_nothing_chosen_follows_the_browser_again(ann, database):
    ann.post("/account/language", data={"locale": "de"})
    ann.post("/account/language", data={"locale": ""})

    assert kept(database) is None
    assert html(ann.get("/account").page)[0] == "en"
    assert html(ann.get("/account", headers=GERMAN).page)[0] == "de"


def test_a_language_that_the_desk_does_not_speak_is_refused_beside_its_field(ann, database):
    answer = ann.post("/account/language", data={"locale": "tlh"})

    assert answer.status_code == 422
    assert answer.page.errors == [
        "Language of the pages: This is not one of the choices of this form. Choose again."
    ]
    assert kept(database) is None


def test_one_that_the_desk_spoke_once_is_as_good_as_none(ann, make, app, person):
    bea = app.test_client().sign_in(person("Bea", locale="tlh"))

    assert html(bea.get("/account").page)[0] == "en"


def test_a_language_from_right_to_left_turns_the_page(ann):
    ann.post("/account/language", data={"locale": "he"})

    assert html(ann.get("/account").page) == ("he", "rtl")


def test_refusals_and_dates_are_in_it_too(ann):
    page = ann.get("/no-such-page", headers=GERMAN).page

    assert page.heading == pseudo_words("There is no such page")


def test_choosing_is_written_down_without_what_was_chosen(ann, database):
    ann.post("/account/language", data={"locale": "de"})

    with database.reading() as session:
        [event] = session.exec(select(Event).where(Event.action == "person.set-locale")).all()
    assert event.details == {"fields": ["locale"]}


def test_nobody_chooses_for_somebody_else(database, actor, person):
    ann, bea = person("Ann"), person("Bea")
    with database.write() as session:
        with pytest.raises(NotAllowed):
            set_locale(session, actor(ann), bea.public_id, locale="de")
        with pytest.raises(Invalid):
            set_locale(session, actor(ann), ann.public_id, locale="xx")


@pytest.mark.parametrize(("asked", "said"), [("en", "1,234 "), ("de", "1.234 ")])
def test_a_sentence_tells_its_number_as_the_language_writes_it(app, asked, said):
    one, many = "%(num)s check", "%(num)s checks"
    page = app.jinja_env.from_string("{{ ngettext(one, many, 1234) }}")
    with app.test_request_context("/", headers={"Accept-Language": asked}):
        assert said in ngettext(one, many, 1234)
        assert said in page.render(one=one, many=many)
        assert "999 " in ngettext(one, many, 999)


def test_words_for_a_mail_need_no_request():
    assert languages.words_in("de").gettext("Sign in") == pseudo_words("Sign in")
    assert languages.words_in(None).gettext("Sign in") == "Sign in"
    assert languages.words_in("tlh").gettext("Sign in") == "Sign in"


def test_outside_of_a_request_the_desk_speaks_english(app):
    with app.app_context():
        assert wording.reason("a count") == "a count"


def test_a_catalogue_is_read_once(monkeypatch):
    monkeypatch.delitem(languages._read, "de")
    first = languages.words_in("de")

    assert languages.words_in("de") is first

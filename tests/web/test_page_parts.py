"""What all pages share: words, dates and numbers, places in lists, keys, fields."""

import ast
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from flask import g, render_template_string
from wtforms import BooleanField, Form, FormField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired

from app.domain import errors, sentences, words
from app.domain.claim_parts import QuantityRecord
from app.domain.errors import Invalid, NotAllowed
from app.domain.ids import now
from app.domain.label_presets import DESK_7
from app.domain.records import LabelRecord
from app.domain.sentences import SENTENCES
from app.domain.words import ClaimState, Role, Stance
from app.importers import problems
from app.web import filters, keys, paging, wording
from app.web.fields import DeskForm, choices, choices_of
from tests.cases import in_turn
from tests.pages import Page

APP = Path(__file__).parents[2] / "app"
ENUMS = [kind for kind in vars(words).values() if isinstance(kind, type) and kind is not StrEnum]
REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}


@pytest.fixture
def page(app):
    """Inside of a request."""
    with app.test_request_context("/keys"):
        yield app


# Words


@in_turn("kind", ENUMS)
def test_every_member_of_an_enumeration_has_a_word(page, kind):
    assert set(wording.WORDS[kind]) == {member.value for member in kind}
    assert all(wording.word(member) for member in kind)


def test_states_are_called_as_the_desk_calls_them(page):
    assert [wording.word(state) for state in ClaimState] == [
        "Suggested",
        "To check",
        "Checked",
        "Dropped",
    ]
    assert [wording.word(s) for s in Stance] == ["Backs it", "Contradicts it", "Context"]


def raised() -> set[str]:
    """Every code that the program refuses with, as far as it is written out."""
    found = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_every_refusal_has_a_sentence():
    assert raised() - SENTENCES.keys() - problems.SENTENCES.keys() == set()


def test_a_refusal_is_said_with_its_values(page):
    said = wording.sentence(Invalid("project.reviews", limit=20))

    assert said == "Write a number of checks from 1 to 20."


def test_one_of_what_a_refusal_counts_is_told_in_the_singular(page):
    one = Invalid("ruling.early", done=0, wanted=1)
    assert wording.sentence(one) == sentences.sentence(one)
    assert wording.sentence(one).startswith("0 of 1 check is in")
    assert wording.sentence(Invalid("ruling.early", done=1, wanted=2)).startswith("1 of 2 checks")
    assert "in a minute" in wording.sentence(Invalid("sign-in.throttled", minutes=1))


def test_lacking_leave_says_who_can_change_it(page):
    assert "editor" in wording.sentence(NotAllowed("not-allowed", action="x"))


# Dates and numbers


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("2025", "2025"),
        ("2025-09", "September 2025"),
        ("2025-09-04", "4 Sep 2025"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(page, value, shown):
    assert filters.partial(value) == shown


def test_times_are_those_of_the_project(page, project):
    late = datetime(2025, 9, 4, 23, 30, tzinfo=UTC)

    assert filters.moment(late) == "4 Sep 2025, 23:30"
    g.project = type("P", (), {"timezone": "Europe/Paris"})
    assert filters.moment(late) == "5 Sep 2025, 01:30"
    assert filters.day(date(2025, 9, 4)) == "4 Sep 2025"
    assert filters.stamp(late) == "2025-09-04T23:30:00Z"
    g.project = type("P", (), {"timezone": "Nowhere/Land"})
    assert filters.moment(late) == "4 Sep 2025, 23:30"


@pytest.mark.parametrize(
    ("zone", "value", "shown"),
    [
        ("Asia/Tokyo", datetime.max.replace(tzinfo=UTC), "31 Dec 9999, 23:59"),
        ("America/Lima", datetime.min.replace(tzinfo=UTC), "1 Jan 1, 00:00"),
    ],
)
def test_a_time_that_the_zone_of_the_project_does_not_reach_is_shown_in_utc(
    page, zone, value, shown
):
    g.project = type("P", (), {"timezone": zone})

    assert filters.moment(value) == shown


def test_a_time_that_is_near_is_told_by_its_weekday(page, monkeypatch):
    monkeypatch.setattr(filters, "now", lambda: datetime(2025, 9, 4, 12, tzinfo=UTC))

    days = [datetime(2025, 9, day, 14, 2, tzinfo=UTC) for day in (4, 5, 10, 11, 3)]

    assert [filters.soon(day) for day in days] == [
        "today 14:02",
        "Fri 14:02",
        "Wed 14:02",
        "11 Sep 2025, 14:02",
        "3 Sep 2025, 14:02",
    ]


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (1, "1 minute"),
        (60, "1 hour"),
        (1440, "1 day"),
        (2 * 1440 + 3 * 60 + 4, "2 days 3 hours 4 minutes"),
    ],
)
def test_how_long_something_lasts_is_said_in_words(page, minutes, shown):
    assert filters.lasting(minutes) == shown


@pytest.mark.parametrize(
    ("gap", "shown"),
    [(0, "just now"), (-130, "2 minutes ago"), (3 * 3600 + 5, "in 3 hours")],
)
def test_gaps_are_said_in_words(page, gap, shown):
    assert filters.ago(now() + timedelta(seconds=gap)) == shown


def test_what_happened_before_the_clock_was_set_back_is_not_said_to_come(page):
    assert filters.since(now() + timedelta(hours=1)) == "just now"
    assert filters.since(now() - timedelta(seconds=130)) == "2 minutes ago"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1_100_000_000, 2, "1,100,000,000"),
        (0.256, 2, "0.26"),
        (3, 0, "3"),
        (2.5, 1, "2.5"),
        (float("nan"), 2, "–"),
    ],
)
def test_numbers_have_separators(page, value, digits, shown):
    assert filters.number(value, digits) == shown
    assert filters.percent(0.82) == "82%"


# Places in long lists


@pytest.mark.parametrize("key", [(0.5, 12), (None, 3), (1, 2)])
def test_a_place_is_found_again(app, key):
    with app.test_request_context(query_string={"after": paging.place_of(key)}):
        assert paging.after((float, int)) == key


def test_the_first_page_is_after_nothing(page):
    assert paging.after((int,)) is None


@in_turn(
    "place",
    [
        "x",
        "é",
        "%%",
        "x" * 1_000,
        paging.place_of(("a", 1)),
        paging.place_of((1,)),
        paging.place_of((0.5, 1.5)),
        paging.place_of((0.5, 2**70)),
        paging.place_of((True, 1)),
        paging.place_of((float("nan"), 1)),
        "eyJhIjoxfQ",
        "W1tbW1tb" * 50,
    ],
)
def test_a_place_that_was_never_handed_out_is_refused(app, place):
    with (
        app.test_request_context(query_string={"after": place}),
        pytest.raises(Invalid, match=r"page\.place"),
    ):
        paging.after((float, int))


# Keys


def test_no_key_means_two_things_on_a_page():
    everywhere = [k.key for k in keys.KEYS if k.page == keys.EVERYWHERE]

    for page_name in keys.PAGES:
        mine = [k.key for k in keys.KEYS if k.page == page_name]
        counts = Counter(mine if page_name == keys.EVERYWHERE else mine + everywhere)
        assert [key for key, n in counts.items() if n > 1] == []


def test_no_action_has_two_keys():
    counts = Counter((k.page, k.action) for k in keys.KEYS)

    assert max(counts.values()) == 1


def test_keys_are_those_of_the_design():
    assert [keys.key("review", f"content-{n}") for n in range(1, 11)] == list("1234567890")
    assert [keys.key("review", f"attribution-{n}") for n in range(1, 8)] == list("qwrtyui")
    assert [keys.key("review", f"source-{n}") for n in range(1, 6)] == list("zxcvb")
    named = {name: keys.key("review", name) for name in ("link", "skip", "later", "undo", "notes")}
    assert named == {"link": "e", "skip": "s", "later": "l", "undo": "k", "notes": "n"}
    assert keys.key("review", "content-11") == ""


# Fields


class SourceForm(Form):
    url = StringField("Link", [InputRequired("Paste a link.")])


class ExampleForm(DeskForm):
    text = StringField("Text")
    secret = PasswordField("Secret")
    tick = BooleanField("Tick")
    role = RadioField("Role", choices=choices([("a", "First"), ("b", "Second")]))
    source = FormField(SourceForm, "Source")


def post(app, **data):
    return app.test_request_context("/x", method="POST", data=data)


def test_texts_are_tidied_and_passwords_are_not(app):
    with post(app, text="  a\r\nb\0 ", secret=" x "):
        form = ExampleForm()

    assert (form.text.data, form.secret.data) == ("a\nb", " x ")


def test_choices_of_an_enumeration_are_in_its_words(page):
    first, *rest = choices_of(Role, blank="Choose")

    assert (first.value, first.label) == ("", "Choose")
    assert [(c.value, c.label) for c in rest][1] == ("reviewer", "Checker")


TEMPLATE = """{% from "macros/forms.html" import field, radio_group, error_summary, submit, csrf %}
<!doctype html><html lang="en"><head><title>x</title></head><body>
{{ error_summary(form) }}{{ csrf() }}
{{ field(form.text, hint="A hint", maxlength=5) }}{{ field(form.tick) }}
{{ radio_group(form.role, hint="Choose", keys=("1",)) }}{{ field(form.source.url) }}
{{ submit("Save", name="do", value="save", key="s", class="quiet") }}</body></html>"""


def test_fields_join_label_hint_and_error(app):
    with post(app, text="typed"):
        form = ExampleForm()
        form.validate()
        form.refuse(Invalid("link.shape", field="text"))
        form.refuse(Invalid("page.place"))
        page = Page(render_template_string(TEMPLATE, form=form).replace("\n", " ").strip())

    text = page.by_id("text")
    assert text.get("aria-describedby").split() == ["text-hint", "text-error"]
    assert (text.get("aria-invalid"), text.get("maxlength")) == ("true", "5")
    assert page.by_id("role").get("aria-describedby") == "role-hint role-error"
    assert page.by_id("role-0").get("data-key") == "1"
    assert page.errors[0] == "This part of the list does not exist. Begin at its first page."
    assert "Text: This is not a web address." in page.errors
    assert "Link: Paste a link." in page.errors
    assert page.links["Link: Paste a link."] == "#source-url"
    assert page.buttons == ["Save"]


# How claims and verdicts are told

CLAIM = """{% from "macros/claims.html" import state_badge, chain, why_picked, quantity %}
{% from "macros/verdicts.html" import verdict %}
<p id="chain">{{ chain(hops) }}</p><p id="own">{{ chain(()) }}</p>
<p id="state">{{ state_badge(state) }}</p><div id="why">{{ why_picked({"reasons": ["a count"], "against": ["a plan"]}) }}</div>
<p id="quantity">{{ quantity(quantity_) }}</p>
{% for label in labels %}<p id="{{ label.code }}">{{ verdict(label) }}</p>{% endfor %}
<p id="none">{{ verdict(none) }}</p>"""


LABELS = [
    LabelRecord(place, label.code, label.name, label.definition, label.rank, place)
    for place, label in enumerate(DESK_7.labels)
]


def test_claims_and_verdicts_are_told_in_words(page):
    hops = [{"agent": name} for name in ("CBS News", "a White House official", "Donald Trump")]
    values = {"hops": hops, "state": ClaimState.OPEN, "labels": LABELS}
    quantity = QuantityRecord(1.1e9, "EUR", "1.1 billion euros", "in one year")
    shown = Page(render_template_string(CLAIM, quantity_=quantity, **values))

    def said(name):
        return "".join(shown.by_id(name).itertext()).replace("\n", " ").strip()

    assert said("chain") == "CBS News › a White House official › Donald Trump"
    assert (said("own"), said("state")) == ("the article's own voice", "To check")
    assert said("none") == "No answer"
    assert " ".join(said("why").split()) == "a count speaks against it: a plan"
    assert " ".join(said("quantity").split()) == "1.1 billion euros, in one year"
    assert [said(label.code) for label in DESK_7.labels] == [x.name for x in DESK_7.labels]
    assert shown.by_id("false").find("span").get("class") == "verdict on rank-1"
    assert shown.by_id("unproven").find("span").get("class") == "verdict off"

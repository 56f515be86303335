"""The form of a check: what scripts may post, what is refused, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.domain.ids import now
from app.domain.words import Role
from app.storage.tables import (
    Evidence,
    Label,
    LabelScheme,
    ReviewVersion,
    Sighting,
    Source,
    SourceRule,
)
from tests.cases import in_turn
from tests.web.checking import CHAIN, article, fields, hop_ids, lone_claim, row, start, versions

ROW = {
    "sources-0-url": "https://example.org/a",
    "sources-0-title": "A",
    "sources-0-quote": "the words",
    "sources-0-stance": "refutes",
    "sources-0-answers": "both",
    "sources-0-locator": "p. 4",
}


@pytest.fixture
def client(login, project):
    return login(Role.REVIEWER)


@pytest.fixture
def review(client, project, database):
    """A check of a claim that nobody is named for."""
    article(database, project, claims=2)
    return start(client, project)


@pytest.fixture
def attributed(client, project, database):
    """A check of a claim that somebody is said to have made."""
    article(database, project, claims=2, hops=CHAIN)
    return start(client, project)


def used(database):
    with database.reading() as session:
        rows = session.exec(
            select(Evidence, Source)
            .join(Source, Source.id == Evidence.source_id)
            .order_by(Evidence.position)
        ).all()
    return [(source.url, source.title, use.stance, use.answers, use.quote) for use, source in rows]


def test_a_bare_verdict_is_enough(client, review, database):
    sent = client.post(f"/reviews/{review}", data={"verdict": "false"})

    assert sent.status_code == 303
    assert sent.location.startswith("/reviews/")
    assert sent.location != f"/reviews/{review}"
    (version,) = versions(database, review)
    assert (version.number, version.rationale, version.active_seconds) == (1, "", None)


def test_the_last_check_leads_to_the_page_of_taking(client, project, database):
    lone_claim(database, project)
    review = start(client, project)

    sent = client.post(f"/reviews/{review}", data={"verdict": "false", "do": "submit"})

    assert (sent.status_code, sent.location) == (303, "/projects/desk/review")


FILLED = {
    **ROW,
    "verdict": "half-true",
    "attribution_verdict": "misquoted",
    "confidence": "low",
    "rationale": " Why. ",
    "not_known": "The year.",
    "notes": "Ask Ben.",
    "active_seconds": "61",
    "sources-0-published": "2025",
    "sources-0-publisher": "Town",
    "sources-0-record": "background",
}


def test_everything_of_the_form_is_kept(client, attributed, database):
    data = fields(client.get(f"/reviews/{attributed}").page, attributed)
    hops = sorted(int(name.split("-")[1]) for name in data if name.endswith("-on"))
    data |= {
        **FILLED,
        f"hop-{hops[0]}-seen": "on",
        f"hop-{hops[1]}-url": "https://example.org/statement",
        f"hop-{hops[1]}-on": "2025-09",
    }

    assert client.post(f"/reviews/{attributed}", data=data).status_code == 303

    (version,) = versions(database, attributed)
    assert (version.rationale, version.not_known, version.notes) == (
        "Why.",
        "The year.",
        "Ask Ben.",
    )
    assert (version.confidence, version.active_seconds) == ("low", 61)
    assert used(database) == [
        ("https://example.org/a", "A", "refutes", "both", "the words"),
    ]
    with database.reading() as session:
        seen = session.exec(select(Sighting).order_by(Sighting.hop_id)).all()
    assert [(s.hop_id, s.url, s.said_on) for s in seen] == [
        (hops[0], None, None),
        (hops[1], "https://example.org/statement", "2025-09"),
    ]


def test_the_form_comes_back_as_it_was_sent(client, attributed, database):
    data = {**ROW, "verdict": "true", "attribution_verdict": "confirmed", "rationale": "Why."}
    client.post(f"/reviews/{attributed}", data=data)

    shown = fields(client.get(f"/reviews/{attributed}").page, attributed)

    assert data.items() <= shown.items()
    assert shown["base_version"] == "1"


def test_submit_stands_first_in_the_form(client, review):
    form = next(
        f
        for f in client.get(f"/reviews/{review}").page.all("form")
        if f.get("action") == f"/reviews/{review}"
    )

    first = next(e for e in form.iter() if e.tag in {"button", "input"})

    assert (first.get("name"), first.get("value")) == ("do", "submit")


def test_a_row_that_tells_no_source_is_ignored(client, review, database):
    data = {
        "verdict": "true",
        "sources-0-stance": "refutes",
        "sources-0-locator": "p. 3",
        "sources-7-url": "https://example.org/seven",
        "sources-3-title": "A book",
    }

    assert client.post(f"/reviews/{review}", data=data).status_code == 303

    assert [(url, title) for url, title, *_ in used(database)] == [
        (None, "A book"),
        ("https://example.org/seven", ""),
    ]


def test_was_it_said_is_not_asked_where_nobody_is_named(client, review, database):
    page = client.get(f"/reviews/{review}").page

    assert "Was it said?" not in page.text.split("Sources")[0]
    sent = client.post(
        f"/reviews/{review}", data={"verdict": "true", "attribution_verdict": "confirmed"}
    )
    assert sent.status_code == 303
    assert versions(database, review)[0].attribution_label_id is None


SCRIPT_LINKS = ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)", "ftp://e.org/x"]
REFUSED = [
    ({"verdict": ""}, "#verdict"),
    ({"verdict": "nonsense"}, "#verdict"),
    ({"attribution_verdict": ""}, "#attribution_verdict"),
    ({"attribution_verdict": "nonsense"}, "#attribution_verdict"),
    ({"confidence": "utter"}, "#confidence"),
    ({"rationale": "x" * 20_001}, "#rationale"),
    ({"not_known": "x" * 20_001}, "#not_known"),
    ({"notes": "x" * 20_001}, "#notes"),
    *(({**ROW, "sources-0-url": url}, "#sources-0-url") for url in SCRIPT_LINKS),
    ({**ROW, "sources-0-url": "https://a:b@example.org"}, "#sources-0-url"),
    ({**ROW, "sources-0-url": "https://[x"}, "#sources-0-url"),
    ({**ROW, "sources-0-url": "", "sources-0-kind": "web"}, "#sources-0-url"),
    ({"sources-2-quote": "Only words"}, "#sources-2-title"),
    ({**ROW, "sources-0-quote": "x" * 10_001}, "#sources-0-quote"),
    ({**ROW, "sources-0-publisher": "x" * 201}, "#sources-0-publisher"),
    ({**ROW, "sources-0-published": "yesterday"}, "#sources-0-published"),
    ({**ROW, "sources-0-stance": "denies"}, "#sources-0-stance"),
    ({f"sources-{n}-url": f"https://example.org/{n}" for n in range(51)}, "#sources"),
]


@in_turn(("wrong", "link"), REFUSED)
def test_a_refusal_keeps_the_form_as_typed_and_links_to_the_field(
    client, attributed, database, wrong, link
):
    shown = fields(client.get(f"/reviews/{attributed}").page, attributed)
    typed = {
        **shown,
        "verdict": "false",
        "attribution_verdict": "confirmed",
        "rationale": "  Kept <b>as</b> typed & more. ",
        "notes": "Mine.",
        **wrong,
    }

    answer = client.post(f"/reviews/{attributed}", data=typed)

    assert answer.status_code == 422
    assert link in answer.page.links.values()
    assert answer.page.errors
    back = fields(answer.page, attributed)
    for name, text in typed.items():
        known = name in back and name not in {"key", "csrf_token"}
        if known and text not in {"nonsense", "utter", "denies"}:
            assert back[name] == text, name
    assert versions(database, attributed) == []
    assert row(database, attributed).state == "lent"


def test_all_mistakes_are_told_at_once(client, attributed):
    answer = client.post(f"/reviews/{attributed}", data={"sources-0-url": "javascript:x"})

    assert list(answer.page.links.values()).count("#verdict") == 1
    assert len(answer.page.errors) == 3
    assert answer.page.errors[:2] == [
        "Choose an answer to “Was it said?”.",
        "Choose an answer to “Is it so?”.",
    ]


def test_a_label_that_needs_a_source_is_refused_without_one(
    client, review, project, database, make
):
    with database.reading() as session:
        label = session.exec(
            select(Label)
            .join(LabelScheme)
            .where(Label.code == "false", LabelScheme.code == "desk-7")
        ).one()
    make(SourceRule, project_id=project.id, label_id=label.id, needs_source=True)
    assert "Needs a source." in client.get(f"/reviews/{review}").page.text

    refused = client.post(f"/reviews/{review}", data={"verdict": "false", "rationale": "Because."})

    assert refused.status_code == 422
    assert "#sources" in refused.page.links.values()
    assert fields(refused.page, review)["rationale"] == "Because."
    assert client.post(f"/reviews/{review}", data={"verdict": "true"}).status_code == 303
    again = client.post(f"/reviews/{review}", data={"verdict": "false", "base_version": "1", **ROW})
    assert again.status_code == 303


@pytest.mark.parametrize(("date", "url"), [("soon", ""), ("", "javascript:x")])
def test_a_hop_seen_with_a_bad_link_or_date_is_refused_beside_it(
    client, attributed, database, date, url
):
    hop = fields_hops(client, attributed)[0]
    data = {
        "verdict": "true",
        "attribution_verdict": "confirmed",
        f"hop-{hop}-seen": "on",
        f"hop-{hop}-url": url,
        f"hop-{hop}-on": date,
    }

    answer = client.post(f"/reviews/{attributed}", data=data)

    assert answer.status_code == 422
    wrong = f"hop-{hop}-on" if date else f"hop-{hop}-url"
    assert f"#{wrong}" in answer.page.links.values()
    assert fields(answer.page, attributed)[wrong] == (date or url)


def fields_hops(client, review):
    shown = fields(client.get(f"/reviews/{review}").page, review)
    return sorted(int(name.split("-")[1]) for name in shown if name.endswith("-on"))


def test_hops_of_other_claims_are_no_sightings(client, project, database):
    first, second = article(database, project, claims=2, hops=CHAIN)
    review = start(client, project)
    foreign = hop_ids(database, second)[0]

    client.post(
        f"/reviews/{review}",
        data={"verdict": "true", "attribution_verdict": "confirmed", f"hop-{foreign}-seen": "on"},
    )

    assert first != second
    with database.reading() as session:
        assert session.exec(select(Sighting)).all() == []


@pytest.mark.parametrize("do", ["", "nonsense", "remove-source-x", "offer-nothing", "SUBMIT"])
def test_an_unknown_button_writes_no_version(client, review, database, do):
    answer = client.post(f"/reviews/{review}", data={"do": do, "rationale": "Kept."})

    assert answer.status_code in {303, 422}
    if answer.status_code == 422:
        assert fields(answer.page, review)["rationale"] == "Kept."
    assert versions(database, review) == []


ODD = {
    "right to left": "הנשיא אמר כי רוסיה קיבלה מיליארדים",
    "emoji": "👩🏽‍💻 flags 🇺🇦 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "twenty thousand": "ü" * 20_000,
    "markup": "</textarea><script>alert(1)</script>{{ 7 * 7 }} %(x)s",
    "blank lines": "one\n\n\ntwo",
}


@pytest.mark.parametrize("name", list(ODD))
def test_any_text_comes_back_as_it_went_in(client, review, database, name):
    text = ODD[name]

    sent = client.post(
        f"/reviews/{review}",
        data={
            "verdict": "true",
            "rationale": text,
            "sources-0-url": "https://e.org",
            "notes": text,
        },
    )

    assert sent.status_code == 303
    assert fields(client.get(f"/reviews/{review}").page, review)["rationale"] == text
    with database.reading() as session:
        assert session.exec(select(ReviewVersion.rationale)).one() == text


def test_windows_line_ends_and_nul_do_no_harm(client, review, database):
    client.post(f"/reviews/{review}", data={"verdict": "true", "rationale": "a\r\nb\0c\rd"})

    assert versions(database, review)[0].rationale == "a\nbc\nd"


def test_a_form_that_is_too_large_is_refused_as_such(client, review, app):
    app.config["MAX_CONTENT_LENGTH"] = 1_000

    answer = client.post(f"/reviews/{review}", data={"verdict": "true", "rationale": "x" * 2_000})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "junk",
    [
        {"base_version": "x"},
        {"base_version": "٣"},
        {"active_seconds": "-4"},
        {"active_seconds": "99999999999999"},
        {"started_at": "yesterday"},
        {"started_at": "2025-09-04"},
        {"started_at": "0001-01-01T00:00:00+23:59"},
        {"draft_version": "1e9"},
        {"key": "k" * 5_000},
        {"sources-99999-url": "https://example.org"},
        {"hop-99999999999999999999-seen": "on"},
        {"hop-999999999999999999-seen": "on"},
    ],
)
def test_junk_in_hidden_fields_breaks_nothing(client, review, junk):
    assert client.post(f"/reviews/{review}", data={"verdict": "true", **junk}).status_code == 303


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "1999-12-31T23:59:59+00:00",
        "2999-01-01T00:00:00+00:00",
    ],
)
def test_a_time_at_which_no_check_was_begun_is_as_good_as_none(client, review, database, moment):
    client.post(f"/reviews/{review}", data={"verdict": "true", "started_at": moment})

    # Then it is the time at which the claim was lent.
    assert abs(versions(database, review)[0].started_at - now()) < timedelta(minutes=5)

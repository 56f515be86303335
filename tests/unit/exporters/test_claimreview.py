"""ClaimReview: what is written, what is refused, what a strict reader finds, what others write."""

import json
from copy import deepcopy
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.findings import PublicSource
from app.domain.words import AgentKind, Answers, SourceKind, Stance
from app.exporters import claimreview
from app.exporters.claimreview_rules import problems
from app.importers.claimreview import read
from tests.cases import in_turn
from tests.unit.exporters.finding_samples import CORRECTED, FINDING, HALF, RULING, UNPROVEN, hop

WHOLE = claimreview.made(replace(FINDING, rulings=(CORRECTED, RULING)))


def ruled(**values):
    return replace(FINDING, rulings=(replace(RULING, **values),))


def codes(thing):
    return {(problem.column, problem.code) for problem in problems(thing)}


def changed(path, value):
    """The whole object with another value at a path; without the key for None."""
    thing = deepcopy(WHOLE)
    *way, last = path.split(".")
    place = thing
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return thing


def test_the_whole_object_is_valid_and_says_what_was_found():
    assert problems(WHOLE) == []
    assert WHOLE["claimReviewed"] == "Fuel sales of 1.1 billion euros in one year"
    assert WHOLE["url"] == "https://desk.example/checks/17"
    assert WHOLE["author"]["name"] == "The Desk"
    assert WHOLE["itemReviewed"]["author"] == {
        "@type": "Person",
        "name": "Donald Trump",
        "jobTitle": "President of the United States",
        "sameAs": ["https://www.wikidata.org/wiki/Q22686"],
    }
    assert [work["url"] for work in WHOLE["itemReviewed"]["appearance"]] == [
        "https://news.example/leaders",
        "https://cbs.example/call",
    ]
    assert WHOLE["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Half true",
        "ratingExplanation": "The figure is of two years.",
        "ratingValue": 3,
        "bestRating": 5,
        "worstRating": 1,
    }
    [correction] = WHOLE["correction"]
    assert correction["text"] == "We had read the wrong table."


def test_a_search_that_found_nothing_is_no_citation():
    search = PublicSource(
        stance=Stance.CONTEXT,
        answers=Answers.SO,
        kind=SourceKind.SEARCH,
        url="https://search.example/?q=call",
        title="a record of the call",
        searched_on="2025-09-06",
    )
    assert claimreview.made(replace(FINDING, sources=(search,))) == claimreview.made(FINDING)


def test_the_claim_is_dated_when_it_was_said_and_the_review_when_it_was_published():
    thing = claimreview.made(replace(FINDING, said_on="2025-09", published_on="2025-09-30"))
    assert thing["itemReviewed"]["datePublished"] == "2025-09"
    assert thing["datePublished"] == "2025-09-30"
    hops = (hop("Ann", said_on="2024"),)
    said = claimreview.made(replace(FINDING, said_on=None, hops=hops, published_on=None))
    assert said["itemReviewed"]["datePublished"] == "2024"
    assert "datePublished" not in said


@in_turn(
    ("kind", "is_named", "wanted"),
    [
        (AgentKind.PERSON, True, "Person"),
        (AgentKind.ORGANISATION, True, "Organization"),
        (AgentKind.DOCUMENT, True, None),
        (AgentKind.UNNAMED, True, None),
        (AgentKind.PERSON, False, None),
    ],
)
def test_who_said_it_stands_there_in_their_kind_or_not_at_all(kind, is_named, wanted):
    hops = (hop("Somebody", agent_kind=kind, is_named=is_named, role="Minister"),)
    thing = claimreview.made(replace(FINDING, hops=hops))
    author = thing["itemReviewed"].get("author", {})
    assert author.get("@type") == wanted
    assert ("jobTitle" in author) == (wanted == "Person")
    assert problems(thing) == []


def test_the_first_place_is_where_the_claimant_said_it_and_is_not_said_twice():
    hops = (hop("CBS", url="https://cbs.example/"), hop("Ann", url="https://ann.example/"))
    item = claimreview.made(replace(FINDING, hops=hops))["itemReviewed"]
    assert item["firstAppearance"]["url"] == "https://ann.example/"
    assert "https://ann.example/" not in [work["url"] for work in item["appearance"]]


@in_turn(
    ("values", "numbers"),
    [
        ({}, (1, 5, 1)),
        ({"content": HALF, "ranks": (2, 3, 7)}, (3, 7, 2)),
        ({"content": UNPROVEN}, None),
        ({"ranks": ()}, None),
        ({"ranks": (1,)}, None),
        ({"ranks": (0, 1, 2)}, None),
    ],
)
def test_all_three_numbers_are_there_or_none(values, numbers):
    thing = claimreview.made(ruled(**values))
    rating = thing["reviewRating"]
    names = ("ratingValue", "bestRating", "worstRating")
    assert tuple(rating[n] for n in names if n in rating) == (numbers or ())
    assert problems(thing) == []


@in_turn(
    ("finding", "code"),
    [
        (replace(FINDING, published_url=None), "claimreview.url"),
        (replace(FINDING, publisher_name=" "), "claimreview.publisher"),
        (ruled(short_text="x" * 75), "claimreview.wording"),
        (replace(ruled(short_text=""), text="x" * 75), "claimreview.wording"),
        (ruled(short_text="It is false that bread is dear"), "claimreview.rating"),
        (replace(FINDING, article_url="https://www.desk.example/x"), "claimreview.own-domain"),
        (replace(FINDING, seen_at_url="https://blog.desk.example/x"), "claimreview.own-domain"),
        (
            replace(FINDING, publisher_url="https://cbs.example/", hops=FINDING.hops),
            "claimreview.own-domain",
        ),
    ],
)
def test_what_cannot_be_valid_is_not_written_and_said(finding, code):
    assert claimreview.missing(finding) == [code]
    assert claimreview.made(finding) is None
    assert list(claimreview.write([finding])) == []


@pytest.mark.parametrize(
    "text", ["x" * 74, "Falsehoods about bread", "Bread is a false friendship"]
)
def test_a_wording_of_74_characters_fits_and_is_never_cut(text):
    finding = ruled(short_text=text, content=replace(HALF, name="False friend"))
    assert claimreview.made(finding)["claimReviewed"] == text


def test_without_a_short_wording_the_claim_itself_is_used():
    assert claimreview.made(ruled(short_text=""))["claimReviewed"] == FINDING.text


REQUIRED = (
    *("@context", "@type", "url", "claimReviewed", "author", "itemReviewed", "reviewRating"),
    *("author.@type", "author.name", "itemReviewed.@type", "itemReviewed.author.@type"),
    *("itemReviewed.author.name", "itemReviewed.appearance.0.@type", "reviewRating.@type"),
    *("itemReviewed.appearance.0.url", "reviewRating.alternateName", "reviewRating.bestRating"),
    *("reviewRating.worstRating", "reviewRating.ratingValue", "correction.0.text"),
    *("correction.0.@type", "correction.0.datePublished"),
)


@in_turn("path", REQUIRED)
def test_a_key_that_must_be_there_is_missed(path):
    spoilt = changed(path, None)
    if path == "author.name":
        assert problems(spoilt) == [], "an address names the desk too"
        del spoilt["author"]["url"]
    assert problems(spoilt) != []


@in_turn("path", REQUIRED)
@in_turn("value", ["", " ", [], {}, 0])
def test_a_key_that_holds_nothing_or_another_thing_is_a_fault(path, value):
    assert problems(changed(path, value)) != []


@in_turn(
    ("path", "value", "code"),
    [
        ("claimReviewed", "x" * 75, "wording.length"),
        ("claimReviewed", "Half true: bread is dear", "wording.rating"),
        ("url", "desk.example/x", "link.shape"),
        ("url", "javascript:alert(1)", "link.shape"),
        ("datePublished", "2025-09", "date.shape"),
        ("datePublished", "2025-09-04T10:00:00", "date.shape"),
        ("extra", "x", "key.unknown"),
        ("author.@type", "Desk", "author.type"),
        ("author.url", "desk", "link.shape"),
        ("itemReviewed.datePublished", "4 September", "date.shape"),
        ("itemReviewed.author.@type", "Unnamed", "author.type"),
        ("itemReviewed.author.@type", "Organization", "author.job"),
        ("itemReviewed.author.sameAs", ["Q22686"], "link.shape"),
        ("itemReviewed.appearance", "https://news.example/", "appearance.list"),
        ("itemReviewed.appearance", ["https://news.example/"], "appearance.type"),
        ("itemReviewed.appearance.0.url", "https://desk.example/own", "appearance.own"),
        ("itemReviewed.firstAppearance", "https://news.example/", "appearance.type"),
        ("reviewRating.ratingValue", 6, "rating.numbers"),
        ("reviewRating.ratingValue", "3", "rating.numbers"),
        ("reviewRating.ratingValue", True, "rating.numbers"),
        ("reviewRating.worstRating", 0, "rating.numbers"),
        ("reviewRating.worstRating", 5, "rating.numbers"),
        ("correction", "We were wrong.", "type.other"),
    ],
)
def test_each_fault_has_its_name(path, value, code):
    assert code in {found for _where, found in codes(changed(path, value))}


@in_turn("thing", [None, [], "x", 3])
def test_what_is_no_object_is_a_fault(thing):
    assert codes(thing) == {(None, "object.shape")}


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(deadline=None)
@given(NAMES, NAMES, NAMES, st.sampled_from(AgentKind), st.booleans())
def test_whatever_is_written_is_valid_and_never_empty(first, second, third, kind, is_named):
    finding = replace(
        FINDING,
        text=first,
        hops=(hop(second, agent_kind=kind, is_named=is_named, role=third, same_as=first),),
        rulings=(replace(RULING, conclusion=third, short_text=second),),
        publisher_name=third,
        publisher_url=first,
        corrections_url=second,
    )
    thing = claimreview.made(finding)
    assert (thing is None) == bool(claimreview.missing(finding))
    if thing is not None:
        assert problems(thing) == []
        assert problems(json.loads(claimreview.as_json(thing))) == []


@in_turn("text", ["</script><b>", "<!--<script>", "]]>", "</ScRiPt >"])
def test_nothing_in_it_ends_the_script_of_a_page(text):
    finding = ruled(conclusion=text)
    page = f"<p>{claimreview.as_script(claimreview.made(finding))}</p><i>after</i>"
    root = html5lib.parse(page, namespaceHTMLElements=False)
    [script] = root.iter("script")
    assert json.loads(script.text)["reviewRating"]["ratingExplanation"] == text
    assert [e.text for e in root.iter("i")] == ["after"]
    assert not list(root.iter("b"))


def test_what_we_write_is_read_back():
    found = read(WHOLE)
    assert found.claim == WHOLE["claimReviewed"]
    assert found.publishers == ("The Desk",)
    assert found.claimants == ("Donald Trump",)
    assert found.appearances == ("https://news.example/leaders", "https://cbs.example/call")
    assert (found.rating, found.said_on, found.url) == ("Half true", "2025-09-04", WHOLE["url"])


@in_turn(
    "appearance",
    [
        "https://a.example/",
        {"@type": "CreativeWork", "url": "https://a.example/"},
        ["https://a.example/"],
        [{"url": "https://a.example/"}, None, {"url": ""}],
        {"@id": "https://a.example/"},
    ],
)
@in_turn("author", [{"name": "Ann"}, [{"name": "Ann"}], "Ann", ["Ann", {}]])
def test_what_others_write_is_read_whatever_its_shape(appearance, author):
    item = {"@type": "Claim", "appearance": appearance, "author": author}
    found = read({"claimReviewed": "Bread is dear", "author": author, "itemReviewed": item})
    assert found.appearances == ("https://a.example/",)
    assert (found.claimants, found.publishers) == (("Ann",), ("Ann",))


@in_turn("thing", [{}, {"itemReviewed": None}, {"itemReviewed": []}, {"author": 3}])
def test_what_is_left_out_is_read_as_nothing(thing):
    found = read(thing)
    assert (found.claim, found.appearances, found.claimants) == ("", (), ())


def file_codes(text):
    return {(problem.line, problem.code) for problem in claimreview.validate([text])}


def test_a_file_holds_a_line_for_each_claim_and_a_reader_finds_what_is_wrong_in_it():
    other = replace(FINDING, published_url="https://desk.example/checks/18")
    text = "".join(claimreview.write([FINDING, replace(FINDING, published_url=None), other]))
    assert len(text.splitlines()) == 2
    assert file_codes(text) == set()
    assert file_codes(text + text) == {(3, "row.double"), (4, "row.double")}
    assert file_codes("{\n") == {(1, "line.json")}
    assert file_codes("[]\n") == {(1, "object.shape")}


def test_what_is_left_out_is_named_with_its_reasons():
    assert claimreview.left_out(FINDING) is None
    bare = replace(FINDING, published_url=None, publisher_name=None)
    told = claimreview.left_out(bare)
    assert told.thing == FINDING.claim_id
    assert told.codes == ("claimreview.url", "claimreview.publisher")

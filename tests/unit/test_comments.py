"""The words of a comment: who is mentioned, what is a link, in any script."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.comments import MAX_TEXT, Run, checked_text, plain, runs, with_mentions
from app.domain.errors import Invalid
from tests.cases import in_turn

MEMBERS = [
    ("ann222222222", "Ann"),
    ("annsmith2222", "Ann Smith"),
    ("layla2222222", "ليلى حداد"),
    ("wang22222222", "王小明"),
    ("rocket222222", "🚀 Team 👩‍🚀"),
    ("zoe222222222", "Zoë d’Arc-O'Neil"),
    ("dot222222222", "A. (B) [C] *+?"),
    ("other2222222", "Ann"),
]
NAMES = dict(MEMBERS)


@in_turn(
    ("text", "mentioned"),
    [
        ("@Ann Smith, look", ["annsmith2222"]),
        ("@ann smith", ["annsmith2222"]),
        ("@Ann\u00a0Smith", ["annsmith2222"]),
        ("@Ann, look", ["ann222222222", "other2222222"]),
        ("@Annabel is no member", []),
        ("@Ann Smithson", ["ann222222222", "other2222222"]),
        ("مرحبا @ليلى حداد، انظري", ["layla2222222"]),
        ("\u2067@\u2067ليلى حداد\u2069", ["layla2222222"]),
        ("请问@王小明你好", ["wang22222222"]),
        ("@🚀 Team 👩‍🚀!", ["rocket222222"]),
        ("@🚀 Team 👩", []),
        ("@Zoe\u0308 d’Arc-O'Neil", ["zoe222222222"]),
        ("@A. (B) [C] *+?", ["dot222222222"]),
        ("write to sue@Ann.example", []),
        ("https://social.example/@Ann", []),
        ("@", []),
        ("@@Ann", ["ann222222222", "other2222222"]),
    ],
)
def test_the_longest_name_of_a_member_is_mentioned(text, mentioned):
    stored, found = with_mentions(checked_text(text), MEMBERS)

    assert found == mentioned
    assert ("@{" in stored) == bool(mentioned)


def test_a_mention_shows_the_name_of_today_and_nothing_of_the_old_one():
    stored, _found = with_mentions("Ask @Ann Smith today.", MEMBERS)

    assert "Smith" not in stored
    assert runs(stored, {"annsmith2222": "Person 7"}) == (
        Run("Ask "),
        Run("@Person 7", is_mention=True),
        Run(" today."),
    )


def test_what_only_looks_like_a_stored_mention_stays_as_it_was_typed():
    assert runs("@{aaaaaaaaaaaa}", NAMES) == (Run("@{aaaaaaaaaaaa}"),)


@in_turn(
    ("text", "links"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x_(y))", ["https://a.example/x_(y)"]),
        (
            "HTTP://A.example, or http://b.example/?q=1!",
            ["HTTP://A.example", "http://b.example/?q=1"],
        ),
        ("javascript:alert(1) data:text/html,x", []),
        ("https://user:pass@bank.example/", []),
        ("https://", []),
        ("https://a.example/<b>", ["https://a.example/"]),
    ],
)
def test_web_addresses_are_links_and_nothing_else_is(text, links):
    found = runs(text, {})

    assert [run.url for run in found if run.url] == links
    assert "".join(run.words for run in found) == text


@given(st.text(alphabet="@{}an Sm/:htps.()🚀ل\u200d\u0301", max_size=80))
def test_nothing_that_was_typed_is_lost(text):
    stored, _found = with_mentions(text, MEMBERS)

    shown = plain(stored, NAMES)
    assert shown.lower().replace(" ", "") == text.lower().replace(" ", "")


def test_thousands_of_signs_and_members_are_read_at_once():
    members = [(f"{n:012d}", f"Ann Smith {n}") for n in range(1_000)]
    begun = time.perf_counter()
    with_mentions("@Ann Smith x" * 400, members)
    with_mentions("@" * MAX_TEXT, members)
    runs("https://a.example/" + ")" * MAX_TEXT, {})

    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(("text", "code"), [(" \n", "comment.text"), ("x" * 5_001, "comment.long")])
def test_a_comment_has_words_but_not_too_many(text, code):
    with pytest.raises(Invalid) as refused:
        checked_text(text)
    assert refused.value.code == code

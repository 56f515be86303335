"""The catalogues of the languages: same file for same sentences, and nothing broken in them."""

import re

import pytest

from app import languages
from tests.pseudo import pseudo_words, sentences
from tools import strings

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd%]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-z]+;")
CODES = [code for code in languages.LANGUAGES if code != languages.SOURCE]


@pytest.fixture(scope="module")
def every():
    return sentences()


@pytest.fixture(scope="module", params=CODES)
def words(request):
    return strings.catalogue(languages.path_of(request.param), request.param)


def forms(value):
    return list(value) if isinstance(value, tuple | list) else [value]


def translated(words):
    return [m for m in words if m.id and any(forms(m.string))]


@pytest.mark.parametrize(
    "text",
    [
        "Skip to the content",  # _ in a template
        "Please mend this first",  # gettext in a macro
        "Editor",  # lazy_gettext, as _, in a module
        "You are not allowed to do that.",  # N_ in the domain
        "a sum of money",  # N_ in a table of the extraction
        ("%(num)s suggestion", "%(num)s suggestions"),  # ngettext in a module
        ("One claim waits for you.", "%(num)s claims wait for you."),  # ngettext in a template
        # A sentence in several pieces of source.
        "The file is empty. It needs a first line with column names, one of them claim.",
    ],
)
def test_every_way_of_marking_a_sentence_is_found(every, text):
    assert text in [message.id for message in every]


def test_where_a_sentence_stands_is_named_from_the_root(every):
    [message] = [m for m in every if m.id == "Skip to the content"]

    assert message.locations == [("templates/base.html", 0)]


def test_the_file_of_sentences_has_no_date_and_no_lines(every):
    written = strings.written(every)

    assert b"Date" not in written.split(b"\n\n")[0]
    assert re.search(rb"^#: .*:\d", written, re.M) is None


def test_placeholders_are_those_of_the_sentence(words):
    wrong = {}
    for message in translated(words):
        wanted = sorted(PLACEHOLDER.findall(forms(message.id)[-1]))
        for said in forms(message.string):
            # A number may be left out where it is one: "One claim waits."
            found = sorted(PLACEHOLDER.findall(said))
            if found != wanted and found != sorted(PLACEHOLDER.findall(forms(message.id)[0])):
                wrong[message.id] = said
    assert wrong == {}


def test_every_plural_has_all_its_forms(words):
    wrong = [
        message.id
        for message in translated(words)
        if len(forms(message.string)) != (words.num_plurals if isinstance(message.id, tuple) else 1)
        or not all(forms(message.string))
    ]
    assert wrong == []


def test_no_translation_brings_html_that_the_sentence_has_not(words):
    wrong = {
        message.id: said
        for message in translated(words)
        for said in forms(message.string)
        if set(TAG.findall(said)) - set(TAG.findall(" ".join(forms(message.id))))
    }
    assert wrong == {}


def test_no_translation_is_a_guess(words):
    assert [message.id for message in words if message.id and message.fuzzy] == []


def test_the_language_of_nobody_keeps_what_is_filled_in():
    said = pseudo_words("%(done)s of %(num)d saved at %%s")

    assert PLACEHOLDER.findall(said) == ["%(done)s", "%(num)d", "%%"]
    assert len(said) > 1.4 * len("%(done)s of %(num)d saved at %%s")

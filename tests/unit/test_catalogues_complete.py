"""Every sentence of every page has its words in every language that the desk speaks."""

import pytest

from app import languages
from tests.pseudo import sentences
from tools import strings

CODES = [code for code in languages.LANGUAGES if code != languages.SOURCE]
AGAIN = "run make strings, and translate what is empty in the catalogue"


@pytest.fixture(scope="module")
def every():
    return sentences()


def test_the_template_is_what_the_pages_say(every):
    assert strings.POT.read_bytes() == strings.written(every), AGAIN


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_without_words(every, code):
    words = strings.catalogue(languages.path_of(code), code)
    said = {message.id for message in words if message.id and strings.is_said(message)}
    wanted = {message.id for message in every if message.id}

    assert wanted - said == set(), AGAIN
    assert said - wanted == set(), AGAIN

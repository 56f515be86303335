"""Templates that are compiled once for each language, with its sentences in them."""

from enum import StrEnum

import pytest
from flask import render_template
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from tests.pseudo import pseudo_words, speak

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def shown(app, monkeypatch):
    """What a template writes, in a language."""
    speak(monkeypatch, "de")

    def show(source, language="en", more=None, **values):
        files = {"x.html": source, **(more or {})}
        monkeypatch.setattr(app.jinja_env, "loader", DictLoader(files))
        kept = {
            "made": {},
            "by_words": {app.jinja_env.words: app.jinja_env},
            "bytecode_cache": None,
        }
        for name, nothing in kept.items():
            monkeypatch.setattr(app.jinja_env, name, nothing)
        with app.test_request_context("/", headers={"Accept-Language": language}):
            return render_template("x.html", **values)

    return show


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_sentence_stands_in_the_language_of_the_page(shown, language):
    page = shown("<p>{{ _('Sign in') }} {{ gettext('Pick') }}</p>", language)

    said = [pseudo_words(text) if language == "de" else text for text in ("Sign in", "Pick")]
    assert page == f"<p>{' '.join(said)}</p>"


def test_what_is_imported_and_included_is_in_it_too(shown):
    page = shown(
        "{% extends 'base.html' %}{% import 'm.html' as m %}"
        "{% block a %}{% include 'i.html' %}{{ m.word() }}{% endblock %}",
        "de",
        {
            "base.html": "{{ _('Check') }}{% block a %}{% endblock %}",
            "i.html": "{{ _('Pick') }}",
            "m.html": "{% macro word() %}{{ gettext('Files') }}{% endmacro %}",
        },
    )

    assert page == "".join(map(pseudo_words, ("Check", "Pick", "Files")))


def test_values_of_a_sentence_are_escaped_and_its_own_signs_are_not(shown):
    source = "{{ _('saved %(time)s', time=told) }} {{ _('saved %%s') }} {{ _('It’s & so') ~ told }}"

    assert shown(source, told="<b>") == "saved &lt;b&gt; saved %s It’s & so&lt;b&gt;"


def test_a_sentence_that_a_variable_holds_is_looked_up_when_the_page_is_made(shown):
    values = {"asked": "Pick", "thing": {"gettext": str.upper}}

    assert shown("{{ _(asked) }}", "de", **values) == pseudo_words("Pick")
    assert shown("{{ thing.gettext('Pick') }}", "de", **values) == "PICK"


def test_indents_are_left_out_and_words_stay_apart(shown):
    page = shown(
        "<p>\n    one  two\n\n  {{ word }}\n  </p>\n <textarea>\n{{ word }}</textarea>", word=" x "
    )

    assert page == "<p>\none  two\n x \n</p>\n<textarea>\n x </textarea>"


def test_a_macro_and_a_function_that_wants_its_context_are_called_alike(shown, app):
    source = (
        "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}"
        "{% for x in [1] %}{{ m(x) }}{{ m(x, b=3) }}{{ ngettext('%(num)s row', '%(num)s rows', 2) }}"
        "{{ 'a b'.split() | join }}{{ cycler('q').next() }}{% endfor %}"
    )

    assert shown(source) == "12132 rowsabq"


def test_what_is_included_has_names_of_its_own_and_sees_those_around_it(shown):
    page = shown(
        "{% set a = 1 %}{% for n in 'xy' %}{% include 'i.html' %}{% endfor %}{{ a }}{{ b is defined }}",
        more={
            "i.html": "{% set b = n ~ a %}{% set a = 2 %}{{ b }}{{ a }}{{ loop.index }}{% include 'j.html' %} ",
            "j.html": "<{{ b }}>",
        },
    )

    assert page == "x121<x1> y122<y1> 1False"


def test_a_template_that_is_being_worked_on_is_read_anew_where_it_is_included(
    shown, monkeypatch, app
):
    monkeypatch.setattr(app.jinja_env, "auto_reload", True)

    assert shown("{% include 'i.html' %}", more={"i.html": "{{ word }}"}, word="<a>") == "&lt;a&gt;"
    assert "i.html" in app.jinja_env.made


def test_what_a_thing_has_comes_before_what_it_holds_and_none_is_an_error(shown):
    class Thing(dict):
        name = "had"

    source = "{{ thing.name }} {{ thing.more }} {{ thing.deep.upper() }}"

    assert shown(source, thing=Thing(name="held", more="<", deep="d")) == "had &lt; D"
    with pytest.raises(UndefinedError, match="more"):
        shown(source, thing=Thing(name="held"))


def test_numbers_words_of_a_list_and_html_are_written_as_jinja_writes_them(shown):
    values = {
        "number": 3,
        "word": StrEnum("Word", {"A": "<"}).A,
        "html": Markup("<b>"),
        "none": None,
    }

    assert shown("{{ number }}{{ word }}{{ html }}{{ none }}", **values) == "3&lt;<b>None"
    assert shown("{{ _('until %(t)s', t=word) }}{{ _('at %(t)s', t=html) }}", **values) == (
        "until &lt;at <b>"
    )


def test_a_function_of_ours_is_called_with_what_is_written(shown, app, monkeypatch):
    monkeypatch.setitem(app.jinja_env.globals, "told", lambda *args, **more: f"{args}{more}")
    source = (
        "{% for x in 'a' %}{{ told(x, y=loop.index) }}{{ told(from=x) }}{{ told(*[x], **{'z': 2}) }}{% endfor %}"
        "{% block b %}{{ told() }}{% endblock %}"
    )

    page = shown(source).replace("&#39;", "'")
    assert page == "('a',){'y': 1}(){'from': 'a'}('a',){'z': 2}(){}"


def test_a_macro_is_known_by_the_same_names_wherever_it_is_imported(shown):
    files = {"m.html": "{% set word = 'b' %}{% macro say(a) %}{{ a }}{{ word }}{% endmacro %}"}
    source = (
        "{% import 'm.html' as m %}{% from 'm.html' import say %}{{ m.say('a') }}{{ say('c') }}"
    )

    assert [shown(source, more=files), shown(source, more=files, word="z")] == ["abcb", "abcb"]

"""Addresses that templates put together from pieces are those that Flask gives."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import BuildError, Map, Rule

from app.web.addresses import LateRule
from tests.cases import in_turn

TEXTS = ("abc123", "a b", "ü/ö", "a&b=c#d?e", "%2F", "..", "", "<b>", "+", "x;y", "\u202e")

MORE = (
    {},
    {"after": "a=b&c d"},
    {"tag": "EU", "text": "ü/?"},
    {"after": None},
    {"page": 3},
    {"_anchor": "x"},
)


@pytest.fixture
def addressing(app: Flask) -> Iterator[Flask]:
    with app.test_request_context("/somewhere", environ_overrides={"SCRIPT_NAME": "/desk"}):
        yield app


@in_turn("text", TEXTS)
def test_every_page_has_the_address_that_flask_gives_it(addressing, text):
    url_for = addressing.jinja_env.globals["url_for"]
    for rule in addressing.url_map.iter_rules():
        values = dict.fromkeys(rule.arguments, text)
        for more in MORE:
            try:
                wanted = addressing.url_for(rule.endpoint, **values, **more)
            except (BuildError, ValueError):
                with pytest.raises((BuildError, ValueError)):
                    url_for(rule.endpoint, **values, **more)
            else:
                assert url_for(rule.endpoint, **values, **more) == wanted


def test_an_address_without_a_part_is_refused_as_flask_refuses_it(addressing):
    url_for = addressing.jinja_env.globals["url_for"]
    with pytest.raises(BuildError):
        url_for("claims.show", tag="EU")
    with pytest.raises(BuildError):
        url_for("claims.nowhere", claim_id="abc")


def test_a_file_is_named_with_its_content_behind_a_prefix(addressing):
    assert addressing.jinja_env.globals["url_for"]("static", filename="app.css").startswith(
        "/desk/static/app.css?v="
    )


@pytest.mark.parametrize("with_query", [True, False])
def test_a_builder_that_is_compiled_late_builds_as_werkzeugs_own(addressing, with_query):
    values = {"slug": "a b", "version": 7, "number": 7, "after": "ü&c", "rule": "r"}
    rules = list(addressing.url_map.iter_rules())
    own = [Rule(rule.rule, **rule.get_empty_kwargs()) for rule in rules]
    Map(own, converters=addressing.url_map.converters)

    for late, rule in zip(rules, own, strict=True):
        given = {name: values.get(name, "x/y") for name in {*late.arguments, "after", "rule"}}
        assert type(late) is LateRule
        assert late.build(given, with_query) == rule.build(given, with_query)


def test_no_builder_is_compiled_before_it_is_wanted(monkeypatch):
    compiled = []
    own = Rule._compile_builder
    monkeypatch.setattr(
        Rule, "_compile_builder", lambda rule, more=True: compiled.append(more) or own(rule, more)
    )
    rule = LateRule("/claims/<claim_id>", endpoint="claims.show")
    Map([rule])
    before = list(compiled)

    built = [rule.build({"claim_id": "abc"}) for _ in range(2)]

    assert before == []
    assert compiled == [True]
    assert built == [("", "/claims/abc")] * 2

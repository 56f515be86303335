"""Addresses that templates put together from pieces are those that Flask gives."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import BuildError

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

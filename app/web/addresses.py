"""The addresses of pages that templates lead to: a list has more than a hundred of them.

Flask puts each together from the whole map, 13 µs for one. An address that is words with names between
is kept in pieces instead, and filled. Every other one, such as one with a number in it, is Flask's.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, request
from werkzeug.routing import Rule

from app.web.static_files import file

# What stands in an address as it is, by the same standard as where Werkzeug writes it.
OF_PATHS, OF_QUERIES = "!$&'()*+,/:;=@", "!$'()*,/:;?@"
_NAMED = re.compile(r"<(\w+)>")


class LateRule(Rule):
    """An address whose builder Werkzeug compiles when it is first wanted, not when the desk starts.

    There are two for each of 180 pages, and most are never wanted: it took a twelfth of the start.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - as its parent's
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:  # noqa: ANN401 - as Werkzeug's
            return compiled()(rule, **values)

        return build


# Words and the names between them, in turn, beginning and ending with words.
Pieces = tuple[str, ...]


def install(app: Flask) -> None:
    """Make the addresses known to the templates."""
    app.jinja_env.globals["url_for"] = _addresses(app)


def _addresses(app: Flask) -> Callable[..., str]:
    known: dict[str, Pieces] = {}

    def url_for(endpoint: str, /, **values: Any) -> str:  # noqa: ANN401 - as Flask's
        if endpoint == "static" and (found := file(values["filename"])) is not None:
            return f"{request.script_root}/static/{values['filename']}?v={found.digest}"
        pieces = known.get(endpoint)
        if pieces is None:
            pieces = known[endpoint] = _pieces(app, endpoint)
        if not (pieces and _are_plain(values) and values.keys() >= set(pieces[1::2])):
            return app.url_for(endpoint, **values)
        return request.script_root + _filled(pieces, values)

    return url_for


def _pieces(app: Flask, endpoint: str) -> Pieces:
    """The pieces of a page's address; none where it has several addresses, or parts of other kinds."""
    if endpoint not in app.view_functions:
        return ()
    rules = list(app.url_map.iter_rules(endpoint))
    rule = rules[0]
    pieces = tuple(_NAMED.split(rule.rule))
    is_plain = len(rules) == 1 and not rule.defaults and not rule.subdomain
    return pieces if is_plain and not any("<" in words for words in pieces[::2]) else ()


def _are_plain(values: dict[str, Any]) -> bool:
    """Whether all are texts, and none is a wish that Flask knows."""
    return all(type(value) is str and name[0] != "_" for name, value in values.items())


def _filled(pieces: Pieces, values: dict[str, str]) -> str:
    """An address; values that it has no place for are its query. They are used up."""
    path = pieces[0]
    for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
        value = values.pop(name)
        known = value.isascii() and value.isalnum()
        path += (value if known else quote(value, safe=OF_PATHS)) + words
    return f"{path}?{urlencode(values, safe=OF_QUERIES)}" if values else path

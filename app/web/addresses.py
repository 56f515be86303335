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


# The words that an address begins with, and then each name with the words behind it.
Pieces = tuple[str, tuple[tuple[str, str], ...]]


def install(app: Flask) -> None:
    """Make the addresses known to the templates."""
    app.jinja_env.globals["url_for"] = _addresses(app)


def _addresses(app: Flask) -> Callable[..., str]:
    known: dict[str, Pieces | None] = {}

    def url_for(endpoint: str, /, **values: Any) -> str:  # noqa: ANN401 - as Flask's
        if endpoint == "static" and (found := file(values["filename"])) is not None:
            return f"{request.script_root}/static/{values['filename']}?v={found.digest}"
        if endpoint not in known:
            known[endpoint] = _pieces(app, endpoint)
        pieces = known[endpoint]
        path = None if pieces is None else _filled(pieces, values)
        return app.url_for(endpoint, **values) if path is None else request.script_root + path

    return url_for


def _pieces(app: Flask, endpoint: str) -> Pieces | None:
    """The pieces of a page's address; none where it has several addresses, or parts of other kinds."""
    if endpoint not in app.view_functions:
        return None
    rules = list(app.url_map.iter_rules(endpoint))
    rule = rules[0]
    begins, *more = _NAMED.split(rule.rule)
    is_plain = len(rules) == 1 and not rule.defaults and not rule.subdomain
    if not is_plain or any("<" in words for words in (begins, *more[1::2])):
        return None
    return begins, tuple(zip(more[::2], more[1::2], strict=True))


def _filled(pieces: Pieces, values: dict[str, Any]) -> str | None:
    """An address; values that it has no place for are its query.

    None where a part is missing, a value is no text, or one is a wish that Flask knows.
    """
    for name, value in values.items():
        if type(value) is not str or name[0] == "_":
            return None
    path, named = pieces
    for name, words in named:
        value = values.get(name)
        if value is None:
            return None
        path += (
            value if value.isascii() and value.isalnum() else quote(value, safe=OF_PATHS)
        ) + words
    if len(values) == len(named):
        return path
    parts = dict(named)
    more = {name: value for name, value in values.items() if name not in parts}
    return f"{path}?{urlencode(more, safe=OF_QUERIES)}"

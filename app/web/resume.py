"""A form that was posted in vain, shown again for one press; never sent by itself.

The session had ended, or another began in the same browser. A page may register how it shows
itself with what was typed; any other form is shown as a list of its fields.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from app.auth import guard, identity

Renderer = Callable[[Mapping[str, Any], MultiDict[str, str]], Response]

PREFIX = "carried-"
SHOWN_AS_TEXT = 80
_renderers: dict[str, Renderer] = {}


def register(endpoint: str, renderer: Renderer) -> None:
    """Say how a page shows itself again with what was typed; ``endpoint`` takes the POST."""
    _renderers[endpoint] = renderer


def is_local(path: str) -> bool:
    """Whether a text is a path of this desk, and cannot be read as an address elsewhere."""
    clean = all(c.isprintable() and c != "\\" for c in path)
    return path.startswith("/") and not path.startswith("//") and clean


def carried(form: Mapping[str, Any] | MultiDict[str, str]) -> list[tuple[str, str]]:
    """The fields of a posted form, for hidden inputs; tokens and passwords stay behind.

    Raises:
        RequestEntityTooLarge: there are more than ``guard.MAX_FIELDS``.
    """
    pairs: Iterable[tuple[str, str]] = MultiDict(form).items(multi=True)
    return _few([(name, value) for name, value in pairs if _may_travel(name)])


def unpacked(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """The fields that a sign-in form carried, under their own names again.

    Raises:
        RequestEntityTooLarge: there are more than ``guard.MAX_FIELDS``.
    """
    return MultiDict(
        _few(
            [
                (name.removeprefix(PREFIX), value)
                for name, value in form.items(multi=True)
                if name.startswith(PREFIX)
            ]
        )
    )


def show(path: str, fields: MultiDict[str, str]) -> Response:
    """The page that ``fields`` were posted to, with them in it.

    Raises:
        Missing: there is no such page for this person.
        NotAllowed: the person lacks leave.
    """
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter is None or not is_local(path):
            return _home()
        endpoint, view_args = adapter.match(path.partition("?")[0], method="POST")
    except (RequestRedirect, HTTPException):
        return _home()
    leave = guard.leave_of(current_app, endpoint)
    if leave is None:
        return _home()
    if leave != "public":
        guard.admit(identity.actor(), leave, view_args)
    renderer = _renderers.get(endpoint, _generic(path))
    return renderer(view_args, MultiDict(carried(fields)))


def _generic(path: str) -> Renderer:
    def render(_view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
        pairs = [
            (name, value, len(value) > SHOWN_AS_TEXT or "\n" in value)
            for name, value in fields.items(multi=True)
        ]
        return make_response(render_template("errors/resume.html", path=path, fields=pairs))

    return render


def _few(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if len(pairs) > guard.MAX_FIELDS:
        raise RequestEntityTooLarge
    return pairs


def _home() -> Response:
    return make_response(redirect("/", 303))


def _may_travel(name: str) -> bool:
    return name != "csrf_token" and "password" not in name and not name.startswith(PREFIX)

"""Refusals as pages: what happened, why, and how to go on."""

from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    RequestEntityTooLarge,
    SecurityError,
)

from app.auth import identity
from app.domain.errors import Invalid, Missing, NotAllowed, Refused, Stale, WrongState
from app.storage.server import is_away
from app.storage.session import is_busy, unwritable
from app.web import logs, resume
from app.web.wording import AWAY, NO_ROOM, PROBLEMS, sentence

STATUS: dict[type[Refused], int] = {
    Missing: 404,
    NotAllowed: 403,
    WrongState: 409,
    Stale: 409,
    Invalid: 422,
    Refused: 422,
}
# A body over the limit is read up to here and thrown away: a browser that is still sending when
# the connection closes shows no page at all.
MAX_DRAINED = 256 * 1024 * 1024
CHUNK = 256 * 1024
RETRY_SECONDS = "5"


def install(app: Flask) -> None:
    """Answer every refusal and every breakdown with a page."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(InternalServerError, _broken)


def status_of(refusal: Refused) -> int:
    """The status that a refusal is answered with."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def page(
    status: int,
    said: str | None = None,
    *,
    problem: tuple[str, str] | None = None,
    back: str | None = None,
    first: str | None = None,
) -> Response:
    """The page of a refusal: ``said`` instead of the usual sentence, ``back`` as the way on.

    ``first``: where the list begins, whose next page is no place in it.
    """
    heading, usual = problem or PROBLEMS.get(status, PROBLEMS[400])
    words = {"heading": heading, "said": said or usual, "back": back or "/", "first": first}
    body = render_template("errors/problem.html", status=status, **words)
    return make_response(body, status)


def _refused(refusal: Refused) -> Response:
    status = status_of(refusal)
    logs.refused(refusal.code, status)
    if isinstance(refusal, Missing):
        # The frame of a project would tell that there is something behind the address.
        g.project = None
    first = _without_place() if refusal.code == "page.place" else None
    return page(status, sentence(refusal), back=_way_back(), first=first)


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return cast("Response", error.get_response())
    response = page(error.code, back=_way_back())
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _forged(_error: CSRFError) -> Response:
    """The page was open while its session changed: nothing is sent, nothing is lost."""
    if identity.load() is not None and request.form:
        try:
            response = resume.show(request.full_path.rstrip("?"), request.form)
        except RequestEntityTooLarge as error:
            # Nothing handles what is raised in here.
            return _too_large(error)
        except Refused as refusal:
            # Somebody else signed in where the page was open: it is not theirs.
            return _refused(refusal)
        response.status_code = 400
        return response
    return page(400, back=_way_back())


def _too_large(_error: RequestEntityTooLarge) -> Response:
    left = min(request.content_length or 0, MAX_DRAINED)
    while left > 0 and (chunk := request.environ["wsgi.input"].read(min(CHUNK, left))):
        left -= len(chunk)
    return page(413, back=_way_back())


def _strange_host(_error: SecurityError) -> Response:
    """No page can be made: addresses in it would name a host that is not ours."""
    _heading, said = PROBLEMS[400]
    return Response(f"{said}\nASSAY_URL names another host.\n", 400, mimetype="text/plain")


def _broken(error: InternalServerError) -> Response:
    """Nothing was written. The page asks the database for nothing, as that may be what broke."""
    g.setdefault("actor", None)
    g.setdefault("person", None)
    g.setdefault("unread", 0)
    original = error.original_exception
    if unwritable(original):
        return page(503, problem=NO_ROOM, back=_way_back())
    if not is_busy(original) and not is_away(original):
        return page(500, back=_way_back())
    response = page(503, problem=AWAY if is_away(original) else None, back=_way_back())
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _without_place() -> str:
    """The address of a list without a place in it: all else that is asked of it stays."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "after"]
    return request.script_root + request.path + (f"?{urlencode(asked)}" if asked else "")


def _way_back() -> str | None:
    """The page that the request came from, where it is one of ours."""
    try:
        referrer = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if referrer.netloc != request.host or not resume.is_local(referrer.path):
        return None
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")

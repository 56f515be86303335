"""What every answer carries: what a browser may do with it, and in how few bytes it travels."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from zlib_ng import zlib_ng

from app.config import Settings
from app.storage import way

WORTH_PACKING = 1_000
# A quarter of the work of zlib's own level 4, and the same number of bytes (decisions/0022).
QUICK = 3
GZIP = 31
PACKED_KINDS = ("text/", "application/json", "application/javascript", "image/svg+xml")
POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "img-src 'self' data:",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Within the desk only: an address of ours may name an article that nobody else knows of.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Kept by nobody else, and asked for again: a page that is shown from memory after signing
    # out is thrown away by the header that signing out sends.
    "Cache-Control": "private, no-cache",
}
YEAR_SECONDS = 365 * 24 * 60 * 60
OVER_HTTPS = {**ALWAYS, "Strict-Transport-Security": f"max-age={YEAR_SECONDS}"}


def install(app: Flask) -> None:
    """Pack every answer that is worth it, and add the headers to all of them."""
    app.after_request(packed)
    app.wsgi_app = _with_headers(app.wsgi_app, app.config["SETTINGS"])  # type: ignore[method-assign]  # as Flask has it


def _with_headers(answer: Callable[..., Iterable[bytes]], settings: Settings) -> Callable[..., Any]:
    """The application, whose answers carry the headers: put to what goes out, where they are a list."""
    wanted = OVER_HTTPS if settings.is_https else ALWAYS
    lines = [(name.lower(), (name, value)) for name, value in wanted.items()]

    def carried(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:  # noqa: ANN401 - as PEP 3333 has it
            given = {name.lower() for name, _value in headers}
            more = [line for name, line in lines if name not in given]
            return start_response(status, headers + more, *error)

        return answer(environ, start)

    return carried


def packed(response: Response) -> Response:
    """The answer in gzip, where that is worth it and the browser takes it.

    Tokens in pages are masked anew each time (see ``forgery``), so that the length of a packed
    page tells nothing about them. A streamed answer stays as it is: it is not held in memory.
    """
    if "Content-Encoding" in response.headers or response.is_streamed:
        return response
    if response.direct_passthrough or not (response.mimetype or "").startswith(PACKED_KINDS):
        return response
    _tell_encoding(response)
    way.give()
    body = response.get_data()
    if len(body) < WORTH_PACKING or not takes_packed():
        return response
    response.set_data(zipped(body, QUICK))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _tell_encoding(response: Response) -> None:
    """Say that another browser may get other bytes."""
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:
        response.headers["Vary"] = "Accept-Encoding"


def takes_packed() -> bool:
    """Whether whoever asks takes an answer in gzip."""
    return _takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=64)
def _takes_gzip(asked: str) -> bool:
    """The same by what a browser says it takes: there are a few such lines, and reading one takes long."""
    return parse_accept_header(asked, Accept)["gzip"] > 0


def zipped(body: bytes, level: int) -> bytes:
    """Some bytes in gzip, the same ones each time."""
    return zlib_ng.compress(body, level, GZIP)

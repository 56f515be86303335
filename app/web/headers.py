"""What every answer carries: what a browser may do with it, and in how few bytes it travels."""

from flask import Flask, Response, current_app, request
from zlib_ng import zlib_ng

from app.config import Settings

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
    """Add the headers to every answer."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    given = {name.lower() for name, _value in response.headers}
    wanted = OVER_HTTPS if settings.is_https else ALWAYS
    for name, value in wanted.items():
        if name.lower() not in given:
            response.headers.add(name, value)
    return packed(response)


def packed(response: Response) -> Response:
    """The answer in gzip, where that is worth it and the browser takes it.

    Tokens in pages are masked anew each time (see ``forgery``), so that the length of a packed
    page tells nothing about them. A streamed answer stays as it is: it is not held in memory.
    """
    if "Content-Encoding" in response.headers or response.is_streamed:
        return response
    if response.direct_passthrough or not (response.mimetype or "").startswith(PACKED_KINDS):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < WORTH_PACKING or not takes_packed():
        return response
    response.set_data(zipped(body, QUICK))
    response.headers["Content-Encoding"] = "gzip"
    return response


def takes_packed() -> bool:
    """Whether whoever asks takes an answer in gzip."""
    return request.accept_encodings["gzip"] > 0


def zipped(body: bytes, level: int) -> bytes:
    """Some bytes in gzip, the same ones each time."""
    return zlib_ng.compress(body, level, GZIP)

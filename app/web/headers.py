"""What every answer carries: what a browser may do with it, and in how few bytes it travels."""

import gzip

from flask import Flask, Response, current_app, request

from app.config import Settings

WORTH_PACKING = 1_000
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
}
YEAR_SECONDS = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}")
    # Kept by nobody else, and asked for again: a page that is shown from memory after signing
    # out is thrown away by the header that signing out sends.
    response.headers.setdefault("Cache-Control", "private, no-cache")
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
    if len(body) < WORTH_PACKING or not request.accept_encodings["gzip"]:
        return response
    response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response

"""Putting the web application together, in the order in which requests pass through it."""

import importlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.auth import guard
from app.config import Settings
from app.storage.session import Database
from app.web import (
    BLUEPRINTS,
    addresses,
    bodies,
    compared,
    cookies,
    errors,
    filters,
    forgery,
    headers,
    kept_parts,
    languages,
    logs,
    static_files,
    templating,
    transactions,
    unread,
)

ROOT = Path(__file__).resolve().parents[2]
SESSION_LIFETIME = timedelta(days=30)
MAX_FORM_PARTS = 5_000

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Desk(Flask):
    """A Flask application that never logs the words of an exception."""

    request_class = bodies.DeskRequest
    jinja_environment = templating.Templates
    url_rule_class = addresses.LateRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: the desk has no functions that would have to be waited for."""
        return func

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log the class and the place of an error: its text may hold what somebody wrote."""
        logs.error(exc_info[1])


def build(settings: Settings) -> Flask:
    """The application for these settings."""
    logs.configure()
    app = Desk("app", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(_config(settings))
    app.session_interface = cookies.KeptSigning(app)
    app.extensions["assay"] = Database(settings.database_url, settings.connections)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    languages.install(app)
    bodies.install(app)
    # The wall stands before the check of the token: a form that was posted after its session
    # ended is answered with a way to sign in, not with a refusal.
    app.before_request(guard.wall)
    for part in (
        forgery,
        headers,
        transactions,
        errors,
        filters,
        compared,
        unread,
        static_files,
        addresses,
        kept_parts,
    ):
        part.install(app)
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(f"app.web.{name}").blueprint)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _config(settings: Settings) -> dict[str, object]:
    host = None if settings.url is None else urlsplit(settings.url).hostname
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": None if host is None else [host],
        "SESSION_COOKIE_NAME": "assay_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        # The cookie is renewed once a day (see identity), not with every answer.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": SESSION_LIFETIME,
        "PREFERRED_URL_SCHEME": "https" if settings.is_https else "http",
        "MAX_CONTENT_LENGTH": settings.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.max_upload_bytes,
        "MAX_FORM_PARTS": MAX_FORM_PARTS,
        "WTF_CSRF_TIME_LIMIT": None,
        # The token and the SameSite cookie do the work; some browsers send no referrer.
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "en",
    }

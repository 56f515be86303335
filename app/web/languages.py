"""In which language a page is written: that of its reader."""

from babel.support import NullTranslations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

from app import languages
from app.auth import identity


class Words(Domain):  # type: ignore[misc]  # the package has no types
    """The catalogues of the desk in place of compiled files."""

    def get_translations(self) -> NullTranslations:
        """The words of the language of this page."""
        locale = get_locale()
        return languages.words_in(None if locale is None else str(locale))


class Tongues(Babel):  # type: ignore[misc]  # the package has no types
    """Flask-Babel with these catalogues."""

    domain_instance = Words()


def install(app: Flask) -> None:
    """Write every page in the language of its reader."""
    Tongues(app, locale_selector=chosen)


def chosen() -> str:
    """What the person has chosen, else what their browser asks for, else English."""
    if not has_request_context():
        return languages.SOURCE
    wanted = identity.me().locale if identity.load() is not None else None
    if wanted in languages.LANGUAGES:
        return wanted
    # Not werkzeug's best match: it would rather take a second choice than German for Austria.
    asked = (tag.split("-")[0].lower() for tag, worth in request.accept_languages if worth)
    return next((code for code in asked if code in languages.LANGUAGES), languages.SOURCE)

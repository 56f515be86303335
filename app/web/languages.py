"""In which language a page is written: that of its reader."""

from functools import cache
from typing import Any, NamedTuple

from babel import Locale, numbers
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain
from jinja2 import pass_context
from jinja2.runtime import Context

from app import languages
from app.auth import identity

FIRST_SEPARATED = 1_000


class Spoken(NamedTuple):
    """The language of a page, and its words."""

    locale: Locale
    words: NullTranslations


class Words(Domain):  # type: ignore[misc]  # the package has no types
    """The catalogues of the desk in place of compiled files."""

    def get_translations(self) -> NullTranslations:
        """The words of the language of this page."""
        return page_words()

    def ngettext(self, singular: str, plural: str, num: int, /, **values: object) -> str:
        """A sentence for so many, which tells their number as the language writes it."""
        said: str = self.get_translations().ungettext(singular, plural, num)
        return said % {"num": _told(num), **values}


class Tongues(Babel):  # type: ignore[misc]  # the package has no types
    """Flask-Babel with these catalogues."""

    domain_instance = Words()


def install(app: Flask) -> None:
    """Write every page in the language of its reader."""
    Tongues(app, locale_selector=chosen)
    app.jinja_env.globals["is_from_right"] = is_from_right
    # Other sentences of templates are put in when these are compiled (see ``templating``).
    app.jinja_env.globals["ngettext"] = _numbered(app.jinja_env.globals["ngettext"])


def _numbered(ngettext: Any) -> Any:  # noqa: ANN401 - functions that templates call
    """The same for the sentences of templates."""

    @pass_context
    def said(context: Context, singular: str, plural: str, num: int, /, **values: object) -> Any:  # noqa: ANN401 - marked as safe
        return ngettext(context, singular, plural, num, **{"num": _told(num), **values})

    return said


def _told(number: int) -> int | str:
    """A number with the separators of the page's language, where it has any."""
    if abs(number) < FIRST_SEPARATED:
        return number
    return numbers.format_decimal(number, locale=page_locale())


def page_words() -> NullTranslations:
    """The catalogue of the language of this page."""
    return _spoken().words


def page_locale() -> Locale:
    """The language of this page."""
    return _spoken().locale


def _spoken() -> Spoken:
    """Both, found out once for a page: they are asked for a dozen times."""
    if not has_request_context():
        return _spoken_in(languages.SOURCE)
    here = g._get_current_object()  # noqa: SLF001 - as Werkzeug's documentation has it
    if not hasattr(here, "words"):
        here.words = _spoken_in(_chosen())
    found: Spoken = here.words
    return found


def _spoken_in(code: str) -> Spoken:
    return Spoken(locale_of(code), languages.words_in(code))


@cache
def locale_of(code: str) -> Locale:
    """What Babel knows of a language of the desk; to read its name takes longer than to look it up."""
    return Locale(code)


@cache
def is_from_right(locale: Locale) -> bool:
    """Whether a language is written from right to left."""
    return bool(locale.text_direction == "rtl")


def chosen() -> Locale:
    """The language that the person has chosen, else what their browser asks for, else English."""
    return locale_of(_chosen())


def _chosen() -> str:
    if not has_request_context():
        return languages.SOURCE
    wanted = identity.me().locale if identity.load() is not None else None
    if wanted in languages.LANGUAGES:
        return wanted
    # Not werkzeug's best match: it would rather take a second choice than German for Austria.
    asked = (tag.split("-")[0].lower() for tag, worth in request.accept_languages if worth)
    return next((code for code in asked if code in languages.LANGUAGES), languages.SOURCE)

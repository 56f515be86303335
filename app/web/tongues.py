"""Languages to choose from, under their names in the language of the page."""

from functools import cache

from babel import Locale

from app.web.languages import page_locale

# Spoken by many, or in the countries that many desks write for; any other is found out.
LANGUAGES = (
    *("am", "ar", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi"),
    *("fr", "ga", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "ko"),
    *("lt", "lv", "mk", "ml", "mr", "ms", "mt", "nb", "nl", "pa", "pl", "ps", "pt", "ro", "ru"),
    *("sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi"),
    *("yo", "zh"),
)


def languages() -> tuple[tuple[str, str], ...]:
    """Codes with names, by name."""
    return _named_in(page_locale())


@cache
def _named_in(here: Locale) -> tuple[tuple[str, str], ...]:
    names = [(code, Locale.parse(code).get_language_name(here) or code) for code in LANGUAGES]
    return tuple(sorted(names, key=lambda pair: pair[1]))

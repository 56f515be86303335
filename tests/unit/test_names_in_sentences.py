"""Names in the middle of a sentence keep together where they are written the other way."""

import pytest
from babel import Locale

from app.web import filters, languages
from app.web.filters import ISOLATE, ISOLATE_ENDS


@pytest.mark.parametrize(
    ("language", "name", "is_kept"),
    [
        ("en", "Ann Lee", False),
        ("en", "Zoë", False),
        ("en", "נועה", True),
        ("ar", "Ann Lee", True),
        ("ar", "2025", False),
        ("ar", "نور", False),
    ],
)
def test_only_a_name_of_the_other_direction_is_kept_together(monkeypatch, language, name, is_kept):
    monkeypatch.setattr(filters, "page_locale", lambda: Locale(language))

    assert filters.apart(name) == (f"{ISOLATE}{name}{ISOLATE_ENDS}" if is_kept else name)


def test_which_languages_are_written_from_the_right():
    assert [code for code in ("ar", "de", "en", "he") if languages.is_from_right(Locale(code))] == [
        "ar",
        "he",
    ]

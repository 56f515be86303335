"""Which encodings a page may name."""

from app.domain.encodings import known_encoding
from app.extraction.article import read_html
from tests.cases import in_turn


@in_turn(
    ("name", "known"),
    [
        ("UTF8", "utf-8"),
        (" windows-1251 ", "cp1251"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("ISO-8859-15", "iso8859-15"),
        ("Shift_JIS", "shift_jis"),
        ("gb18030", "gb18030"),
        ("koi8-r", "koi8-r"),
        ("punycode", None),
        ("idna", None),
        ("unicode_escape", None),
        ("utf-7", None),
        ("utf-16", None),
        ("zlib", None),
        ("no-such", None),
        ("\0", None),
        ("x" * 10_000, None),
        ("", None),
        (None, None),
    ],
)
def test_those_that_pages_have_are_known(name, known):
    assert known_encoding(name) == known


def test_a_page_that_names_one_that_takes_for_ever_is_read_at_once():
    # As Punycode its two megabytes would take nine minutes.
    page = b"<meta charset=punycode><p>The mayor said so.</p><!--" + b"-a9k" * 500_000 + b"-->"
    assert "The mayor said so." in read_html(page).text


def test_what_a_western_page_does_not_say_is_left_out():
    page = "<meta charset=iso-8859-1><p>“The maïre” said so.</p>".encode("cp1252") + b"\x81"
    assert "“The maïre” said so." in read_html(page).text

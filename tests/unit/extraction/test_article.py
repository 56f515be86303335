import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.article import UnreadableArticle, read_html, read_text
from tests.cases import in_turn

BODY = " ".join(
    f"Sentence {number} of the report says that the harbour café lost {number} euros in a week."
    for number in range(1, 30)
)
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>The harbour café - Daily Coast</title>
<meta charset="{{charset}}"><meta name="author" content="Ida Moe">
<meta property="og:site_name" content="Daily Coast">
<meta property="article:published_time" content="2024-03-02T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/shop">Shop</a></nav>
<article><h1>The harbour café</h1><p>{BODY}</p><p>{BODY}</p></article>
<footer>Subscribe to our newsletter</footer></body></html>"""


@in_turn("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "cp1252"])
def test_a_text_file_is_read_in_the_usual_encodings(encoding):
    text = "The café “closed” on Monday, the owner’s lawyer said.\r\n"
    data = (
        b"\xff\xfe" + text.encode("utf-16-le")
        if encoding == "utf-16-le-mark"
        else text.encode(encoding)
    )

    assert read_text(data).text == text.replace("\r\n", "\n")


@in_turn(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04rest", "binary"),
        (b"some\x00text", "binary"),
        (b"\x81\x8d\x8f text", "undecodable"),
        ("Городской совет решил".encode("koi8-r"), "undecodable"),
        (b"\xff\xfea", "undecodable"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name(data, code):
    with pytest.raises(UnreadableArticle) as refused:
        read_text(data)

    assert refused.value.code == code


def test_the_refusal_names_values_and_not_the_text():
    with pytest.raises(UnreadableArticle) as refused:
        read_text(b"%PDF-1.7 secret")

    assert refused.value.values == {"kind": "pdf"}
    assert "secret" not in str(refused.value)


@in_turn("charset", ["utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_a_page_is_read_in_the_encoding_that_it_declares(charset):
    encoding = "utf-8" if charset == "no-such-charset" else charset
    data = PAGE.replace("{charset}", charset).encode(encoding)

    article = read_html(data, "https://coast.example/cafe")

    assert "the harbour café lost 7 euros" in article.text
    assert "newsletter" not in article.text
    assert (article.title, article.author, article.publisher) == (
        "The harbour café",
        "Ida Moe",
        "Daily Coast",
    )
    assert article.date == "2024-03-02"
    assert article.language == "en-GB"


@in_turn(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html><body></body></html>", "no_article"),
        (b"\xef\xbb\xbf", "no_article"),
        (b"\x89PNG\r\n", "binary"),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(data, code):
    with pytest.raises(UnreadableArticle) as refused:
        read_html(data)

    assert refused.value.code == code


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data):
    try:
        text = read_text(data).text
    except UnreadableArticle as refused:
        text = refused.code

    assert text.strip()


def test_a_page_whose_only_text_looks_like_a_line_around_an_article_is_read_all_the_same():
    page = b"<html><body><div>Lund sold 3 ships in 2019, the council said.</div></body></html>"

    assert "3 ships" in read_html(page).text

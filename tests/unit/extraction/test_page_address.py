"""Which address a page gives as its own, and what is done about it."""

from app.extraction.page_address import address_of_page
from tests.cases import in_turn

HERE = "https://a.example/2025/piece?utm_source=x"


@in_turn(
    ("tag", "address"),
    [
        ('<link rel="canonical" href="https://a.example/piece">', "https://a.example/piece"),
        ("<LINK HREF=/piece REL=Canonical>", "https://a.example/piece"),
        (
            "<link href='/p?a=1&amp;b=2#top' rel='canonical nofollow' />",
            "https://a.example/p?a=1&b=2",
        ),
        ('<link rel="canonical" href="http://a.example/piece">', "https://a.example/piece"),
        ('<link rel="canonical" href="//a.example/piece">', "https://a.example/piece"),
        ('<link rel="alternate" href="/other">', HERE),
        ('<link rel="canonical" href="https://b.example/piece">', HERE),
        ('<link rel="canonical" href="https://a.example:8443/piece">', HERE),
        ('<link rel="canonical" href="https://u:p@a.example/piece">', HERE),
        ('<link rel="canonical" href="https://a.example/">', HERE),
        ('<link rel="canonical" href="">', HERE),
        ('<link rel="canonical">', HERE),
        ('<link rel="canonical" href="https://[">', HERE),
        ('<link rel="canonical" href="javascript:alert(1)">', HERE),
        ('<link rel="canonical" href="https://a.example:99999/">', HERE),
        ("", HERE),
    ],
)
def test_it_counts_where_it_names_another_address_on_the_same_host(tag, address):
    page = f"<html><head><title>A</title>{tag}</head></html>".encode()
    assert address_of_page(page, final_url=HERE) == address


def test_a_front_page_is_its_own_address():
    page = b'<link rel="canonical" href="https://a.example/">'
    assert address_of_page(page, final_url="https://a.example/?x=1#y") == "https://a.example/"


def test_a_head_full_of_beginnings_is_read_in_one_go():
    page = b"<link " * 100_000 + b"<link a='" * 100_000 + b"<link " + b"rel=" * 100_000
    assert address_of_page(page, final_url=HERE) == HERE

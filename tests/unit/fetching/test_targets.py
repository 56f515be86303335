"""Taking addresses apart: what is asked for, and that reading it again changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.sentences import SENTENCES
from app.fetching.targets import target_of
from tests.cases import in_turn


@in_turn(
    ("url", "meant"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("HTTPS://example.org:443/a?b#c", "https://example.org/a?b"),
        ("https://example.org:8443?a", "https://example.org:8443/?a"),
        ("http://example.org./", "http://example.org/"),
        ("http://example.org:/", "http://example.org/"),
        ("https://de.wikipedia.org/wiki/Fußball", "https://de.wikipedia.org/wiki/Fu%C3%9Fball"),
        ("https://example.org/a b%20c%2Fd", "https://example.org/a%20b%20c%2Fd"),
        ("https://example.org/a\\b", "https://example.org/a%5Cb"),
        (
            "https://example.org/a?u=http://x.example/&v=[1]",
            "https://example.org/a?u=http://x.example/&v=[1]",
        ),
        ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://例え。テスト.example/", "https://xn--r8jz45g.xn--zckzah.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://[2606:4700:0:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("http://my_host.example/", "http://my_host.example/"),
    ],
)
def test_an_address_is_asked_for_in_one_spelling(url, meant):
    target = target_of(url)

    assert target.url == meant
    assert target_of(target.url) == target


@in_turn("port", [80, 443, 8000, 8080, 8999])
def test_ports_of_the_web_are_no_inside_ones(port):
    assert not target_of(f"http://example.org:{port}/").is_inside


@in_turn("port", [21, 22, 25, 110, 3306, 5432, 6379, 9000, 9200, 11211, 27017])
def test_other_ports_are(port):
    assert target_of(f"http://example.org:{port}/").is_inside


SIGNS = st.sampled_from(
    [*"abz019.:/\\@[]%?#_- \t\r\n\0", "０", "。", "ß", "\u200d", "%2e", "127.1"]
)


@given(st.lists(SIGNS, max_size=12).map("".join), st.sampled_from(["http", "https", "HTTP"]))
def test_whatever_is_written_is_refused_or_read_the_same_twice(rest, scheme):
    target, code = None, "fetch.url"
    try:
        target = target_of(f"{scheme}://{rest}")
    except Refused as refusal:
        code = refusal.code

    assert code in SENTENCES
    if target is None:
        return
    assert target_of(target.url) == target
    assert target.url.isascii()
    assert target.url.isprintable()
    assert " " not in target.url
    assert not set(target.host) & set("@/\\%?# ")

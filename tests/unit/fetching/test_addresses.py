"""Which addresses may be reached."""

from ipaddress import ip_address

from app.config import FetchRules
from app.fetching.addresses import CLOSED_4, is_allowed, is_open
from tests.cases import in_turn
from tests.hostile_addresses import OTHER_NETS


@in_turn(
    "open_one",
    [
        "93.184.215.14",
        "1.1.1.1",
        "172.32.0.1",
        "2606:4700::1111",
        # The same net, as a machine without IPv4 of its own reaches it.
        "64:ff9b::1.1.1.1",
        "::ffff:1.1.1.1",
    ],
)
def test_the_open_net_is_open(open_one):
    assert is_open(ip_address(open_one))


@in_turn("closed", sorted({host.strip("[]") for _, host in OTHER_NETS}))
def test_other_nets_are_not(closed):
    assert not is_open(ip_address(closed))


@in_turn("net", CLOSED_4)
def test_no_closed_address_is_reached_inside_another(net):
    for inner in (net[0], net[-1]):
        assert not is_open(inner)
        bits = int(inner)
        for outer in (
            0xFFFF << 32 | bits,
            bits,
            0x64_FF9B << 96 | bits,
            0x2002 << 112 | bits << 80,
            0x2001_0000 << 96 | bits << 64,
            0x2001_0000 << 96 | (~bits & 0xFFFF_FFFF),
            0x2600 << 112 | 0x5EFE << 32 | bits,
        ):
            assert not is_open(ip_address(outer.to_bytes(16, "big")))


@in_turn(
    ("address", "port", "known"),
    [
        ("10.1.2.3", 8080, True),
        ("10.1.2.3", 8081, False),
        ("10.1.2.4", 8080, False),
        ("192.168.5.5", 22, True),
        ("fd00::5", 80, True),
        ("fd00::6", 80, False),
        # The same place in another dress.
        ("::ffff:10.1.2.3", 8080, True),
        ("::ffff:10.1.2.3", 80, False),
        ("64:ff9b::10.1.2.3", 8080, True),
        # Not the same place.
        ("2002:a01:203::", 8080, False),
        # What no setting opens.
        ("169.254.169.254", 80, False),
        ("::ffff:169.254.169.254", 80, False),
        ("169.254.0.1", 80, True),
    ],
)
def test_the_settings_open_what_they_name_and_no_more(address, port, known):
    rules = FetchRules(
        allow=(
            ("10.1.2.3/32", 8080),
            ("192.168.0.0/16", None),
            ("169.254.0.0/16", None),
            ("fd00::5", None),
        )
    )

    assert is_allowed(ip_address(address), port, rules) is known

"""Which IP addresses may be reached: those of the open net, and those that the settings name.

The networks are those of IANA's registries of special-purpose addresses for IPv4 and IPv6, written
out here, since Python's own lists differ from one release to the next.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from app.config import FetchRules

Address = IPv4Address | IPv6Address

CLOSED_4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this network, which is this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own
        "127.0.0.0/8",
        "168.63.129.16/32",  # what Azure tells its machines
        "169.254.0.0/16",  # link-local, and what most clouds tell their machines
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # examples in documents
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # measuring devices
        "198.51.100.0/24",  # examples in documents
        "203.0.113.0/24",  # examples in documents
        "224.0.0.0/4",  # many at once
        "240.0.0.0/4",  # reserved, and everybody at once
    )
)
# All that is given out to be reached by one and all; whatever lies outside is not.
OPEN_6 = IPv6Network("2000::/3")
CLOSED_6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # protocols, Teredo and benchmarks among them
        "2001:db8::/32",  # examples in documents
        "2620:4f:8000::/48",
        "3fff::/20",  # examples in documents
    )
)
# An IPv4 address in the last 32 bits that is reached in its place, by this machine or a gateway.
MAPPED, NAT64 = IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96")
SIX_TO_FOUR, TEREDO = IPv6Network("2002::/16"), IPv6Network("2001::/32")
ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
# Where clouds tell a machine its secrets: no setting opens these.
NEVER = frozenset(
    ip_address(one)
    for one in (
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "168.63.129.16",
        "fd00:ec2::254",
    )
)


def is_open(address: Address) -> bool:
    """Whether an address belongs to the open net, whatever IPv4 address it carries included."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in CLOSED_4)
    if not all(is_open(inner) for inner in carried(address)):
        return False
    if address in MAPPED or address in NAT64:
        return True
    return address in OPEN_6 and not any(address in net for net in CLOSED_6)


def is_allowed(address: Address, port: int, rules: FetchRules) -> bool:
    """Whether the settings name an address, or the IPv4 address that it carries, with this port."""
    inside = [address, *carried(address)]
    if any(one in NEVER for one in inside):
        return False
    judged = inside[1] if len(inside) > 1 and _stands_for(address) else address
    return any(
        judged in ip_network(net) and only in {None, port}
        for net, only in rules.allow
        if ip_network(net).version == judged.version
    )


def carried(address: Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses inside an IPv6 address, in all the ways in which one can carry them."""
    if isinstance(address, IPv4Address):
        return
    bits = int(address)
    if _stands_for(address) or bits >> 32 == 0:
        yield IPv4Address(bits & 0xFFFF_FFFF)
    if address in SIX_TO_FOUR:
        yield IPv4Address(bits >> 80 & 0xFFFF_FFFF)
    if address in TEREDO:
        yield IPv4Address(bits >> 64 & 0xFFFF_FFFF)
        yield IPv4Address(~bits & 0xFFFF_FFFF)
    if bits >> 32 & 0xFFFF_FFFF in ISATAP:
        yield IPv4Address(bits & 0xFFFF_FFFF)


def _stands_for(address: Address) -> bool:
    """Whether who connects to this reaches the IPv4 address inside."""
    return address in MAPPED or address in NAT64
